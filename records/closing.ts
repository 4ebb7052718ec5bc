import type { RecordedFlag } from '../domain/messages'
import type { VerdictKind } from '../domain/money'
import type { CaseOutcome } from '../domain/status'
import { inTransaction, type Database } from './database'
import { recordedFlags } from './flags'
import { withdrawOffer } from './offers'
import { queueEvent } from './outbox'
import { releaseAgent } from './presence'
import { appendEvents, lockCase, moveCase } from './timeline'

export interface Closing {
  closed: boolean
  /** Payments that joined unnoticed: the case goes on with them. */
  undecided: RecordedFlag[]
}

/** Closes the case, unless a payment of it is not final: then nothing changes and the workflow goes on. */
export async function closeCase(db: Database, caseId: string): Promise<Closing> {
  return inTransaction(db, async (tx) => {
    const [, payments] = await Promise.all([
      lockCase(tx, caseId),
      tx.$queryRaw<{ paymentId: string; verdict: VerdictKind | null; fundsState: string; decision: string; closed: boolean }[]>`
        SELECT p.id AS "paymentId", p.verdict, p.funds_state AS "fundsState", p.decision, c.status = 'closed' AS closed
        FROM flagged_payment p JOIN risk_case c ON c.id = p.case_id WHERE c.id = ${caseId} ORDER BY p.flagged_at, p.id`,
    ])
    if (payments.some(({ closed }) => closed)) return { closed: true, undecided: [] }
    const open = payments.filter(({ decision }) => decision !== 'final').map(({ paymentId }) => paymentId)
    if (open.length > 0) return { closed: false, undecided: await recordedFlags(tx, open) }
    const outcome = outcomeOf(payments.map(({ verdict }) => verdict))
    await Promise.all([
      moveCase(tx, caseId, 'settling', 'system:case'),
      moveCase(tx, caseId, 'closed', 'system:case'),
      tx.$executeRaw`
        UPDATE risk_case SET outcome = ${outcome}, closed_at = ${new Date()}, waiting_since = NULL, needs_attention = NULL WHERE id = ${caseId}`,
      // Nobody is offered a closed case.
      withdrawOffer(tx, caseId),
      // An agent who was reserved for a call that was not needed any more.
      releaseAgent(tx, caseId),
      queueEvent(tx, caseId, 'risk-callback.case.closed', {
        outcome,
        payments: payments.map(({ paymentId, verdict, fundsState }) => ({ paymentId, verdict, fundsState })),
      }),
    ])
    await appendEvents(tx, caseId, [{ type: 'case_closed', actor: 'system:case', data: { outcome } }])
    return { closed: true, undecided: [] }
  })
}

function outcomeOf(verdicts: (VerdictKind | null)[]): CaseOutcome {
  const words: Record<VerdictKind, CaseOutcome> = { owner_confirmed: 'confirmed', not_owner: 'denied', scam: 'scam', unsure: 'unsure' }
  const found = new Set(verdicts.map((verdict): CaseOutcome => (verdict ? words[verdict] : 'unreachable')))
  return found.size === 1 ? [...found][0]! : 'mixed'
}
