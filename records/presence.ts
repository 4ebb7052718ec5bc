import type { CaseAddress } from '../domain/messages'
import type { Presence } from '../generated/prisma/client'
import { settleChats } from './chatsInHand'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { policyVersion } from './policy'
import { appendEvents, lockCase } from './timeline'

/** How long an agent counts as reachable after the browser was last heard, in milliseconds. */
export const leaseMillis = 30_000

export type SettableStatus = 'available' | 'break' | 'offline'

/**
 * The agent's own choice. During a call or a chat it takes effect afterwards (`next`); in wrap-up it ends the
 * wrap-up, of chats too when none is open; with an offer on the screen the offer stays until it is answered.
 */
export async function setPresence(db: Database, userId: string, choice: { status: SettableStatus; reason?: string }): Promise<Presence> {
  const now = new Date()
  const lease = new Date(now.getTime() + leaseMillis)
  return inTransaction(db, async (tx) => {
    const [, [before]] = await Promise.all([
      tx.$executeRaw`INSERT INTO presence (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`,
      tx.$queryRaw<Pick<Presence, 'status' | 'reason' | 'next' | 'caseId' | 'chats'>[]>`
        SELECT status, reason, next, case_id AS "caseId", chats FROM presence WHERE user_id = ${userId} FOR UPDATE`,
    ])
    const { status: from, next, caseId, chats } = before!
    const engaged = from === 'busy' || from === 'offered'
    const to = engaged ? from : choice.status
    const reason = choice.reason ?? null
    const [chosen] = await tx.$queryRaw<Presence[]>`
      UPDATE presence SET status = ${to}, reason = ${reason}, lease_until = ${lease}, next = ${engaged ? choice.status : 'available'},
        since = CASE WHEN status = ${to} THEN since ELSE ${now}::timestamptz END,
        case_id = CASE WHEN ${engaged} THEN case_id END, wrap_up_until = CASE WHEN ${engaged} THEN wrap_up_until END
      WHERE user_id = ${userId}
      RETURNING user_id AS "userId", status, reason, since, lease_until AS "leaseUntil", case_id AS "caseId", wrap_up_until AS "wrapUpUntil", next`
    if (chats > 0 && from === 'wrap_up' && caseId === null) await tx.$executeRaw`DELETE FROM chat_in_hand WHERE agent_id = ${userId} AND wrap_up_until IS NOT NULL`
    const after = { ...chosen!, ...(chats > 0 && !engaged ? { status: (await settleChats(tx, userId))! } : {}) }
    if (from !== to || before!.reason !== reason || next !== chosen!.next) {
      const data = { from, to: after.status, ...(choice.reason ? { reason: choice.reason } : {}), ...(engaged ? { next: choice.status } : {}) }
      await appendAudit(tx, { actor: `agent:${userId}`, action: 'presence_changed', subject: `user:${userId}`, data })
    }
    return after
  })
}

