import type { Presence } from '../generated/prisma/client'
import { policyVersion } from './policy'
import { transact, type Database, type Transaction } from './database'
import { appendEvents } from './timeline'

/** How long an agent counts as reachable after the browser was last heard, in milliseconds. */
export const leaseMillis = 30_000

export type SettableStatus = 'available' | 'break' | 'offline'

/**
 * The agent's own choice. During a call it takes effect afterwards (`next`); in wrap-up it ends the
 * wrap-up; with an offer on the screen the offer stays until it is answered.
 */
export async function setPresence(db: Database, userId: string, choice: { status: SettableStatus; reason?: string }): Promise<Presence> {
  const now = new Date()
  const lease = new Date(now.getTime() + leaseMillis)
  return transact(db, async (tx) => {
    await tx.presence.createMany({ data: [{ userId }], skipDuplicates: true })
    await tx.$queryRaw`SELECT 1 FROM presence WHERE user_id = ${userId} FOR UPDATE`
    const before = await tx.presence.findUniqueOrThrow({ where: { userId } })
    const engaged = before.status === 'busy' || before.status === 'offered'
    const after = await tx.presence.update({
      where: { userId },
      data: engaged
        ? { next: choice.status, reason: choice.reason ?? null, leaseUntil: lease }
        : {
            status: choice.status,
            reason: choice.reason ?? null,
            since: before.status === choice.status ? before.since : now,
            leaseUntil: lease,
            caseId: null,
            wrapUpUntil: null,
            next: 'available',
          },
    })
    const changed = before.status !== after.status || before.reason !== after.reason || before.next !== after.next
    if (changed)
      await tx.auditEntry.create({
        data: {
          ...chainFills,
          actor: `agent:${userId}`,
          action: 'presence_changed',
          subject: `user:${userId}`,
          data: { from: before.status, to: after.status, ...(choice.reason ? { reason: choice.reason } : {}), ...(engaged ? { next: choice.status } : {}) },
        },
      })
    return after
  })
}

/** Columns of an audit row that the chain's trigger fills. */
export const chainFills = { lane: 0, seq: 0n, at: new Date(0), prevHash: new Uint8Array(), hash: new Uint8Array() }

/**
 * The agent's browser was heard. A wrap-up whose time is up ends with it.
 * @returns whether the agent has just become available by that
 */
export async function renewLease(db: Database, userId: string): Promise<boolean> {
  await db.$executeRaw`UPDATE presence SET lease_until = now() + make_interval(secs => ${leaseMillis / 1_000}) WHERE user_id = ${userId}`
  const ended = await db.$queryRaw<{ status: string }[]>`
    UPDATE presence SET status = next, since = now(), case_id = NULL, wrap_up_until = NULL, next = 'available'
    WHERE user_id = ${userId} AND status = 'wrap_up' AND wrap_up_until <= now() RETURNING status`
  return ended[0]?.status === 'available'
}

/** The agent's browser went away: a short grace for a reload, then the lease is over. */
export async function shortenLease(db: Database, userId: string, graceSeconds: number): Promise<void> {
  await db.$executeRaw`
    UPDATE presence SET lease_until = least(lease_until, now() + make_interval(secs => ${graceSeconds})) WHERE user_id = ${userId}`
}

/**
 * The call with this case is over for its agent: wrap-up after a talk, otherwise free at once.
 * @returns the agent's id when they are available now and may be offered a waiting case
 */
export async function releaseAgent(tx: Transaction, caseId: string, talked: boolean): Promise<string | undefined> {
  const holder = await tx.presence.findFirst({ where: { caseId, status: 'busy' } })
  if (!holder) return undefined
  const now = new Date()
  if (talked) {
    const { policyVersion: version } = await tx.riskCase.findUniqueOrThrow({ where: { id: caseId }, select: { policyVersion: true } })
    const { wrapUpSeconds } = await policyVersion(tx, version)
    const wrapUpUntil = new Date(now.getTime() + wrapUpSeconds * 1_000)
    await tx.presence.update({ where: { userId: holder.userId }, data: { status: 'wrap_up', since: now, wrapUpUntil } })
    return undefined
  }
  await tx.presence.update({ where: { userId: holder.userId }, data: { status: holder.next, since: now, caseId: null, wrapUpUntil: null, next: 'available' } })
  await tx.riskCase.updateMany({ where: { id: caseId, agentId: holder.userId }, data: { agentId: null } })
  await appendEvents(tx, caseId, [{ type: 'agent_freed', actor: 'system:dispatch', data: { agentId: holder.userId } }])
  return holder.next === 'available' ? holder.userId : undefined
}

/** An agent whose leg is gone from a live call is not available to anybody until they say so. */
export async function loseAgent(db: Database, caseId: string, agentId: string): Promise<void> {
  await transact(db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = ${caseId} FOR UPDATE`
    await tx.presence.updateMany({
      where: { userId: agentId, caseId, status: 'busy' },
      data: { status: 'offline', reason: 'connection_lost', since: new Date(), caseId: null },
    })
    const lost = await tx.riskCase.updateMany({ where: { id: caseId, agentId }, data: { agentId: null } })
    if (lost.count > 0) await appendEvents(tx, caseId, [{ type: 'agent_lost', actor: 'system:dispatch', data: { agentId } }])
  })
}
