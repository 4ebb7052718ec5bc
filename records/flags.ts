import { createHash, randomUUID } from 'node:crypto'
import type { FlaggedPayment } from '../domain/flag'
import type { RecordedFlag } from '../domain/messages'
import { priorityOf } from '../domain/priority'
import type { VersionedPolicy } from '../domain/policy'
import { Prisma, type FlaggedPayment as PaymentRow, type RiskCase } from '../generated/prisma/client'
import { transact, type Database, type Transaction } from './database'
import { queueEvent } from './outbox'
import { currentPolicy, policyVersion } from './policy'
import { appendEvents } from './timeline'

/** The payment id is known with another body: flags are for ever. */
export class FlagConflict extends Error {
  constructor(readonly paymentId: string) {
    super(`payment ${paymentId} was flagged before with another body`)
  }
}

export interface FlagRecord {
  known: boolean
  payment: PaymentRow
  case: RiskCase
  flag: RecordedFlag
}

/** Keys sorted at every depth, so that the same flag written in another order is the same flag. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function hashOf(flag: FlaggedPayment): string {
  return createHash('sha256').update(canonical(flag)).digest('hex')
}

/** What the workflow must know of a payment that is recorded. */
export function recordedFlag(payment: PaymentRow, theCase: RiskCase, policy: VersionedPolicy): RecordedFlag {
  const body = payment.body as unknown as FlaggedPayment
  return {
    caseId: theCase.id,
    paymentId: payment.id,
    payerId: theCase.payerId,
    phones: body.payer.phones,
    locale: theCase.locale,
    amount: { amount: Number(payment.amount), currency: payment.currency },
    score: payment.score,
    priority: theCase.priority,
    deadline: payment.deadline.toISOString(),
    late: payment.late,
    flaggedAt: payment.flaggedAt.toISOString(),
    policy,
  }
}

/**
 * Records a flag and its case in one transaction: the payment id is unique for ever, a payer has at
 * most one open case, and a later flag joins it. Safe to repeat and to race.
 * @throws FlagConflict when the id is known with another body
 */
export async function recordFlag(db: Database, flag: FlaggedPayment, options: { callsPerSecond: number }): Promise<FlagRecord> {
  for (let turn = 0; ; turn++) {
    try {
      return (await findFlag(db, flag)) ?? (await transact(db, (tx) => insertFlag(tx, flag, options.callsPerSecond)))
    } catch (error) {
      // Somebody recorded the same payment or opened the payer's case in the same moment: look again.
      const raced = error instanceof Prisma.PrismaClientKnownRequestError && ['P2002', 'P2010', 'P2034'].includes(error.code)
      if (!raced || turn === 4) throw error
    }
  }
}

async function findFlag(db: Database, flag: FlaggedPayment): Promise<FlagRecord | undefined> {
  const known = await db.flaggedPayment.findUnique({ where: { id: flag.paymentId }, include: { case: true } })
  if (!known) return undefined
  if (known.bodyHash !== hashOf(flag)) throw new FlagConflict(flag.paymentId)
  const policy = { version: known.case.policyVersion, body: await policyVersion(db, known.case.policyVersion) }
  return { known: true, payment: known, case: known.case, flag: recordedFlag(known, known.case, policy) }
}

async function insertFlag(tx: Transaction, flag: FlaggedPayment, callsPerSecond: number): Promise<FlagRecord> {
  const now = new Date()
  const [open] = await tx.$queryRaw<{ id: string; policy_version: number; priority: number; deadline: Date }[]>`
    SELECT id, policy_version, priority, deadline FROM risk_case WHERE payer_id = ${flag.payer.id} AND status <> 'closed' FOR UPDATE`
  const policy = open
    ? { version: open.policy_version, body: await policyVersion(tx, open.policy_version) }
    : await currentPolicy(tx)

  const deadline = new Date(new Date(flag.paidAt).getTime() + policy.body.promiseSeconds * 1_000)
  const late = deadline <= now
  const priority = late ? 100 : priorityOf(flag)
  const predictedRingAt = await predictRing(tx, now, deadline, callsPerSecond)
  const theCase = open
    ? await tx.riskCase.update({ where: { id: open.id }, data: { priority: Math.max(open.priority, priority), deadline: deadline < open.deadline ? deadline : open.deadline } })
    : await tx.riskCase.create({
        data: {
          id: `case_${randomUUID().replaceAll('-', '')}`,
          payerId: flag.payer.id,
          payer: flag.payer,
          locale: flag.payer.locale,
          priority,
          policyVersion: policy.version,
          deadline,
        },
      })
  const payment = await tx.flaggedPayment.create({
    data: {
      id: flag.paymentId,
      caseId: theCase.id,
      bodyHash: hashOf(flag),
      body: flag as unknown as Prisma.InputJsonObject,
      amount: BigInt(flag.amount.amount),
      currency: flag.amount.currency,
      score: flag.risk.score,
      paidAt: flag.paidAt,
      flaggedAt: now,
      deadline,
      late,
      predictedRingAt,
      // A promise that was broken before we heard of the payment is a breach by whoever flagged it late.
      breachStep: late ? 'flagged_late' : null,
    },
  })

  const facts = { paymentId: payment.id, score: payment.score, deadline: deadline.toISOString(), late }
  await appendEvents(tx, theCase.id, [
    { type: open ? 'payment_joined' : 'payment_flagged', actor: 'risk-engine', data: facts },
    ...(open && priority > open.priority
      ? [{ type: 'priority_raised', actor: 'system:intake', data: { from: open.priority, to: priority } }]
      : []),
    ...(late ? [{ type: 'promise_broken', actor: 'system:intake', data: { paymentId: payment.id, step: 'flagged_late' } }] : []),
  ])
  await queueEvent(tx, theCase.id, open ? 'risk-callback.payment.joined' : 'risk-callback.case.opened', facts)
  if (late) await queueEvent(tx, theCase.id, 'risk-callback.promise.broken', { paymentId: payment.id, step: 'flagged_late' })
  return { known: false, payment, case: theCase, flag: recordedFlag(payment, theCase, policy) }
}

/** Who waits ahead decides: the calls owed before ours, at the account's calls per second, after a typical offer. */
async function predictRing(tx: Transaction, now: Date, deadline: Date, callsPerSecond: number): Promise<Date> {
  const [{ ahead }] = (await tx.$queryRaw`
    SELECT count(*)::int AS ahead FROM risk_case
    WHERE first_ring_at IS NULL AND status <> 'closed' AND deadline <= ${deadline}`) as [{ ahead: number }]
  const typicalOfferAndSetupMillis = 5_000
  return new Date(now.getTime() + typicalOfferAndSetupMillis + (ahead / callsPerSecond) * 1_000)
}

/** Temporal has the flag: recovery need not hand it over. */
export async function acknowledgeFlag(db: Database, paymentId: string): Promise<void> {
  await db.flaggedPayment.updateMany({ where: { id: paymentId, acknowledgedAt: null }, data: { acknowledgedAt: new Date() } })
}

/** Flags that were recorded and never reached Temporal, oldest first. */
export async function unacknowledgedFlags(db: Database, olderThan: Date, limit: number): Promise<RecordedFlag[]> {
  const rows = await db.flaggedPayment.findMany({
    where: { acknowledgedAt: null, flaggedAt: { lt: olderThan } },
    orderBy: { flaggedAt: 'asc' },
    take: limit,
    include: { case: true },
  })
  return Promise.all(
    rows.map(async (row) =>
      recordedFlag(row, row.case, { version: row.case.policyVersion, body: await policyVersion(db, row.case.policyVersion) }),
    ),
  )
}
