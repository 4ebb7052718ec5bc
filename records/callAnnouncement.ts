import { newPassPhrase } from './passPhrase'
import type { Sql } from './database'
import { queueEvent } from './outbox'

/**
 * Before the phone rings the payer's app knows who will call and with which two words: whoever rings without them
 * is not us.
 * @returns the pass phrase, to be kept with the attempt
 */
export async function announceCall(tx: Sql, call: { caseId: string; payerId: string; attemptId: string; agentId: string | null }): Promise<string> {
  const { caseId, payerId, attemptId, agentId } = call
  const [about] = await tx.$queryRaw<{ locale: string; agentName: string | null }[]>`
    SELECT c.locale, u.name AS "agentName" FROM risk_case c LEFT JOIN staff_user u ON u.id = ${agentId} WHERE c.id = ${caseId}`
  const passPhrase = newPassPhrase(about!.locale)
  const agent = about!.agentName ? firstName(about!.agentName) : null
  const notice = {
    en: `${agent ?? 'The security centre'} will call you in a moment and begins with the words “${passPhrase}”. Whoever does not know them is not us.`,
    zh: `${agent ? `安全中心客服${agent}` : '安全中心'}即将致电您，开头会说“${passPhrase}”。说不出的就不是我们。`,
  }
  await queueEvent(tx, caseId, 'risk-callback.call.announced', { payerId, attemptId, agentName: agent, passPhrase, notice })
  return passPhrase
}

/** Payers get to know agents by their first name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
