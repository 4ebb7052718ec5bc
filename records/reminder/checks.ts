import { createHash, randomInt, randomUUID } from 'node:crypto'
import { sealedWithin } from '../../configuration/vault'
import type { PaymentCheckBody } from '../../domain/reminder/body'
import { reminderWorkflowId, type CheckDecision, type CheckReason, type RecordedCheck, type UnpressedPlan } from '../../domain/reminder/check'
import { decide, scorePayment } from '../../domain/reminder/score'
import { inTransaction, sqlOf, type Database, type Sql } from '../database'
import { canonical } from '../flags'
import { queueEvent } from '../outbox'
import { currentPolicy, policyVersion } from '../policy'
import { circumstances } from '../sealedColumns'
import { appendEvents } from '../timeline'

/** The payment id is known with another body: what was asked once stays asked. */
export class CheckConflict extends Error {
  constructor(readonly paymentId: string) {
    super(`payment ${paymentId} was asked about before with another body`)
  }
}

/** Whoever asks for help stands before every ordinary case, whose priority is 100 at most. */
export const helpPriority = 200

export interface CheckRecord {
  known: boolean
  paymentId: string
  /** Given while Temporal does not have it yet. */
  handOver?: RecordedCheck
}

/**
 * Records a payment that is about to be made, scores it and decides whether it may go out. A paused one gets a
 * case. Safe to repeat and to race.
 * @throws CheckConflict when the payment id is known with another body
 */
export async function recordCheck(db: Database, body: PaymentCheckBody): Promise<CheckRecord> {
  const hash = createHash('sha256').update(canonical(body)).digest('hex')
  try {
    return (await findCheck(db, body.paymentId, hash)) ?? (await inTransaction(db, (tx) => insertCheck(tx, body, hash)))
  } catch (error) {
    // Asked twice in the same moment: the other one was faster.
    const known = (error as { code?: unknown }).code === '23505' ? await findCheck(db, body.paymentId, hash) : undefined
    if (known) return known
    throw error
  }
}

async function findCheck(db: Database, paymentId: string, hash: string): Promise<CheckRecord | undefined> {
  const known = await db.paymentCheck.findUnique({ where: { paymentId }, select: { bodyHash: true, caseId: true, acknowledgedAt: true } })
  if (!known) return undefined
  if (known.bodyHash !== hash) throw new CheckConflict(paymentId)
  const [handOver] = known.caseId && !known.acknowledgedAt ? await recordedChecks(db, [known.caseId]) : []
  return { known: true, paymentId, ...(handOver ? { handOver } : {}) }
}

async function insertCheck(tx: Sql, body: PaymentCheckBody, hash: string): Promise<CheckRecord> {
  const { paymentId, payer, payee, amount } = body
  const policy = await currentPolicy(tx)
  const { score, reasons } = body.risk ? { score: body.risk.score, reasons: body.risk.rules } : await scoreByRules(tx, body)
  const { decision, plan } = decide(policy.body.answerReminder, score, amount.amount)
  const now = new Date()
  const caseId = decision === 'paused' ? `case_${randomUUID().replaceAll('-', '')}` : null
  const until = caseId ? new Date(now.getTime() + policy.body.answerReminder.buttonSeconds * 1_000) : null
  if (caseId) {
    await tx.$executeRaw`
      INSERT INTO risk_case (id, kind, workflow_id, payer_id, payer, locale, priority, policy_version, deadline, needs_person, opened_at)
      VALUES (${caseId}, 'answer_reminder', ${reminderWorkflowId(caseId)}, ${payer.id}, ${JSON.stringify(payer)}::jsonb, ${payer.locale},
              ${score}, ${policy.version}, ${until}, true, ${now})`
  }
  await tx.$executeRaw`
    INSERT INTO payment_check (payment_id, check_id, case_id, body_hash, body, payer_id, payee_id, amount, currency, score, reasons,
                               decision, phase, plan, ending, until, opened_at, decided_at)
    VALUES (${paymentId}, ${`check_${randomUUID()}`}, ${caseId}, ${hash}, ${sealedWithin(body, circumstances)}::jsonb, ${payer.id}, ${payee.id}, ${amount.amount},
            ${amount.currency}, ${score}, ${JSON.stringify(reasons)}::jsonb, ${decision}, ${caseId ? 'button' : 'final'}, ${plan},
            ${endingOf(decision)}, ${until}, ${now}, ${caseId ? null : now})`
  if (!caseId) return { known: false, paymentId }
  const facts = { paymentId, payerId: payer.id, score, plan }
  await appendEvents(tx, caseId, [{ type: 'payment_paused', actor: 'payments-core', data: facts }])
  await queueEvent(tx, caseId, 'risk-callback.reminder.paused', facts)
  return { known: false, paymentId, handOver: { ...checkOf(body), caseId, score, plan, openedAt: now.toISOString(), policy } }
}

