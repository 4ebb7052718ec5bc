import { createHash, randomUUID } from 'node:crypto'
import { sealedWithin } from '../configuration/vault'
import type { FlaggedPayment } from '../domain/flag'
import type { RecordedFlag } from '../domain/messages'
import { priorityOf } from '../domain/priority'
import type { CaseStatus } from '../domain/status'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { queueEvent } from './outbox'
import { currentPolicy, policyVersion } from './policy'
import { circumstances } from './sealedColumns'
import { appendEvents } from './timeline'

/** The payment id is known with another body (flags are for ever), or its payment has not been made yet. */
export class FlagConflict extends Error {
  constructor(
    readonly paymentId: string,
    why = 'was flagged before with another body',
  ) {
    super(`payment ${paymentId} ${why}`)
  }
}

export interface FlagRecord {
  known: boolean
  /** The case begins with it. */
  opens: boolean
  payment: { id: string; paidAt: Date; deadline: Date; late: boolean; predictedRingAt: Date; acknowledgedAt: Date | null }
  case: { id: string; payerId: string; status: CaseStatus; priority: number; policyVersion: number; deadline: Date; locale: string }
  flag: RecordedFlag
}

/** Keys sorted at every depth, so that the same flag written in another order is the same flag. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function hashOf(flag: FlaggedPayment): string {
  return createHash('sha256').update(canonical(flag)).digest('hex')
}

/**
 * Records a flag and its case in one transaction: the payment id is unique for ever, a payer has at
 * most one open case, and a later flag joins it. Safe to repeat and to race.
 * @throws FlagConflict when the id is known with another body, or the payment waits in an Answer Reminder
 */
export async function recordFlag(db: Database, flag: FlaggedPayment, options: { callsPerSecond: number }): Promise<FlagRecord> {
  for (let turn = 0; ; turn++) {
    try {
      return await inTransaction(db, (tx) => insertFlag(tx, flag, options.callsPerSecond))
    } catch (error) {
      if (!isDuplicate(error) || turn === 4) throw error
      const known = await findFlag(db, flag)
      if (known) return known
      // Somebody opened the payer's case in the same moment: join it.
    }
  }
}

function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23505'
}

async function findFlag(db: Database, flag: FlaggedPayment): Promise<FlagRecord | undefined> {
  const known = await db.flaggedPayment.findUnique({ where: { id: flag.paymentId }, include: { case: true } })
  if (!known) return undefined
  if (known.bodyHash !== hashOf(flag)) throw new FlagConflict(flag.paymentId)
  const [recorded] = await recordedFlags(db, [known.id])
  return { known: true, opens: false, payment: known, case: { ...known.case, status: known.case.status as CaseStatus }, flag: recorded! }
}

async function insertFlag(tx: Sql, flag: FlaggedPayment, callsPerSecond: number): Promise<FlagRecord> {
  const now = new Date()
  const { payer, amount, risk } = flag
  const [[open], newest, [asked]] = await Promise.all([
    tx.$queryRaw<FlagRecord['case'][]>`
      SELECT id, payer_id AS "payerId", status, priority, policy_version AS "policyVersion", deadline, locale
      FROM risk_case WHERE payer_id = ${payer.id} AND status <> 'closed' AND kind = 'callback' FOR UPDATE`,
    currentPolicy(tx),
    tx.$queryRaw<{ decision: string }[]>`SELECT decision FROM payment_check WHERE payment_id = ${flag.paymentId}`,
  ])
  // One payment has one case that decides about its money.
  if (asked?.decision === 'paused') throw new FlagConflict(flag.paymentId, 'has not been made yet: it waits in an Answer Reminder')
  const policy = open ? { version: open.policyVersion, body: await policyVersion(tx, open.policyVersion) } : newest

  const paidAt = new Date(flag.paidAt)
  // A clock that runs ahead of ours makes no promise longer.
  const deadline = new Date(Math.min(paidAt.getTime(), now.getTime()) + policy.body.promiseSeconds * 1_000)
  const late = deadline <= now
  const priority = late ? 100 : priorityOf(flag)
  const theCase: FlagRecord['case'] = open
    ? { ...open, priority: Math.max(open.priority, priority), deadline: deadline < open.deadline ? deadline : open.deadline }
    : { id: `case_${randomUUID().replaceAll('-', '')}`, payerId: payer.id, status: 'received', priority, policyVersion: policy.version, deadline, locale: payer.locale }
  const [predictedRingAt] = await Promise.all([
    predictRing(tx, now, deadline, callsPerSecond),
    open
      ? tx.$executeRaw`UPDATE risk_case SET priority = ${theCase.priority}, deadline = ${theCase.deadline} WHERE id = ${open.id}`
      : tx.$executeRaw`
          INSERT INTO risk_case (id, payer_id, payer, locale, priority, policy_version, deadline)
          VALUES (${theCase.id}, ${payer.id}, ${JSON.stringify(payer)}::jsonb, ${payer.locale}, ${priority}, ${policy.version}, ${deadline})`,
  ])
  const payment = { id: flag.paymentId, paidAt, deadline, late, predictedRingAt, acknowledgedAt: null }
  const facts = { paymentId: payment.id, score: risk.score, deadline: deadline.toISOString(), late }
  const events = [
    { type: open ? 'payment_joined' : 'payment_flagged', actor: 'risk-engine', data: facts },
    ...(open && priority > open.priority
      ? [{ type: 'priority_raised', actor: 'system:intake', data: { from: open.priority, to: priority } }]
      : []),
    ...(late ? [{ type: 'promise_broken', actor: 'system:intake', data: { paymentId: payment.id, step: 'flagged_late' } }] : []),
  ]
  await Promise.all([
    // A promise that was broken before we heard of the payment is a breach by whoever flagged it late.
    tx.$executeRaw`
      INSERT INTO flagged_payment (id, case_id, body_hash, body, amount, currency, score, paid_at, flagged_at, deadline, late, predicted_ring_at, breach_step)
      VALUES (${payment.id}, ${theCase.id}, ${hashOf(flag)}, ${sealedWithin(flag, circumstances)}::jsonb, ${amount.amount}, ${amount.currency}, ${risk.score},
              ${paidAt}, ${now}, ${deadline}, ${late}, ${predictedRingAt}, ${late ? 'flagged_late' : null})`,
    queueEvent(tx, theCase.id, open ? 'risk-callback.payment.joined' : 'risk-callback.case.opened', facts),
    late ? queueEvent(tx, theCase.id, 'risk-callback.promise.broken', { paymentId: payment.id, step: 'flagged_late' }) : undefined,
    appendEvents(tx, theCase.id, events),
  ])
  const recorded: RecordedFlag = {
    caseId: theCase.id,
    paymentId: payment.id,
    payerId: payer.id,
    phones: payer.phones,
    locale: theCase.locale,
    amount,
    score: risk.score,
    priority: theCase.priority,
    deadline: deadline.toISOString(),
    late,
    flaggedAt: now.toISOString(),
    policy,
  }
  return { known: false, opens: !open, payment, case: theCase, flag: recorded }
}

