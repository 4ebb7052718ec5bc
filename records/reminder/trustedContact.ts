import { createHash } from 'node:crypto'
import type { TrustedAnswer } from '../../domain/reminder/check'
import { trustedAnswerNotices } from '../../domain/reminder/notices'
import { inTransaction, type Database } from '../database'
import { queueEvent } from '../outbox'
import { appendEvents } from '../timeline'
import { lockCheck } from './progress'

const hashOf = (link: string) => createHash('sha256').update(link).digest()

/**
 * A link is good for the answer of whoever the payer trusts now; an earlier person's is not any more.
 * @returns false when the payment is decided: nobody is to be asked
 */
export async function askTrustedContact(db: Database, caseId: string, link: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase === 'settling' || check.phase === 'final') return false
    const hash = hashOf(link)
    const changed = await tx.$executeRaw`
      UPDATE payment_check SET trusted_link_hash = ${hash}, trusted_answer = NULL, trusted_answered_at = NULL
      WHERE case_id = ${caseId} AND trusted_link_hash IS DISTINCT FROM ${hash}`
    if (changed > 0) await appendEvents(tx, caseId, [{ type: 'trusted_contact_asked', actor: 'system:policy', data: { paymentId: check.paymentId } }])
    return true
  })
}

/**
 * Takes the answer that a link was used for. The payer and whoever works on the case see it; it decides nothing. The
 * last answer counts, for people think again.
 * @returns false when there is no such link, or the payment is decided
 */
export async function answerTrustedContact(db: Database, link: string, answer: TrustedAnswer): Promise<boolean> {
  const known = await db.paymentCheck.findUnique({ where: { trustedLinkHash: hashOf(link) }, select: { caseId: true } })
  const caseId = known?.caseId
  if (!caseId) return false
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase === 'settling' || check.phase === 'final') return false
    const changed = await tx.$executeRaw`
      UPDATE payment_check SET trusted_answer = ${answer}, trusted_answered_at = now(), version = version + 1
      WHERE case_id = ${caseId} AND trusted_link_hash = ${hashOf(link)} AND trusted_answer IS DISTINCT FROM ${answer}`
    if (changed === 0) return true
    const { paymentId, payerId, phase } = check
    await appendEvents(tx, caseId, [{ type: 'trusted_contact_answered', actor: 'trusted-contact', data: { paymentId, answer } }])
    await queueEvent(tx, caseId, 'risk-callback.reminder.changed', { paymentId, payerId, phase, trustedAnswer: answer, notice: trustedAnswerNotices[answer] })
    return true
  })
}
