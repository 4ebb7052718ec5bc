import { randomUUID } from 'node:crypto'
import type { Role } from '../domain/roles'
import type { StaffUser } from '../generated/prisma/client'
import { newestArrangement, recordArrangement } from './arrangements'
import type { Transaction } from './database'
import { makePasswordLink } from './passwordLinks'
import { withReach, type ReachChange } from './reach'
import { endSessions } from './sessions'

/** What an administrator says about an account; what its owner can do is arranged with the queues. */
export type AccountSettings = { name: string; role: Role; active: boolean }

/** A change that would lock the last administrator out, or let in somebody who cannot sign in. */
export class AccountRefused extends Error {}

/** What it did, or would do, to whoever has the account. */
export interface SignOutEffects {
  /** Browsers that are signed out. */
  sessionsEnd: number
  /** The case that they have in hand; it goes to somebody else, or waits for one. */
  engagedIn: { caseId: string; status: string } | null
}

export interface AccountEffects extends SignOutEffects {
  queues: ReachChange[]
}

/** An account whose owner is to choose a password by a link, and until then is not let in. */
export async function inviteAccount(
  tx: Transaction,
  { account, actor }: { account: { email: string; name: string; role: Role; languages: string[] }; actor: string },
): Promise<{ user: StaffUser; link: string; expiresAt: Date }> {
  const user = await tx.staffUser.create({ data: { id: `user_${randomUUID()}`, ...account, active: false } })
  await recordArrangement(tx, { kind: 'user', subject: user.id, body: accountSettings(user), actor, since: 0 })
  return { user, ...(await makePasswordLink(tx, { userId: user.id, actor })) }
}

/**
 * Puts other settings of an account in force. Another role, or being locked out, ends its sessions.
 * @param since the version that was read; undefined: whatever it is now
 * @returns undefined when there is no such account
 * @throws OutdatedArrangement when somebody else changed it since it was read, AccountRefused
 */
export async function changeAccount(
  tx: Transaction,
  { userId, change, since, actor }: { userId: string; change: Partial<AccountSettings>; since: number | undefined; actor: string },
): Promise<{ user: StaffUser; version: number; effects: AccountEffects } | undefined> {
  // One at a time: two administrators who lock each other out at once must not both succeed.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('staff_user:admin'))`
  const before = await tx.staffUser.findUnique({ where: { id: userId } })
  if (!before) return undefined
  if (change.active && before.passwordHash === null && before.ssoSubject === null)
    throw new AccountRefused('They have not chosen a password yet: send them a link.')
  const { result: user, queues } = await withReach(tx, () => tx.staffUser.update({ where: { id: userId }, data: change }))
  if (before.role === 'admin' && (await tx.staffUser.count({ where: { role: 'admin', active: true } })) === 0)
    throw new AccountRefused('This is the last administrator who may sign in; make another one first.')
  const version = await recordAccount(tx, { before, user, actor, since })
  if (!user.active) await tx.passwordLink.deleteMany({ where: { userId } })
  const ends = user.role !== before.role || (before.active && !user.active)
  return { user, version, effects: { queues, ...(ends ? await signOutEverywhere(tx, userId) : { sessionsEnd: 0, engagedIn: null }) } }
}

/** The next version of an account, with its row of the audit log. */
export async function recordAccount(
  tx: Transaction,
  { before, user, actor, since }: { before: StaffUser; user: StaffUser; actor: string; since?: number | undefined },
): Promise<number> {
  const current = since ?? (await newestArrangement(tx, 'user', user.id))?.version ?? 0
  return recordArrangement(tx, {
    kind: 'user',
    subject: user.id,
    body: accountSettings(user),
    actor,
    since: current,
    was: { body: accountSettings(before), at: before.createdAt },
  })
}

/** Ends all sessions of somebody, who is not available any more. */
export async function signOutEverywhere(tx: Transaction, userId: string): Promise<SignOutEffects> {
  const sessionsEnd = await endSessions(tx, userId)
  await tx.$executeRaw`
    UPDATE presence SET status = 'offline', reason = NULL, since = now(), lease_until = least(lease_until, now()) WHERE user_id = ${userId} AND status IN ('available', 'break')`
  const presence = await tx.presence.findUnique({ where: { userId }, select: { caseId: true, status: true } })
  return { sessionsEnd, engagedIn: presence?.caseId ? { caseId: presence.caseId, status: presence.status } : null }
}

export function accountSettings({ name, role, active }: StaffUser): AccountSettings {
  return { name, role: role as Role, active }
}
