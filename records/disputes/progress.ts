import { sealed } from '../../configuration/vault'
import {
  callsForStrongerVerification,
  disputeWorkflowId,
  statusesBefore,
  type DecisionGiven,
  type DisputeReason,
  type DisputeStatus,
  type EvidenceKind,
  type EvidenceState,
  type Finding,
} from '../../domain/dispute/dispute'
import { askForAttention } from '../attention'
import { inTransaction, type Database, type Sql } from '../database'
import { queueEvent } from '../outbox'
import { recordMessage } from '../payerMessages'
import { appendEvents, lockCase, moveFrom } from '../timeline'

/** It is closed, or somebody else has it. */
export class DisputeOver extends Error {}

interface LockedDispute {
  paymentId: string
  reason: DisputeReason
  status: DisputeStatus
  handlerId: string | null
  appealed: boolean
}

async function lockDispute(tx: Sql, caseId: string): Promise<LockedDispute | undefined> {
  await lockCase(tx, caseId)
  const [dispute] = await tx.$queryRaw<LockedDispute[]>`
    SELECT d.payment_id AS "paymentId", d.reason, c.status, d.handler_id AS "handlerId", d.appealed_at IS NOT NULL AS appealed
    FROM dispute d JOIN risk_case c ON c.id = d.case_id WHERE d.case_id = ${caseId}`
  return dispute
}

function move(tx: Sql, caseId: string, to: DisputeStatus, actor: string): Promise<boolean> {
  return moveFrom(tx, caseId, statusesBefore(to), to, actor)
}

/**
 * Somebody takes the dispute up, or takes it over.
 * @returns false when there is no such dispute
 * @throws DisputeOver
 */
export async function takeUp(db: Database, caseId: string, person: { id: string; actor: string }): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const dispute = await lockDispute(tx, caseId)
    if (!dispute) return false
    if (dispute.status === 'closed') throw new DisputeOver('This dispute is closed.')
    if (dispute.handlerId === person.id) return true
    await tx.$executeRaw`UPDATE dispute SET handler_id = ${person.id}, taken_up_at = coalesce(taken_up_at, now()) WHERE case_id = ${caseId}`
    await askForAttention(tx, caseId, null)
    await appendEvents(tx, caseId, [{ type: 'dispute_taken_up', actor: person.actor, data: { paymentId: dispute.paymentId } }])
    await move(tx, caseId, 'investigating', person.actor)
    if (!dispute.handlerId) await recordMessage(tx, { caseId, step: 'taken_up', paymentId: dispute.paymentId })
    return true
  })
}

/** Nobody has taken it up in time: a supervisor should look, and the payer is not left without a word. */
export async function missTakeUp(db: Database, caseId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const dispute = await lockDispute(tx, caseId)
    if (!dispute || dispute.handlerId) return
    await askForAttention(tx, caseId, { reason: 'dispute_not_taken_up' })
    await appendEvents(tx, caseId, [{ type: 'dispute_clock_missed', actor: 'system:dispute', data: { clock: 'take_up', paymentId: dispute.paymentId } }])
    await recordMessage(tx, { caseId, step: 'late_take_up', paymentId: dispute.paymentId })
  })
}

export interface TaskDone {
  kind: EvidenceKind
  state: EvidenceState
  finding?: Finding | undefined
  result?: string | undefined
}

/** @returns undefined when the dispute has no such task @throws DisputeOver */
export async function recordTask(db: Database, caseId: string, actor: string, { kind, state, finding, result }: TaskDone): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const dispute = await lockDispute(tx, caseId)
    if (dispute?.status === 'closed') throw new DisputeOver('This dispute is closed.')
    const done = state === 'open' ? null : new Date()
    const changed = await tx.$executeRaw`
      UPDATE dispute_task SET state = ${state}, finding = ${finding ?? null}, result = ${sealed(result)}, done_by = ${done && actor}, done_at = ${done}
      WHERE case_id = ${caseId} AND kind = ${kind}`
    if (changed === 0) return false
    await appendEvents(tx, caseId, [{ type: 'dispute_evidence', actor, data: { task: kind, state, ...(finding ? { finding } : {}) } }])
    return true
  })
}

/** Writes a decision; the first one stays written in the timeline when an appeal brings a second. */
export async function recordDisputeDecision(db: Database, caseId: string, given: DecisionGiven, appealBy: string | null): Promise<void> {
  await inTransaction(db, async (tx) => {
    const dispute = await lockDispute(tx, caseId)
    if (!dispute || !(await move(tx, caseId, 'decided', given.by))) return
    const { decision, reason, by } = given
    await tx.$executeRaw`
      UPDATE dispute SET decision = ${decision}, decision_reason = ${sealed(reason)}, decided_by = ${by}, decided_at = now(), appeal_by = ${appealBy && new Date(appealBy)} WHERE case_id = ${caseId}`
    const stronger = decision === 'upheld' && callsForStrongerVerification(dispute.reason)
    await appendEvents(tx, caseId, [
      { type: 'dispute_decided', actor: by, data: { paymentId: dispute.paymentId, decision } },
      ...(stronger ? [{ type: 'verification_strengthened', actor: 'system:dispute', data: { paymentId: dispute.paymentId } }] : []),
    ])
    if (decision === 'upheld') await tx.$executeRaw`INSERT INTO dispute_task (case_id, kind) VALUES (${caseId}, 'merchant_follow_up') ON CONFLICT DO NOTHING`
    await queueEvent(tx, caseId, 'risk-callback.dispute.decided', { paymentId: dispute.paymentId, decision, by, strengthenVerification: stronger })
    const { paymentId } = dispute
    const step = `${dispute.appealed ? 'appeal' : 'decided'}_${decision}`
    await recordMessage(tx, { caseId, step, paymentId, facts: { reason, ...(appealBy ? { appealBy } : {}) } })
  })
}

export async function recordAppeal(db: Database, caseId: string, reason: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const dispute = await lockDispute(tx, caseId)
    if (!dispute || !(await move(tx, caseId, 'appealed', 'payer'))) return
    await tx.$executeRaw`UPDATE dispute SET appealed_at = now(), appeal_reason = ${sealed(reason)}, decision = NULL WHERE case_id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'dispute_appealed', actor: 'payer', data: { paymentId: dispute.paymentId } }])
    await recordMessage(tx, { caseId, step: 'appealed', paymentId: dispute.paymentId })
  })
}

export async function closeDispute(db: Database, caseId: string, outcome: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const dispute = await lockDispute(tx, caseId)
    if (!dispute || !(await move(tx, caseId, 'closed', 'system:dispute'))) return
    await tx.$executeRaw`UPDATE risk_case SET outcome = ${outcome}, closed_at = now(), needs_attention = NULL WHERE id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'case_closed', actor: 'system:dispute', data: { outcome } }])
    await queueEvent(tx, caseId, 'risk-callback.dispute.closed', { paymentId: dispute.paymentId, outcome })
    await recordMessage(tx, { caseId, step: 'closed', paymentId: dispute.paymentId })
  })
}

/** Whether a payment is disputed and the dispute not decided: then nobody lets its money go alone. */
export async function openDisputeOn(tx: Sql, paymentId: string): Promise<string | undefined> {
  const [dispute] = await tx.$queryRaw<{ caseId: string }[]>`SELECT case_id AS "caseId" FROM dispute WHERE payment_id = ${paymentId} AND decision IS NULL`
  return dispute && disputeWorkflowId(dispute.caseId)
}