function endingOf(decision: CheckDecision): string | null {
  return decision === 'pay' ? 'low_risk' : decision === 'refused' ? 'above_limit' : null
}

async function scoreByRules(tx: Sql, { payer, payee, amount }: PaymentCheckBody): Promise<{ score: number; reasons: CheckReason[] }> {
  const [before] = await tx.$queryRaw<{ known: boolean; recent: number }[]>`
    SELECT EXISTS (SELECT 1 FROM payment_check WHERE payer_id = ${payer.id} AND payee_id = ${payee.id} AND decision = 'pay') AS known,
           (SELECT count(*)::int FROM payment_check WHERE payer_id = ${payer.id} AND opened_at > now() - interval '1 hour') AS recent`
  const { known, recent } = before!
  const hour = hourAt(new Date(), payer.timeZone)
  return scorePayment({ amount, security: payer.security, payeeKnown: payee.known ?? known, checksLastHour: recent, hour })
}

function hourAt(now: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now))
}

function checkOf({ paymentId, payer, payee, amount }: PaymentCheckBody): Omit<RecordedCheck, 'caseId' | 'score' | 'plan' | 'openedAt' | 'policy'> {
  return { paymentId, payerId: payer.id, payeeId: payee.id, phones: payer.phones, locale: payer.locale, amount }
}

/** Temporal has the check: recovery need not hand it over. */
export async function acknowledgeCheck(db: Database, caseId: string): Promise<void> {
  await sqlOf(db).$executeRaw`UPDATE payment_check SET acknowledged_at = now() WHERE case_id = ${caseId} AND acknowledged_at IS NULL`
}

/** Paused payments that never reached Temporal, oldest first. */
export async function unacknowledgedChecks(db: Database, olderThan: Date, limit: number): Promise<RecordedCheck[]> {
  const rows = await sqlOf(db).$queryRaw<{ caseId: string }[]>`
    SELECT case_id AS "caseId" FROM payment_check
    WHERE acknowledged_at IS NULL AND case_id IS NOT NULL AND opened_at < ${olderThan} ORDER BY opened_at LIMIT ${limit}`
  return recordedChecks(
    db,
    rows.map(({ caseId }) => caseId),
  )
}

async function recordedChecks(db: Database, caseIds: string[]): Promise<RecordedCheck[]> {
  const rows = await sqlOf(db).$queryRaw<{ caseId: string; body: PaymentCheckBody; score: number; plan: UnpressedPlan; openedAt: Date; version: number }[]>`
    SELECT k.case_id AS "caseId", k.body, k.score, k.plan, k.opened_at AS "openedAt", c.policy_version AS version
    FROM payment_check k JOIN risk_case c ON c.id = k.case_id WHERE k.case_id = ANY(${caseIds}) ORDER BY k.opened_at`
  return Promise.all(
    rows.map(async ({ body, openedAt, version, ...check }) => ({
      ...checkOf(body),
      ...check,
      openedAt: openedAt.toISOString(),
      policy: { version, body: await policyVersion(sqlOf(db), version) },
    })),
  )
}

/** Six digits that the payer keys in after dialling; they are good for one case and for as long as help is wanted. */
export function newCallCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}
