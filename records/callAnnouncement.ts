import type { Sql } from './database'
import { queueEvent } from './outbox'

/** Whom an announcement is for, and who will call. */
export interface Announced {
  /** Of whoever is rung. */
  locale: string
  agentName: string | null
}

/**
 * Before the phone rings the payer's app knows who will call and with which two words: whoever rings without them
 * is not us.
 */
export async function announceCall(
  tx: Sql,
  call: { caseId: string; payerId: string; attemptId: string; agentName: string | null; passPhrase: string },
): Promise<void> {
  const { caseId, payerId, attemptId, agentName, passPhrase } = call
  const agent = agentName ? firstName(agentName) : null
  const notice = {
    en: `${agent ?? 'The security centre'} will call you in a moment and begins with the words “${passPhrase}”. Whoever does not know them is not us.`,
    zh: `${agent ? `安全中心客服${agent}` : '安全中心'}即将致电您，开头会说“${passPhrase}”。说不出的就不是我们。`,
  }
  await queueEvent(tx, caseId, 'risk-callback.call.announced', { payerId, attemptId, agentName: agent, passPhrase, notice })
}

/** Payers get to know agents by their first name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