/** Who waits ahead decides: the calls owed before ours, at the account's calls per second, after a typical offer. */
async function predictRing(tx: Sql, now: Date, deadline: Date, callsPerSecond: number): Promise<Date> {
  const [waiting] = await tx.$queryRaw<{ ahead: number }[]>`
    SELECT count(*)::int AS ahead FROM risk_case
    WHERE first_ring_at IS NULL AND status <> 'closed' AND kind = 'callback' AND deadline <= ${deadline}`
  const typicalOfferAndSetupMillis = 5_000
  return new Date(now.getTime() + typicalOfferAndSetupMillis + (waiting!.ahead / callsPerSecond) * 1_000)
}

/** Temporal has the flag: recovery need not hand it over. */
export async function acknowledgeFlag(db: Database, paymentId: string): Promise<void> {
  await sqlOf(db).$executeRaw`UPDATE flagged_payment SET acknowledged_at = now() WHERE id = ${paymentId} AND acknowledged_at IS NULL`
}

/** What the workflow must know of payments that are recorded, in the order in which they were flagged. */
export async function recordedFlags(tx: Sql, paymentIds: string[]): Promise<RecordedFlag[]> {
  const rows = await tx.$queryRaw<(Omit<RecordedFlag, 'amount' | 'deadline' | 'flaggedAt' | 'policy'> & StoredFlag)[]>`
    SELECT c.id AS "caseId", p.id AS "paymentId", c.payer_id AS "payerId", p.body->'payer'->'phones' AS phones, c.locale,
           p.amount::float8 AS minor, p.currency, p.score, c.priority, p.deadline, p.late, p.flagged_at AS "flaggedAt", c.policy_version AS version
    FROM flagged_payment p JOIN risk_case c ON c.id = p.case_id WHERE p.id = ANY(${paymentIds}) ORDER BY p.flagged_at, p.id`
  return Promise.all(
    rows.map(async ({ minor, currency, deadline, flaggedAt, version, ...flag }) => ({
      ...flag,
      amount: { amount: minor, currency },
      deadline: deadline.toISOString(),
      flaggedAt: flaggedAt.toISOString(),
      policy: { version, body: await policyVersion(tx, version) },
    })),
  )
}

interface StoredFlag {
  minor: number
  currency: string
  deadline: Date
  flaggedAt: Date
  version: number
}

/** Flags that were recorded and never reached Temporal, oldest first. */
export async function unacknowledgedFlags(db: Database, olderThan: Date, limit: number): Promise<RecordedFlag[]> {
  const rows = await db.flaggedPayment.findMany({
    where: { acknowledgedAt: null, flaggedAt: { lt: olderThan } },
    orderBy: { flaggedAt: 'asc' },
    take: limit,
    select: { id: true },
  })
  return recordedFlags(db, rows.map(({ id }) => id))
}
