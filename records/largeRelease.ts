import type { Money } from '../domain/money'
import { requestApproval, type ApprovalState } from './approvals'
import { inTransaction, type Database } from './database'
import { moveToSettling, recordDecision, type Decision } from './money'
import { appendEvents, lockCase } from './timeline'

export interface ReleaseRequest {
  caseId: string
  paymentId: string
  amount: Money
  decision: Decision
  /** RFC 3339: the hold ends then, and with it the request. */
  expiresAt: string
  workflowId: string
}

/** A verdict that would release much: it is recorded, and the money stays where it is until a second person has agreed. */
export async function requestRelease(db: Database, request: ReleaseRequest): Promise<ApprovalState> {
  const { caseId, paymentId, amount, decision, expiresAt, workflowId } = request
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    await appendEvents(tx, caseId, await recordDecision(tx, caseId, paymentId, decision))
    await moveToSettling(tx, caseId)
    const reason = decision.by === 'verdict' ? (decision.verdict.notes ?? decision.verdict.verdict) : decision.ending
    const requestKey = `large_release:${paymentId}`
    return requestApproval(tx, {
      requestKey,
      caseId,
      kind: 'large_release',
      subject: paymentId,
      amount,
      reason,
      requestedBy: decision.actor,
      expiresAt,
      workflowId,
    })
  })
}
