import type { CaseAddress, KeyPressed, PayerReached } from '../domain/messages'
import { isMachine, lockAttempt, noteAnswered, type LockedAttempt } from './calls'
import { appendAgentLeg, isAgentIn } from './conference'
import { connectFreeAgent } from './connecting'
import { inTransaction, type Database, type Sql } from './database'
import { policyVersion } from './policy'
import { appendEvents, appendOnce, moveCase } from './timeline'

export interface Reached extends CaseAddress {
  caseId: string
  /** Undefined when nothing new was learned. */
  reached?: PayerReached
}

/**
 * The payer's leg is in the conference. Together with an agent on the case that is a bridged talk,
 * which counts as contact; a machine's leg never does.
 */
export async function recordPayerJoined(db: Database, attemptId: string): Promise<Reached | undefined> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const { caseId, payerId, workflowId, holderId } = attempt
    const where = { caseId, payerId, workflowId }
    if (isMachine(attempt.answeredBy) || attempt.status === 'ended') return where
    await noteAnswered(tx, attempt)
    await appendOnce(tx, caseId, { type: 'payer_joined', actor: 'payer', data: { attemptId } }, { attemptId })
    const customerFirst = attempt.mode === 'customer_first'
    const agentId = holderId ?? (customerFirst ? await connectFreeAgent(tx, caseId, attemptId) : undefined)
    const { contactNeedsAgentLeg } = await policyVersion(tx, attempt.policyVersion)
    const bridged = agentId !== undefined && (!contactNeedsAgentLeg || (await isAgentIn(tx, caseId, agentId)))
    const at = new Date()
    await Promise.all([
      tx.$executeRaw`
        UPDATE attempt SET payer_joined_at = coalesce(payer_joined_at, ${at}), contact_at = coalesce(contact_at, ${bridged ? at : null}) WHERE id = ${attemptId}`,
      bridged ? moveCase(tx, caseId, 'talking', 'system:case') : undefined,
    ])
    if (!agentId) return { ...where, reached: { attemptId, needsAgent: true } }
    if (!bridged) return where
    return { ...where, reached: { attemptId, needsAgent: false, ...(customerFirst ? { agentId } : {}) } }
  })
}

/**
 * The agent's leg is in the conference. A payer who is there already has a bridged talk from now on.
 * Repeats write nothing.
 */
export async function recordAgentJoined(db: Database, caseId: string, agentId: string, callSid: string): Promise<Reached | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await appendAgentLeg(tx, caseId, { type: 'agent_joined', agentId, callSid }))) return undefined
    const [talk] = await tx.$queryRaw<(CaseAddress & { attemptId: string; answeredBy: string | null })[]>`
      SELECT a.id AS "attemptId", c.payer_id AS "payerId", c.workflow_id AS "workflowId", a.answered_by AS "answeredBy" FROM attempt a JOIN risk_case c ON c.id = a.case_id
      WHERE a.case_id = ${caseId} AND a.status <> 'ended' AND c.agent_id = ${agentId}
        AND EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = a.case_id AND e.type = 'payer_joined' AND e.data->>'attemptId' = a.id)
      LIMIT 1`
    if (!talk || isMachine(talk.answeredBy)) return undefined
    await markContact(tx, caseId, talk.attemptId)
    await moveCase(tx, caseId, 'talking', 'system:case')
    return { caseId, payerId: talk.payerId, workflowId: talk.workflowId, reached: { attemptId: talk.attemptId, needsAgent: false, agentId } }
  })
}

export async function markContact(tx: Sql, caseId: string, attemptId: string): Promise<void> {
  await tx.$executeRaw`UPDATE attempt SET contact_at = ${new Date()} WHERE id = ${attemptId} AND case_id = ${caseId} AND contact_at IS NULL`
}

/** A digit that answers the question about one payment: contact, and the payer's own word. A repeat writes nothing. */
export async function recordKeypress(db: Database, { attemptId, paymentId, digit }: KeyPressed): Promise<Reached | undefined> {
  return pressed(db, attemptId, async (tx, { caseId }) => {
    const meaning = digit === '1' ? 'it_was_me' : 'it_was_not_me'
    const identity = { attemptId, paymentId, digit }
    await appendOnce(tx, caseId, { type: 'keypress', actor: 'payer', data: { ...identity, meaning } }, identity)
    return { attemptId, needsAgent: false }
  })
}

/** The payer asked for a person, or a person must go on: contact, and nobody with them yet. */
export async function recordWantsPerson(db: Database, attemptId: string, digit: string, who: 'payer' | 'payee'): Promise<Reached | undefined> {
  return pressed(db, attemptId, async (tx, { caseId, holderId }) => {
    await tx.$executeRaw`UPDATE risk_case SET needs_person = true WHERE id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'keypress', actor: who, data: { attemptId, digit, meaning: who === 'payer' ? 'a_person' : 'payee_wants_person' } }])
    return { attemptId, needsAgent: holderId === null }
  })
}

/** A pressed key is contact, whatever it means. */
async function pressed(
  db: Database,
  attemptId: string,
  take: (tx: Sql, attempt: LockedAttempt) => Promise<PayerReached>,
): Promise<Reached | undefined> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const { caseId, payerId, workflowId } = attempt
    await noteAnswered(tx, attempt)
    await markContact(tx, caseId, attemptId)
    const reached = await take(tx, attempt)
    await moveCase(tx, caseId, 'talking', 'payer')
    return { caseId, payerId, workflowId, reached }
  })
}

/** Whoever answered says that they are the payer, or the payee; only then is it said what it is about. */
export async function recordIdentified(db: Database, attemptId: string, who: 'payer' | 'payee'): Promise<void> {
  await inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (attempt) await appendEvents(tx, attempt.caseId, [{ type: `${who}_identified`, actor: who, data: { attemptId, how: 'keypress' } }])
  })
}

/** Answering-machine detection spoke. A machine ends in a message without details; it never decides about money. */
export async function recordAnsweredBy(db: Database, attemptId: string, answeredBy: string): Promise<(Reached & { machine: boolean }) | undefined> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const { caseId, payerId, workflowId } = attempt
    if (attempt.answeredBy === null) {
      await tx.$executeRaw`UPDATE attempt SET answered_by = ${answeredBy} WHERE id = ${attemptId}`
      if (isMachine(answeredBy)) await appendEvents(tx, caseId, [{ type: 'call_machine', actor: 'provider', data: { attemptId, answeredBy } }])
    }
    // Somebody who pressed a key or talks with an agent is no machine, whatever detection thinks.
    return { caseId, payerId, workflowId, machine: isMachine(answeredBy) && attempt.contactAt === null && attempt.status !== 'ended' }
  })
}
