import type { CaseAddress } from '../domain/messages'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { policyVersion } from './policy'
import { appendEvents, lockCase } from './timeline'

/**
 * What an agent's chats make of their presence. While nothing else is in hand, whoever has an open chat is busy, and
 * whoever only wraps chats up is in wrap-up until the last of them is over; what they chose meanwhile comes afterwards.
 * @returns their status from now on
 */
export async function settleChats(tx: Sql, agentId: string): Promise<string | undefined> {
  // Locked first: the chats that are counted below are then the newest.
  await tx.$executeRaw`SELECT 1 FROM presence WHERE user_id = ${agentId} FOR UPDATE`
  await tx.$executeRaw`DELETE FROM chat_in_hand WHERE agent_id = ${agentId} AND wrap_up_until <= now()`
  const [settled] = await tx.$queryRaw<{ status: string }[]>`
    WITH counted AS (
      SELECT count(*)::int AS held, count(*) FILTER (WHERE wrap_up_until IS NULL) AS open, max(wrap_up_until) AS until FROM chat_in_hand WHERE agent_id = ${agentId}),
    will AS (
      SELECT CASE WHEN p.case_id IS NOT NULL THEN p.status WHEN c.open > 0 THEN 'busy' WHEN c.held > 0 THEN 'wrap_up'
               WHEN p.status IN ('busy', 'wrap_up') THEN p.next ELSE p.status END AS status,
             CASE WHEN p.case_id IS NOT NULL THEN p.wrap_up_until WHEN c.open = 0 THEN c.until END AS wrap_up_until,
             CASE WHEN p.case_id IS NOT NULL THEN p.next WHEN c.held = 0 THEN 'available' WHEN p.status IN ('break', 'offline') THEN p.status ELSE p.next END AS next,
             c.held
      FROM presence p, counted c WHERE p.user_id = ${agentId})
    UPDATE presence p SET status = will.status, wrap_up_until = will.wrap_up_until, next = will.next, chats = will.held,
      since = CASE WHEN p.status = will.status THEN p.since ELSE now() END
    FROM will WHERE p.user_id = ${agentId} RETURNING p.status`
  return settled?.status
}

