import { z } from 'zod'
import type { Inbox } from '../people/inbox'
import type { Heard } from '../risk-engine/ear'
import type { Store } from '../store'
import type { Person } from './people'

/** Something that a person finds in the app's inbox. */
export interface Notice {
  id: string
  at: string
  /** A text message to their phone, or an event that the product sent the payments company for this payer. */
  from: 'message' | 'product'
  type: string
  /** Null when the page says it in its own words: see `asked`. */
  text: string | null
  /** Somebody wants money back that came to this person, and the product gave a link to answer by. */
  asked: { step: 'asked' | 'reminded'; amount: number; link: string } | null
  caseId: string | null
}

const askedSchema = z.object({
  payeeId: z.string(),
  step: z.enum(['asked', 'reminded']),
  amount: z.object({ amount: z.int() }),
  link: z.url({ protocol: /^https?$/ }),
})

/**
 * What the app shows of the product's events: those whose data name the payer (`payerId`) and carry a text for
 * them, `notice: {en, zh}`, and those that ask a payee (`payeeId`) for money back.
 */
export function createNotices({ store, inbox }: { store: Store; inbox: Inbox }): { of(person: Person): Notice[] } {
  const heard = store.table<Heard>('risk-engine.events')

  /** What an event says to this person; undefined when it is none of their business. */
  function saidTo(person: Person, { type, data }: Heard['event']): Pick<Notice, 'text' | 'asked'> | undefined {
    if (type === 'risk-callback.payee.asked') {
      const { success, data: about } = askedSchema.safeParse(data)
      if (!success || about.payeeId !== person.id) return undefined
      return { text: null, asked: { step: about.step, amount: about.amount.amount, link: about.link } }
    }
    const text = (data?.notice as Record<string, unknown> | undefined)?.[person.locale.startsWith('zh') ? 'zh' : 'en']
    return data?.payerId === person.id && typeof text === 'string' ? { text, asked: null } : undefined
  }

  return {
    of(person) {
      const messages = inbox
        .of(person.phone)
        .map(({ sid, createdAt, body }): Notice => ({ id: sid, at: createdAt, from: 'message', type: 'message', text: body, asked: null, caseId: null }))
      // An event may come more than once.
      const events = new Map<string, Notice>()
      for (const { receivedAt, event } of heard.values()) {
        const said = events.has(event.id) ? undefined : saidTo(person, event)
        if (said) events.set(event.id, { id: event.id, at: receivedAt, from: 'product', type: event.type, ...said, caseId: event.data?.caseId ?? null })
      }
      return [...messages, ...events.values()].sort((a, b) => (a.at < b.at ? 1 : -1))
    },
  }
}
