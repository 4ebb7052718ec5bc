import type { RecordedFlag } from '../domain/messages'
import type { VerdictKind } from '../domain/money'
import type { CaseOutcome } from '../domain/status'
import { transact, type Database } from './database'
import { recordedFlag } from './flags'
import { withdrawOffer } from './offers'
import { queueEvent } from './outbox'
import { policyVersion } from './policy'
import { releaseAgent } from './presence'
import { appendEvents, moveCase } from './timeline'

export interface Closing {
  closed: boolean
  /** Payments that joined unnoticed: the case goes on with them. */
  undecided: RecordedFlag[]
}

/** Closes the case, unless a payment of it is not final: then nothing changes and the workflow goes on. */
export async function closeCase(db: Database, caseId: string): Promise<Closing> {
  return transact(db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = ${caseId} FOR UPDATE`
    const theCase = await tx.riskCase.findUniqueOrThrow({ where: { id: caseId }, include: { payments: true } })
    if (theCase.status === 'closed') return { closed: true, undecided: [] }
    const open = theCase.payments.filter((payment) => payment.decision !== 'final')
    if (open.length > 0) {
      const policy = { version: theCase.policyVersion, body: await policyVersion(tx, theCase.policyVersion) }
      return { closed: false, undecided: open.map((payment) => recordedFlag(payment, theCase, policy)) }
    }
    await moveCase(tx, caseId, 'settling', 'system:case')
    await moveCase(tx, caseId, 'closed', 'system:case')
    const outcome = outcomeOf(theCase.payments.map((payment) => payment.verdict as VerdictKind | null))
    await tx.riskCase.update({ where: { id: caseId }, data: { outcome, closedAt: new Date(), waitingSince: null, needsAttention: null } })
    // Nobody is offered a closed case.
    await withdrawOffer(tx, caseId)
    // An agent who was reserved for a call that was not needed any more.
    await releaseAgent(tx, caseId, false)
    await appendEvents(tx, caseId, [{ type: 'case_closed', actor: 'system:case', data: { outcome } }])
    await queueEvent(tx, caseId, 'risk-callback.case.closed', {
      outcome,
      payments: theCase.payments.map(({ id, verdict, fundsState }) => ({ paymentId: id, verdict, fundsState })),
    })
    return { closed: true, undecided: [] }
  })
}

function outcomeOf(verdicts: (VerdictKind | null)[]): CaseOutcome {
  const words: Record<VerdictKind, CaseOutcome> = { owner_confirmed: 'confirmed', not_owner: 'denied', scam: 'scam', unsure: 'unsure' }
  const found = new Set(verdicts.map((verdict): CaseOutcome => (verdict ? words[verdict] : 'unreachable')))
  return found.size === 1 ? [...found][0]! : 'mixed'
}
