import { nextCallingTime, withinCallingHours } from '../domain/callingHours'
import type { Policy } from '../domain/policy'
import { transact, type Database } from './database'
import { chainFills } from './presence'

/** Nothing may ring now: a supervisor has stopped all dialling. */
export class DiallingPaused extends Error {}

/** This number may not be rung, or not yet. */
export class NotPermitted extends Error {
  constructor(
    readonly reason: 'do_not_call' | 'outside_calling_hours',
    readonly notBefore?: Date,
  ) {
    super(reason)
  }
}

export interface DiallingControl {
  paused: boolean
  pausedFor: string | null
}

/** The kill switch; read before every question to the provider. */
export function demandDialling({ paused, pausedFor }: DiallingControl): void {
  if (paused) throw new DiallingPaused(pausedFor ?? 'dialling is paused')
}

/**
 * Why this number may be rung now; stored with the attempt.
 * @param listed whether the number is on the do-not-call list
 * @throws NotPermitted when the policy has no fraud override and the number or the hour forbids it
 */
export function permissionToRing(phone: string, listed: boolean, policy: Policy, now: Date): string {
  const inHours = withinCallingHours(phone, now, policy.callingHours)
  if (!listed && inHours) return 'within_hours'
  if (policy.fraudOverride) return `fraud_override:${listed ? 'do_not_call' : 'outside_calling_hours'}`
  if (listed) throw new NotPermitted('do_not_call')
  throw new NotPermitted('outside_calling_hours', nextCallingTime(phone, now, policy.callingHours))
}

export interface DiallingState {
  paused: boolean
  reason: string | null
  changedBy: string | null
  changedAt: Date | null
}

export async function diallingState(db: Database): Promise<DiallingState> {
  const control = await db.diallingControl.findUnique({ where: { id: 1 } })
  return { paused: control?.paused ?? false, reason: control?.reason ?? null, changedBy: control?.changedBy ?? null, changedAt: control?.changedAt ?? null }
}

/** Stops all dialling at once, or lets it go on; calls that ring already go on. */
export async function setDialling(db: Database, actor: string, choice: { paused: boolean; reason?: string }): Promise<DiallingState> {
  const row = { paused: choice.paused, reason: choice.reason ?? null, changedBy: actor, changedAt: new Date() }
  await transact(db, async (tx) => {
    await tx.diallingControl.upsert({ where: { id: 1 }, create: { id: 1, ...row }, update: row })
    await tx.auditEntry.create({
      data: { ...chainFills, actor, action: choice.paused ? 'dialling_paused' : 'dialling_resumed', subject: 'dialling', data: { reason: choice.reason ?? null } },
    })
  })
  return row
}
