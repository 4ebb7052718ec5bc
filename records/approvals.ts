import { randomUUID } from 'node:crypto'
import { sealed } from '../configuration/vault'
import { approvalRules, approvalsNeeded, barToApproving, type ApprovalBar, type ApprovalKind, type ApprovalOutcome } from '../domain/approvals'
import type { Money } from '../domain/money'
import { inTransaction, type Database, type Sql } from './database'
import { queueEvent } from './outbox'
import { policyVersion } from './policy'
import { appendEvents, lockCase } from './timeline'

export interface ApprovalRequest {
  /** The same request asked for again, by an activity that is executed twice, is the same request. */
  requestKey: string
  caseId: string
  kind: ApprovalKind
  /** What it is about: a payment's id, or another id that the kind defines. */
  subject: string
  amount?: Money | undefined
  reason: string
  requestedBy: string
  /** RFC 3339 */
  expiresAt: string
  /** Told of the outcome by the signal `approvalDecided`. */
  workflowId: string
}

export interface ApprovalState {
  approvalId: string
  /** Null while it is open. */
  outcome: ApprovalOutcome | null
}

/** This person may not decide this request. */
export class ApprovalBarred extends Error {
  constructor(readonly bar: ApprovalBar) {
    super(`not theirs to decide: ${bar}`)
  }
}

/** The request is not open any more. */
export class ApprovalOver extends Error {
  constructor(readonly outcome: ApprovalOutcome) {
    super(`the request is over: ${outcome}`)
  }
}

/** Asks for other persons' consent in the transaction of whatever is to wait for it. Repeatable by its key. */
export async function requestApproval(tx: Sql, request: ApprovalRequest): Promise<ApprovalState> {
  const { requestKey, caseId, kind, subject, amount, reason, requestedBy, expiresAt, workflowId } = request
  await lockCase(tx, caseId)
  const [known] = await tx.$queryRaw<ApprovalState[]>`SELECT id AS "approvalId", outcome FROM approval WHERE request_key = ${requestKey}`
  if (known) return known
  const [theCase] = await tx.$queryRaw<{ version: number }[]>`SELECT policy_version AS version FROM risk_case WHERE id = ${caseId}`
  if (!theCase) throw new Error(`there is no case ${caseId}`)
  const needed = approvalsNeeded(approvalRules(await policyVersion(tx, theCase.version)), kind, requestedBy)
  const approvalId = `approval_${randomUUID().replaceAll('-', '')}`
  await tx.$executeRaw`
    INSERT INTO approval (id, request_key, case_id, kind, subject, amount, currency, request_reason, requested_by, requested_at, expires_at, needed, policy_version, workflow_id)
    VALUES (${approvalId}, ${requestKey}, ${caseId}, ${kind}, ${subject}, ${amount?.amount ?? null}, ${amount?.currency ?? null}, ${sealed(reason)}, ${requestedBy},
            ${new Date()}, ${new Date(expiresAt)}, ${needed}, ${theCase.version}, ${workflowId})`
  const facts = { approvalId, kind, subject, needed, expiresAt }
  await appendEvents(tx, caseId, [{ type: 'approval_requested', actor: requestedBy, data: { ...facts, paymentId: subject } }])
  await queueEvent(tx, caseId, 'risk-callback.approval.requested', { ...facts, requestedBy })
  return { approvalId, outcome: null }
}

export interface Vote {
  approver: { id: string; role: string }
  vote: 'approve' | 'refuse'
  reason?: string | undefined
}

interface OpenApproval extends ApprovalState {
  caseId: string
  kind: ApprovalKind
  subject: string
  requestedBy: string
  needed: number
  workflowId: string
  version: number
  late: boolean
}

/**
 * One person's word. The maker is never the checker, nobody counts twice, one refusal is enough: all of it is
 * judged under a lock on the request, so that of two who decide at the same moment the second sees the first.
 * @returns undefined when there is no such request; the outcome is null while more people must approve
 * @throws ApprovalBarred, ApprovalOver
 */
