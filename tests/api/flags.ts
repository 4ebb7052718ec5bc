import { randomUUID } from 'node:crypto'
import { flaggedPaymentSchema, type FlaggedPaymentInput } from '../../domain/flag'
import { reserveAgent } from '../../records/matching'
import { answerOffer } from '../../records/offers'
import { recordFlag } from '../../records/flags'
import { setPresence } from '../../records/presence'
import type { Database } from '../../records/database'

/** Mr Li's payment of 7,587 yuan, under ids of its own. */
export function flag(changes: Partial<FlaggedPaymentInput> & { payerId?: string } = {}): FlaggedPaymentInput {
  const { payerId = `payer-${randomUUID()}`, ...rest } = changes
  return {
    paymentId: `pay-${randomUUID()}`,
    paidAt: new Date().toISOString(),
    amount: { amount: 758_700, currency: 'CNY' },
    method: 'quick_payment',
    payer: {
      id: payerId,
      name: '李先生',
      phones: ['+8613800000001'],
      locale: 'zh-CN',
      security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
    },
    payee: { id: 'airline-77', name: 'Air tickets' },
    risk: { score: 82, rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }], device: { ip: '203.0.113.9' }, place: {} },
    ...rest,
  }
}

/** A case as intake records it, without a workflow. */
export async function openCase(db: Database, changes: Parameters<typeof flag>[0] = {}) {
  const { case: theCase, payment } = await recordFlag(db, flaggedPaymentSchema.parse(flag(changes)), { callsPerSecond: 1 })
  return { caseId: theCase.id, payerId: theCase.payerId, paymentId: payment.id, policyVersion: theCase.policyVersion }
}

/** An offer of a case to this agent, who must be the only one free. */
export async function offerTo(db: Database, agentId: string, opened: { caseId: string; policyVersion: number }): Promise<string> {
  await setPresence(db, agentId, { status: 'available' })
  const { offer } = await reserveAgent(db, { caseId: opened.caseId, policyVersion: opened.policyVersion, fresh: true, intent: 'seek' })
  if (offer?.agentId !== agentId) throw new Error(`the offer went to ${offer?.agentId ?? 'nobody'}`)
  return offer.offerId
}

/** A case in an agent's hands. */
export async function caseHeldBy(db: Database, agentId: string, changes: Parameters<typeof flag>[0] = {}) {
  const opened = await openCase(db, changes)
  const offerId = await offerTo(db, agentId, opened)
  await answerOffer(db, { offerId, agentId, accepted: true })
  return { ...opened, offerId }
}

/** Puts everybody at rest between tests. */
export async function sendHome(db: Database): Promise<void> {
  await db.offer.updateMany({ where: { status: 'pending' }, data: { status: 'withdrawn' } })
  await db.presence.updateMany({ data: { status: 'offline', caseId: null, wrapUpUntil: null, next: 'available' } })
}