/** A chat comes into an agent's hands. Their presence names no case any more. */
export async function takeChat(tx: Sql, agentId: string, caseId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO chat_in_hand (agent_id, case_id) VALUES (${agentId}, ${caseId})
    ON CONFLICT (agent_id, case_id) DO UPDATE SET since = now(), wrap_up_until = NULL, wrap_up_extended = false`
  await settleChats(tx, agentId)
}

/** Whoever has the open chat of this case; their presence is locked, as before every change of their chats. */
async function lockHolder(tx: Sql, caseId: string): Promise<string | undefined> {
  const [holder] = await tx.$queryRaw<{ agentId: string }[]>`
    SELECT h.agent_id AS "agentId" FROM chat_in_hand h JOIN presence p ON p.user_id = h.agent_id
    WHERE h.case_id = ${caseId} AND h.wrap_up_until IS NULL FOR UPDATE OF p`
  return holder?.agentId
}

/** The chat is over: its agent wraps it up, whatever becomes of their other chats. The case's row must be locked. */
export async function wrapUpChat(tx: Sql, caseId: string, seconds: number): Promise<void> {
  const agentId = await lockHolder(tx, caseId)
  if (!agentId) return
  await tx.$executeRaw`
    UPDATE chat_in_hand SET wrap_up_until = now() + make_interval(secs => ${seconds}), wrap_up_extended = false
    WHERE agent_id = ${agentId} AND case_id = ${caseId}`
  await settleChats(tx, agentId)
}

/** The case is over, and nothing of its chat is left to wrap up. @returns the agent, who has room for another one */
export async function releaseChat(tx: Sql, caseId: string): Promise<string | undefined> {
  const agentId = await lockHolder(tx, caseId)
  if (!agentId) return undefined
  await tx.$executeRaw`DELETE FROM chat_in_hand WHERE agent_id = ${agentId} AND case_id = ${caseId}`
  await tx.$executeRaw`UPDATE risk_case SET agent_id = NULL WHERE id = ${caseId} AND agent_id = ${agentId}`
  await settleChats(tx, agentId)
  await appendEvents(tx, caseId, [{ type: 'agent_freed', actor: 'system:dispatch', data: { agentId } }])
  return agentId
}

/** Whether the agent who chats is still there: their browser was heard lately. */
export async function chatAgentIsThere(db: Database, caseId: string, agentId: string): Promise<boolean> {
  const there = await sqlOf(db).$executeRaw`
    SELECT 1 FROM chat_in_hand h JOIN presence p ON p.user_id = h.agent_id AND p.lease_until > now()
    WHERE h.case_id = ${caseId} AND h.agent_id = ${agentId} AND h.wrap_up_until IS NULL`
  return there > 0
}

/**
 * An agent who is not there any more gives a chat back. Nobody is offered to them until they say that they are there;
 * each of their other chats finds out for itself. The case's row must be locked.
 * @returns whether the chat was theirs
 */
export async function loseChat(tx: Sql, caseId: string, agentId: string): Promise<boolean> {
  if ((await lockHolder(tx, caseId)) === agentId) {
    await tx.$executeRaw`DELETE FROM chat_in_hand WHERE agent_id = ${agentId} AND case_id = ${caseId}`
    await tx.$executeRaw`UPDATE presence SET next = 'offline', reason = 'connection_lost' WHERE user_id = ${agentId}`
    await settleChats(tx, agentId)
  }
  const lost = await tx.$executeRaw`UPDATE risk_case SET agent_id = NULL WHERE id = ${caseId} AND agent_id = ${agentId}`
  if (lost > 0) await appendEvents(tx, caseId, [{ type: 'agent_lost', actor: 'system:dispatch', data: { agentId } }])
  return lost > 0
}

/** The open chats of an agent whose browser went away. */
export async function openChatsOf(db: Database, agentId: string): Promise<CaseAddress[]> {
  return sqlOf(db).$queryRaw`
    SELECT c.payer_id AS "payerId", c.workflow_id AS "workflowId" FROM chat_in_hand h JOIN risk_case c ON c.id = h.case_id
    WHERE h.agent_id = ${agentId} AND h.wrap_up_until IS NULL`
}

/** The agent has wrapped up this chat. @returns whether they had it to wrap up */
export async function finishChat(db: Database, agentId: string, caseId: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM presence WHERE user_id = ${agentId} FOR UPDATE`
    const done = await tx.$executeRaw`DELETE FROM chat_in_hand WHERE agent_id = ${agentId} AND case_id = ${caseId} AND wrap_up_until IS NOT NULL`
    if (done > 0) await settleChats(tx, agentId)
    return done > 0
  })
}

/** The agent needs longer to wrap up this chat: once, and not by saying so again. @returns whether they have it to wrap up */
export async function extendChat(db: Database, agentId: string, caseId: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    await tx.$executeRaw`SELECT 1 FROM presence WHERE user_id = ${agentId} FOR UPDATE`
    const [chat] = await tx.$queryRaw<{ extended: boolean; policyVersion: number }[]>`
      SELECT h.wrap_up_extended AS extended, c.policy_version AS "policyVersion" FROM chat_in_hand h JOIN risk_case c ON c.id = h.case_id
      WHERE h.agent_id = ${agentId} AND h.case_id = ${caseId} AND h.wrap_up_until > now()`
    if (!chat || chat.extended) return chat !== undefined
    const { wrapUpExtensionSeconds: seconds } = await policyVersion(tx, chat.policyVersion)
    await tx.$executeRaw`
      UPDATE chat_in_hand SET wrap_up_until = wrap_up_until + make_interval(secs => ${seconds}), wrap_up_extended = true
      WHERE agent_id = ${agentId} AND case_id = ${caseId}`
    await settleChats(tx, agentId)
    await appendEvents(tx, caseId, [{ type: 'wrap_up_extended', actor: `agent:${agentId}`, data: { agentId, seconds } }])
    return true
  })
}