export async function decideApproval(
  db: Database,
  approvalId: string,
  { approver, vote, reason }: Vote,
): Promise<(ApprovalState & { caseId: string; workflowId: string }) | undefined> {
  return inTransaction(db, async (tx) => {
    const request = await lockApproval(tx, approvalId)
    if (!request) return undefined
    const { caseId, kind, subject, workflowId } = request
    if (request.outcome) throw new ApprovalOver(request.outcome)
    const votes = await tx.$queryRaw<{ userId: string }[]>`SELECT user_id AS "userId" FROM approval_vote WHERE approval_id = ${approvalId}`
    const rules = approvalRules(await policyVersion(tx, request.version))
    const bar = barToApproving({ kind, requestedBy: request.requestedBy, votedBy: votes.map(({ userId }) => userId) }, rules, approver)
    if (bar) throw new ApprovalBarred(bar)
    if (request.late) throw new ApprovalOver('expired')

    const actor = `${approver.role}:${approver.id}`
    await tx.$executeRaw`
      INSERT INTO approval_vote (approval_id, user_id, role, vote, reason) VALUES (${approvalId}, ${approver.id}, ${approver.role}, ${vote}, ${reason ?? null})`
    const outcome = vote === 'refuse' ? 'refused' : votes.length + 1 >= request.needed ? 'approved' : null
    const facts = { approvalId, kind, subject, paymentId: subject }
    await appendEvents(tx, caseId, [
      { type: vote === 'refuse' ? 'approval_refused' : 'approval_given', actor, data: { ...facts, ...(reason ? { reason } : {}) } },
    ])
    if (outcome) await writeOutcome(tx, request, outcome)
    return { approvalId, outcome, caseId, workflowId }
  })
}

/**
 * Ends a request that is not decided: its time is up, or it is not needed any more. One that was decided
 * meanwhile stays decided.
 * @returns how it ended
 */
export async function endApproval(db: Database, approvalId: string, outcome: 'expired' | 'withdrawn'): Promise<ApprovalOutcome> {
  return inTransaction(db, async (tx) => {
    const request = await lockApproval(tx, approvalId)
    if (!request) throw new Error(`there is no approval ${approvalId}`)
    if (request.outcome) return request.outcome
    await appendEvents(tx, request.caseId, [
      {
        type: `approval_${outcome}`,
        actor: 'system:approvals',
        data: { approvalId, kind: request.kind, subject: request.subject, paymentId: request.subject },
      },
    ])
    await writeOutcome(tx, request, outcome)
    return outcome
  })
}

/** How a request stands, for a workflow that may have missed the signal. */
export async function approvalState(tx: Sql, approvalId: string): Promise<ApprovalState> {
  const [state] = await tx.$queryRaw<ApprovalState[]>`SELECT id AS "approvalId", outcome FROM approval WHERE id = ${approvalId}`
  if (!state) throw new Error(`there is no approval ${approvalId}`)
  return state
}

async function writeOutcome(tx: Sql, { approvalId, caseId, kind, subject }: OpenApproval, outcome: ApprovalOutcome): Promise<void> {
  await tx.$executeRaw`UPDATE approval SET outcome = ${outcome}, decided_at = ${new Date()} WHERE id = ${approvalId}`
  await queueEvent(tx, caseId, 'risk-callback.approval.decided', { approvalId, kind, subject, outcome })
}

/** The case first, as every transaction locks. */
async function lockApproval(tx: Sql, approvalId: string): Promise<OpenApproval | undefined> {
  const [found] = await tx.$queryRaw<{ caseId: string }[]>`SELECT case_id AS "caseId" FROM approval WHERE id = ${approvalId}`
  if (!found) return undefined
  await lockCase(tx, found.caseId)
  const [request] = await tx.$queryRaw<OpenApproval[]>`
    SELECT id AS "approvalId", case_id AS "caseId", kind, subject, requested_by AS "requestedBy", needed, outcome, workflow_id AS "workflowId",
           policy_version AS version, expires_at <= now() AS late
    FROM approval WHERE id = ${approvalId} FOR UPDATE`
  return request
}
