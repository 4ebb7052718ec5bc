import { maskPhone } from '../domain/masking'
import type { DialMode } from '../domain/status'
import type { Attempt } from '../generated/prisma/client'
import { transact, type Database } from './database'
import { permissionToRing } from './permission'
import { policyVersion } from './policy'
import { appendEvents, moveCase } from './timeline'

export interface AttemptIntent {
  caseId: string
  payerId: string
  number: number
  phone: string
  mode: DialMode
  agentId?: string
  policyVersion: number
  /** Why this attempt is made: `first`, or the outcome of the one before. */
  reason: string
}

export function attemptId(caseId: string, number: number): string {
  return `${caseId}.${number}`
}

/** The cap on calls to one person in 24 hours is reached: nothing rings. */
export class PersonCapReached extends Error {}

/**
 * Writes the intent before the provider is asked. A repeated execution finds the row of the first.
 * @throws PersonCapReached when the person was called too often in 24 hours, over all cases
 * @throws NotPermitted when the number or the hour forbids it and policy does not override that
 */
export async function beginAttempt(db: Database, intent: AttemptIntent): Promise<Attempt> {
  const id = attemptId(intent.caseId, intent.number)
  const begun = await db.attempt.findUnique({ where: { id } })
  if (begun) return begun
  const policy = await policyVersion(db, intent.policyVersion)
  return transact(db, async (tx) => {
    const dayAgo = new Date(Date.now() - 86_400_000)
    const made = await tx.attempt.count({
      where: { case: { payerId: intent.payerId }, intendedAt: { gt: dayAgo }, mode: { not: 'inbound' } },
    })
    if (made >= policy.maxAttemptsPerPersonPerDay) throw new PersonCapReached(`called ${made} times in 24 hours`)
    const permission = await permissionToRing(tx, intent.phone, policy, new Date())
    await moveCase(tx, intent.caseId, 'calling', 'system:dialling')
    const { phone, mode, agentId, number, reason } = intent
    const attempt = await tx.attempt.create({ data: { id, caseId: intent.caseId, number, phone, mode, agentId, reason, permission } })
    await appendEvents(tx, intent.caseId, [
      { type: 'attempt_intended', actor: 'system:dialling', data: { attemptId: id, number, phone: maskPhone(phone), mode, reason, permission, agentId: agentId ?? null } },
    ])
    return attempt
  })
}

/** The timeline says why nothing rang. */
export async function recordNotMade(db: Database, intent: AttemptIntent, reason: string): Promise<void> {
  const data = { number: intent.number, phone: maskPhone(intent.phone), reason }
  await transact(db, (tx) => appendEvents(tx, intent.caseId, [{ type: 'attempt_not_made', actor: 'system:dialling', data }]))
}

/** Another execution of the same attempt is asking the provider; this one must not. */
export class AskedElsewhere extends Error {}

/**
 * Before each question to the provider: from here on the outcome is unknown until it answers. Of two
 * executions, of which each believes that it is the only one, one gets through.
 * @param attempt as it was read before this execution decided to ask
 * @returns when, by PostgreSQL's clock
 * @throws AskedElsewhere
 */
export async function markAsked(db: Database, { id, askedAt }: Pick<Attempt, 'id' | 'askedAt'>): Promise<Date> {
  const [asked] = await db.$queryRaw<{ asked_at: Date }[]>`
    UPDATE attempt SET asked_at = clock_timestamp()
    WHERE id = ${id} AND call_sid IS NULL AND status <> 'ended' AND asked_at IS NOT DISTINCT FROM ${askedAt}::timestamptz RETURNING asked_at`
  if (!asked) throw new AskedElsewhere(`attempt ${id} is being made by another execution`)
  return asked.asked_at
}

/** By PostgreSQL's clock, so that it does not matter whose clock is wrong. */
export async function millisSinceAsked(db: Database, id: string): Promise<number> {
  const [row] = await db.$queryRaw<{ millis: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp() - asked_at) * 1000)::float8 AS millis FROM attempt WHERE id = ${id}`
  return row?.millis ?? Infinity
}

/** The provider clearly did not take the call: asking again can ring nothing twice. */
export async function markNotTaken(db: Database, id: string, askedAt: Date): Promise<void> {
  await db.attempt.updateMany({ where: { id, askedAt }, data: { askedAt: null } })
}

/** The provider has the call. Callbacks may have been faster and gone further; nothing goes back. */
export async function storeCall(db: Database, id: string, callSid: string, how: 'created' | 'reconciled'): Promise<void> {
  await transact(db, async (tx) => {
    // The case's row first: the callbacks of this very call lock in that order, in the same moment.
    await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = (SELECT case_id FROM attempt WHERE id = ${id}) FOR UPDATE`
    const [row] = await tx.$queryRaw<{ case_id: string; call_sid: string | null; status: string; requested_at: Date | null }[]>`
      SELECT case_id, call_sid, status, requested_at FROM attempt WHERE id = ${id}`
    if (!row) throw new Error(`attempt ${id} is unknown`)
    await tx.attempt.update({
      where: { id },
      data: { callSid, requestedAt: row.requested_at ?? new Date(), status: row.status === 'intended' ? 'queued' : row.status },
    })
    if (row.requested_at === null || how === 'reconciled')
      await appendEvents(tx, row.case_id, [{ type: 'call_created', actor: 'provider', data: { attemptId: id, callSid, how } }])
  })
}

/** Calls of other attempts: a call in the provider's list that belongs to one of these is not ours. */
export async function claimedCallSids(db: Database, callSids: string[], exceptAttemptId: string): Promise<Set<string>> {
  const rows = await db.attempt.findMany({ where: { callSid: { in: callSids }, id: { not: exceptAttemptId } }, select: { callSid: true } })
  return new Set(rows.map((row) => row.callSid as string))
}
