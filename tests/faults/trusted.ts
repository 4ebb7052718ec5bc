import type { TrustedAnswer } from '../../domain/reminder/check'
import { insist } from './http'
import { pause, type World } from './world'

/** Somebody whom a payer trusts was named in a talk. */
export interface TrustedContact {
  caseId: string
  phone: string
  /** What they said by the link of the text that they got, once that was taken. */
  answered?: TrustedAnswer
}

const longestWaitMillis = 20_000

/** They read the text that we send them, and answer. Nobody is asked any more once the payment is decided. Never rejects. */
export async function adviseByLink({ product, over }: World, contact: TrustedContact, answer: TrustedAnswer): Promise<void> {
  try {
    const messages = `${product.simulatorUrl}/sim/phones/${encodeURIComponent(contact.phone)}/messages`
    for (const end = Date.now() + longestWaitMillis; Date.now() < end && !over.aborted; await pause(700, over)) {
      const { body } = await insist<{ body: string }[]>(messages, {}, over)
      const link = body.flatMap((text) => /#([\w-]{43})/.exec(text.body)?.[1] ?? [])[0]
      if (!link) continue
      const { status } = await insist(`${product.baseUrl}/v1/visitors/trusted-answers`, { method: 'POST', body: { link, answer } }, over)
      if (status === 204) contact.answered = answer
      return
    }
  } catch {
    // The world is over.
  }
}
