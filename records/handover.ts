import { randomUUID } from 'node:crypto'
import type { CaseAddress } from '../domain/messages'
import { liveAttempt } from './conference'
import { inTransaction, type Database, type Sql } from './database'
import { endHelp } from './help'
import { closeMonitoring } from './monitoring'
import { bridgeWaitingPayer, withdrawOffer } from './offers'
import { policyVersion } from './policy'
import { leaseMillis } from './presence'
import { appendEvents } from './timeline'

/** The case cannot move to that person now. */
export class HandOverRefused extends Error {
  constructor(
    readonly reason: 'unknown' | 'no_call' | 'engaged',
    message: string,
  ) {
    super(message)
  }
}

export interface HandedOver extends CaseAddress {
  toAgentId: string
  /** Who had the case before, if anybody. */
  fromAgentId: string | null
}

/**
 * A supervisor takes over a call: the case, its call and its verdicts are theirs, and the agent who had it
 * wraps up. A repetition changes nothing.
 * @throws HandOverRefused
 */
export async function takeOver(db: Database, caseId: string, supervisorId: string): Promise<HandedOver> {
  return inTransaction(db, async (tx) => {
    const [theCase] = await tx.$queryRaw<(CaseAddress & { agentId: string | null; policyVersion: number })[]>`
      SELECT agent_id AS "agentId", payer_id AS "payerId", workflow_id AS "workflowId", policy_version AS "policyVersion"
      FROM risk_case WHERE id = ${caseId} FOR UPDATE`
    if (!theCase) throw new HandOverRefused('unknown', 'There is no such case.')
    const { payerId, workflowId } = theCase
    const moved = { payerId, workflowId: workflowId ?? null, toAgentId: supervisorId }
    if (!(await liveAttempt(tx, caseId))) throw new HandOverRefused('no_call', 'No call of this case is under way.')
    if (theCase.agentId === supervisorId) return { ...moved, fromAgentId: await previousHolder(tx, caseId, supervisorId) }
    await withdrawOffer(tx, caseId)
    await engage(tx, caseId, supervisorId)
    const { agentId: fromAgentId } = theCase
    if (fromAgentId) await beginWrapUp(tx, caseId, fromAgentId, (await policyVersion(tx, theCase.policyVersion)).wrapUpSeconds)
    await tx.$executeRaw`
      WITH taken AS (INSERT INTO offer (id, case_id, agent_id, status, expires_at, answered_at)
        VALUES (${`offer_${randomUUID()}`}, ${caseId}, ${supervisorId}, 'accepted', now(), now()))
      UPDATE risk_case SET agent_id = ${supervisorId}, waiting_since = NULL WHERE id = ${caseId}`
    const [own] = await closeMonitoring(tx, caseId, 'took_over', supervisorId)
    await endHelp(tx, caseId)
    const actor = `supervisor:${supervisorId}`
    await appendEvents(tx, caseId, [{ type: 'case_taken_over', actor, data: { toAgentId: supervisorId, agentId: fromAgentId } }])
    // Whoever listened before is in the talk already, and is its agent's leg from now on.
    if (own?.callSid)
      await appendEvents(tx, caseId, [{ type: 'agent_joined', actor: `agent:${supervisorId}`, data: { agentId: supervisorId, callSid: own.callSid } }])
    await bridgeWaitingPayer(tx, caseId, supervisorId, theCase.policyVersion)
    return { ...moved, fromAgentId }
  })
}

async function previousHolder(tx: Sql, caseId: string, supervisorId: string): Promise<string | null> {
  const [event] = await tx.$queryRaw<{ agentId: string | null }[]>`
    SELECT data->>'agentId' AS "agentId" FROM case_event
    WHERE case_id = ${caseId} AND type = 'case_taken_over' AND actor = ${`supervisor:${supervisorId}`} ORDER BY id DESC LIMIT 1`
  return event?.agentId ?? null
}

/**
 * The case is in this person's hands. Who was not available before is not made so afterwards.
 * @throws HandOverRefused when they have another case, or an offer, in hand
 */
async function engage(tx: Sql, caseId: string, userId: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO presence (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`
  const engaged = await tx.$executeRaw`
    UPDATE presence SET status = 'busy', since = now(), case_id = ${caseId}, wrap_up_until = NULL,
      next = CASE status WHEN 'wrap_up' THEN next WHEN 'available' THEN 'available' WHEN 'break' THEN 'break' ELSE 'offline' END,
      lease_until = greatest(lease_until, now() + make_interval(secs => ${leaseMillis / 1_000}))
    WHERE user_id = ${userId} AND status NOT IN ('busy', 'offered')`
  if (engaged === 0) throw new HandOverRefused('engaged', 'Another case is in hand already.')
}

/** The call goes on without this agent, who may still write down what they know. */
export async function beginWrapUp(tx: Sql, caseId: string, agentId: string, seconds: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE presence SET status = 'wrap_up', since = now(), wrap_up_until = now() + make_interval(secs => ${seconds}), wrap_up_extended = false
    WHERE user_id = ${agentId} AND case_id = ${caseId} AND status = 'busy'`
}