/** A row of the audit log that is no event of a case; the chain's trigger fills its other columns. */
async function appendAudit(tx: Sql, entry: { actor: string; action: string; subject: string; data: object }): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_entry (lane, seq, at, actor, action, subject, data, prev_hash, hash)
    VALUES (0, 0, now(), ${entry.actor}, ${entry.action}, ${entry.subject}, ${JSON.stringify(entry.data)}::jsonb, '', '')`
}

/** Columns of an audit row that the chain's trigger fills. */
export const chainFills = { lane: 0, seq: 0n, at: new Date(0), prevHash: new Uint8Array(), hash: new Uint8Array() }

// Longer away than this, and the agent says again that they are there.
const awaySeconds = 120

/**
 * The agent's browser was heard. A wrap-up whose time is up ends with it; whoever was away for long is
 * not silently available again.
 * @returns whether the agent has just become available, or has room for another chat, by that
 */
export async function renewLease(db: Database, userId: string): Promise<boolean> {
  const [renewed] = await sqlOf(db).$queryRaw<{ freed: boolean; lapsed: boolean }[]>`
    WITH before AS (
      SELECT user_id, status = 'wrap_up' AND wrap_up_until <= now() AS over,
             status = 'available' AND lease_until < now() - make_interval(secs => ${awaySeconds}) AS away
      FROM presence WHERE user_id = ${userId} FOR UPDATE)
    UPDATE presence p SET lease_until = now() + make_interval(secs => ${leaseMillis / 1_000}),
      status = CASE WHEN away THEN 'offline' WHEN over THEN next ELSE status END,
      reason = CASE WHEN away THEN 'connection_lost' ELSE reason END,
      since = CASE WHEN away OR over THEN now() ELSE since END,
      case_id = CASE WHEN over THEN NULL ELSE case_id END,
      wrap_up_until = CASE WHEN over THEN NULL ELSE wrap_up_until END,
      next = CASE WHEN over THEN 'available' ELSE next END
    FROM before WHERE p.user_id = before.user_id
    RETURNING over AND p.status = 'available' AS freed,
      p.chats > 0 AND EXISTS (SELECT 1 FROM chat_in_hand WHERE agent_id = ${userId} AND wrap_up_until <= now()) AS lapsed`
  if (!renewed?.lapsed) return renewed?.freed ?? false
  await inTransaction(db, (tx) => settleChats(tx, userId))
  return true
}

/** The agent's browser answered that it is there. */
export async function noteSign(db: Database, userId: string): Promise<void> {
  await sqlOf(db).$executeRaw`UPDATE presence SET heard_at = clock_timestamp() WHERE user_id = ${userId}`
}

/** When it last did, in epoch milliseconds of PostgreSQL's clock; another number means another sign. */
export async function lastSign(db: Database, userId: string): Promise<number | undefined> {
  const [row] = await sqlOf(db).$queryRaw<{ heardAt: Date | null }[]>`SELECT heard_at AS "heardAt" FROM presence WHERE user_id = ${userId}`
  return row?.heardAt?.getTime()
}

/** The agent's browser went away: a short grace for a reload, then the lease is over. */
export async function shortenLease(db: Database, userId: string, graceSeconds: number): Promise<void> {
  await db.$executeRaw`
    UPDATE presence SET lease_until = least(lease_until, now() + make_interval(secs => ${graceSeconds})) WHERE user_id = ${userId}`
}

/**
 * The call with this case is over for its agent.
 * @param talk given after a talk: then they wrap up; otherwise they are free at once
 * @returns the agent's id when they are available now and may be offered a waiting case
 */
export async function releaseAgent(tx: Sql, caseId: string, talk?: { wrapUpSeconds: number }): Promise<string | undefined> {
  if (talk) {
    await tx.$executeRaw`
      UPDATE presence SET status = 'wrap_up', since = now(), wrap_up_until = now() + make_interval(secs => ${talk.wrapUpSeconds}), wrap_up_extended = false
      WHERE case_id = ${caseId} AND status = 'busy'`
    return undefined
  }
  const [freed] = await tx.$queryRaw<{ agentId: string; status: string; chats: number }[]>`
    UPDATE presence SET status = next, since = now(), case_id = NULL, wrap_up_until = NULL, next = 'available'
    WHERE case_id = ${caseId} AND status = 'busy' RETURNING user_id AS "agentId", status, chats`
  if (!freed) return undefined
  const { agentId, chats } = freed
  if (chats > 0) await settleChats(tx, agentId)
  await tx.$executeRaw`UPDATE risk_case SET agent_id = NULL WHERE id = ${caseId} AND agent_id = ${agentId}`
  await appendEvents(tx, caseId, [{ type: 'agent_freed', actor: 'system:dispatch', data: { agentId } }])
  return freed.status === 'available' ? agentId : undefined
}

/**
 * The agent needs longer to finish: once in a wrap-up, and not by saying so again.
 * @returns until when they wrap up now; undefined when they do not
 */
export async function extendWrapUp(db: Database, agentId: string): Promise<(CaseAddress & { caseId: string; until: Date }) | undefined> {
  return inTransaction(db, async (tx) => {
    const [wrapUp] = await tx.$queryRaw<(CaseAddress & { caseId: string; until: Date; extended: boolean; policyVersion: number })[]>`
      SELECT c.id AS "caseId", c.payer_id AS "payerId", c.workflow_id AS "workflowId", p.wrap_up_until AS until, p.wrap_up_extended AS extended, c.policy_version AS "policyVersion"
      FROM presence p JOIN risk_case c ON c.id = p.case_id
      WHERE p.user_id = ${agentId} AND p.status = 'wrap_up' AND p.wrap_up_until > now() FOR UPDATE OF p`
    if (!wrapUp) return undefined
    const { caseId, payerId, workflowId, until, extended } = wrapUp
    if (extended) return { caseId, payerId, workflowId, until }
    const { wrapUpExtensionSeconds: seconds } = await policyVersion(tx, wrapUp.policyVersion)
    const later = new Date(until.getTime() + seconds * 1_000)
    await tx.$executeRaw`UPDATE presence SET wrap_up_until = ${later}, wrap_up_extended = true WHERE user_id = ${agentId}`
    await appendEvents(tx, caseId, [{ type: 'wrap_up_extended', actor: `agent:${agentId}`, data: { agentId, seconds } }])
    return { caseId, payerId, workflowId, until: later }
  })
}

/** An agent whose leg is gone from a live call is not available to anybody until they say so. */
export async function loseAgent(db: Database, caseId: string, agentId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const [away] = await tx.$queryRaw<{ chats: number }[]>`
      UPDATE presence SET status = 'offline', reason = 'connection_lost', since = now(), case_id = NULL
      WHERE user_id = ${agentId} AND case_id = ${caseId} AND status = 'busy' RETURNING chats`
    if (away && away.chats > 0) await settleChats(tx, agentId)
    const lost = await tx.$executeRaw`UPDATE risk_case SET agent_id = NULL WHERE id = ${caseId} AND agent_id = ${agentId}`
    if (lost > 0) await appendEvents(tx, caseId, [{ type: 'agent_lost', actor: 'system:dispatch', data: { agentId } }])
  })
}
