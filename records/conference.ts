import type { CaseAddress } from '../domain/messages'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { appendEvents, appendOnce, lockCase } from './timeline'

/** The case is with this agent now, or a colleague hands its call over to them. */
export async function agentMayJoin(db: Database, caseId: string, agentId: string): Promise<boolean> {
  const found = await sqlOf(db).$executeRaw`
    SELECT 1 FROM risk_case c WHERE c.id = ${caseId} AND c.status <> 'closed'
      AND (c.agent_id = ${agentId} OR EXISTS (SELECT 1 FROM warm_transfer w WHERE w.case_id = c.id AND w.to_agent_id = ${agentId} AND w.state = 'consulting'))`
  return found > 0
}

/** The call of the case that is under way. @param status `in_progress` when it must have been answered */
export async function liveAttempt(tx: Sql, caseId: string, status?: 'in_progress'): Promise<{ attemptId: string; callSid: string } | undefined> {
  const [live] = await tx.$queryRaw<{ attemptId: string; callSid: string }[]>`
    SELECT id AS "attemptId", call_sid AS "callSid" FROM attempt
    WHERE case_id = ${caseId} AND status <> 'ended' AND call_sid IS NOT NULL AND (${status ?? null}::text IS NULL OR status = ${status ?? null})
    ORDER BY number DESC LIMIT 1`
  return live
}

/** The last leg in the conference of the agent who has the case, as the records have it. */
export interface HolderLeg {
  agentId: string
  callSid: string
  there: boolean
  at: Date
}

export async function holderLeg(tx: Sql, caseId: string): Promise<HolderLeg | undefined> {
  const [last] = await tx.$queryRaw<HolderLeg[]>`
    SELECT c.agent_id AS "agentId", e.data->>'callSid' AS "callSid", e.type = 'agent_joined' AS there, e.at FROM risk_case c
    JOIN case_event e ON e.case_id = c.id AND e.type IN ('agent_joined', 'agent_left') AND e.actor = 'agent:' || c.agent_id
    WHERE c.id = ${caseId} ORDER BY e.id DESC LIMIT 1`
  return last
}

/** The leg in the conference of the agent who has the case. */
export async function agentLegOf(tx: Sql, caseId: string): Promise<string | undefined> {
  const leg = await holderLeg(tx, caseId)
  return leg?.there ? leg.callSid : undefined
}

/** The agent has left the payer and a third party to themselves, on purpose: nobody is missed in the talk. */
export async function leftTogether(tx: Sql, caseId: string): Promise<boolean> {
  return (await tx.$executeRaw`SELECT 1 FROM third_party WHERE case_id = ${caseId} AND ended_at IS NULL AND left_together_at IS NOT NULL`) > 0
}

/** The answered call of the case that this agent has in hand. */
export async function answeredCallOf(db: Database, agentId: string): Promise<(CaseAddress & { attemptId: string }) | undefined> {
  const [live] = await sqlOf(db).$queryRaw<(CaseAddress & { attemptId: string })[]>`
    SELECT c.payer_id AS "payerId", c.workflow_id AS "workflowId", a.id AS "attemptId"
    FROM presence p JOIN risk_case c ON c.id = p.case_id AND c.agent_id = p.user_id JOIN attempt a ON a.case_id = c.id AND a.status = 'in_progress'
    WHERE p.user_id = ${agentId} AND p.status = 'busy' LIMIT 1`
  return live
}

/** `alone`: nobody else has the case, so the payer hears nobody now. */
export interface LeftBehind extends CaseAddress {
  attemptId: string
  callSid: string
  alone: boolean
}

/**
 * The agent's leg left.
 * @returns the payer's live call when they are left behind in it
 */
export async function recordAgentLeft(db: Database, caseId: string, agentId: string, callSid: string): Promise<LeftBehind | undefined> {
  return inTransaction(db, async (tx) => {
    await appendAgentLeg(tx, caseId, { type: 'agent_left', agentId, callSid })
    if (await leftTogether(tx, caseId)) return undefined
    const [live] = await tx.$queryRaw<LeftBehind[]>`
      SELECT c.payer_id AS "payerId", c.workflow_id AS "workflowId", a.id AS "attemptId", a.call_sid AS "callSid",
        c.agent_id IS NOT DISTINCT FROM ${agentId} AND a.status = 'in_progress' AS alone
      FROM attempt a JOIN risk_case c ON c.id = a.case_id
      WHERE a.case_id = ${caseId} AND a.status <> 'ended' AND a.call_sid IS NOT NULL LIMIT 1`
    return live
  })
}

export interface AgentLeg {
  type: 'agent_joined' | 'agent_left'
  agentId: string
  callSid: string
}

/** A repeated webhook writes one event. @returns whether the case is known */
export async function appendAgentLeg(tx: Sql, caseId: string, { type, agentId, callSid }: AgentLeg): Promise<boolean> {
  if (!(await lockCase(tx, caseId))) return false
  await appendOnce(tx, caseId, { type, actor: `agent:${agentId}`, data: { agentId, callSid } }, { callSid })
  return true
}

/** Whether the agent's leg is in the conference: its last word was that it joined. */
export async function isAgentIn(tx: Sql, caseId: string, agentId: string): Promise<boolean> {
  const [last] = await tx.$queryRaw<{ type: string }[]>`
    SELECT type FROM case_event WHERE case_id = ${caseId} AND type IN ('agent_joined', 'agent_left') AND actor = ${`agent:${agentId}`}
    ORDER BY id DESC LIMIT 1`
  return last?.type === 'agent_joined'
}

/** Somebody rang us from a number of a payer with an open case. */
export async function recordPayerCalled(db: Database, phone: string, callSid: string): Promise<{ caseId: string; payerId: string; locale: string } | undefined> {
  return inTransaction(db, async (tx) => {
    const [open] = await tx.$queryRaw<{ id: string; payer_id: string; locale: string }[]>`
      SELECT id, payer_id, locale FROM risk_case WHERE status <> 'closed' AND kind = 'callback' AND payer->'phones' ? ${phone}
      ORDER BY priority DESC LIMIT 1 FOR UPDATE`
    if (!open) return undefined
    await appendEvents(tx, open.id, [{ type: 'payer_called', actor: 'payer', data: { callSid } }])
    return { caseId: open.id, payerId: open.payer_id, locale: open.locale }
  })
}
