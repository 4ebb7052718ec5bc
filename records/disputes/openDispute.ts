import { randomUUID } from 'node:crypto'
import { sealed, sealedWithin } from '../../configuration/vault'
import { approvalRules } from '../../domain/approvals'
import { endOfBusinessDay } from '../../domain/dispute/businessDays'
import { disputeWorkflowId, evidenceFor, type DisputeInput } from '../../domain/dispute/dispute'
import type { DisputeRequest } from '../../domain/dispute/request'
import { calendarOf, profileFor } from '../../domain/dispute/policy'
import type { FlaggedPayment } from '../../domain/flag'
import type { Money } from '../../domain/money'
import { inTransaction, type Database, type Sql } from '../database'
import { queueEvent } from '../outbox'
import { recordMessage } from '../payerMessages'
import { currentPolicy, policyVersion } from '../policy'
import { circumstances } from '../sealedColumns'
import { appendEvents, lockCase } from '../timeline'

const dayMillis = 86_400_000

/** Nobody flagged the payment and the request does not tell enough of it. */
export class UnknownDisputedPayment extends Error {
  constructor(readonly missing: ('payment' | 'payer')[]) {
    super(`nobody flagged the payment: ${missing.join(', ')} missing`)
  }
}

/** What was asked for contradicts what is known: another payer's payment, or a dispute that is decided. */
export class DisputeConflict extends Error {}

export interface OpenedDispute {
  caseId: string
  status: string
  /** `opened`, or `joined`: the payment is disputed already, and this statement was added. */
  how: 'opened' | 'joined'
  decideBy: Date
  finalBy: Date
  /** What its workflow is started with, again and again until Temporal has it. */
  input: DisputeInput
  handedOver: boolean
}

/**
 * Opens a dispute of a payment, flagged or not; a payment has one dispute. While that is open, another request joins it.
 * @throws UnknownDisputedPayment, DisputeConflict
 */
export async function openDispute(db: Database, request: DisputeRequest, openedBy: string): Promise<OpenedDispute> {
  return inTransaction(db, async (tx) => {
    // Two requests for one payment at the same moment: the second sees the first.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`dispute:${request.paymentId}`}, 0))`
    const known = await joinKnown(tx, request, openedBy)
    return known ?? (await insertDispute(tx, request, openedBy))
  })
}

async function joinKnown(tx: Sql, request: DisputeRequest, openedBy: string): Promise<OpenedDispute | undefined> {
  const [dispute] = await tx.$queryRaw<
    { caseId: string; status: string; payerId: string; reason: string; statement: string | null; decision: string | null; handedOver: boolean }[]
  >`
    SELECT d.case_id AS "caseId", c.status, c.payer_id AS "payerId", d.reason, d.statement, d.decision, d.handed_over_at IS NOT NULL AS "handedOver"
    FROM dispute d JOIN risk_case c ON c.id = d.case_id WHERE d.payment_id = ${request.paymentId}`
  if (!dispute) return undefined
  const { caseId, status } = dispute
  if (request.payer && request.payer.id !== dispute.payerId) throw new DisputeConflict('This payment is disputed by another payer.')
  if (dispute.decision) throw new DisputeConflict('This dispute was decided; the payer may appeal once.')
  await lockCase(tx, caseId)
  const repeated = dispute.reason === request.reason && (request.statement ?? null) === dispute.statement
  if (!repeated)
    await appendEvents(tx, caseId, [
      {
        type: 'dispute_joined',
        actor: openedBy,
        data: { paymentId: request.paymentId, reason: request.reason, ...(request.statement ? { statement: request.statement } : {}) },
      },
    ])
  const input = await disputeInput(tx, caseId)
  return { caseId, status, how: 'joined', decideBy: new Date(input.decideBy), finalBy: new Date(input.finalBy), input, handedOver: dispute.handedOver }
}

async function insertDispute(tx: Sql, request: DisputeRequest, openedBy: string): Promise<OpenedDispute> {
  const { paymentId, reason, statement } = request
  const [flagged] = await tx.$queryRaw<
    { body: FlaggedPayment; caseId: string }[]
  >`SELECT body, case_id AS "caseId" FROM flagged_payment WHERE id = ${paymentId}`
  const payer = flagged?.body.payer ?? request.payer
  const payment = flagged ? factsOf(flagged.body) : request.payment
  if (!payer || !payment) throw new UnknownDisputedPayment([...(payment ? [] : (['payment'] as const)), ...(payer ? [] : (['payer'] as const))])
  if (flagged && request.payer && request.payer.id !== payer.id) throw new DisputeConflict('This payment was made by another payer.')

  const [helped] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM transfer_help h JOIN risk_case c ON c.id = h.case_id WHERE h.transfer_id = ${paymentId} AND (c.status <> 'closed' OR c.outcome = 'returned')`
  if (helped) throw new DisputeConflict('Help with this transfer brings the money back, or has brought it.')

  const now = Date.now()
  const policy = await currentPolicy(tx)
  const { amount } = payment
  const { name, profile } = profileFor(policy.body.disputes, amount.currency)
  const caseId = `case_${randomUUID().replaceAll('-', '')}`
  const takeUpBy = new Date(now + profile.takeUpDays * dayMillis)
  const decideBy = new Date(endOfBusinessDay(calendarOf(profile), now, profile.decideBusinessDays))
  const finalBy = new Date(now + profile.finalDays * dayMillis)
  await tx.$executeRaw`
    INSERT INTO risk_case (id, kind, workflow_id, payer_id, payer, locale, priority, policy_version, deadline)
    VALUES (${caseId}, 'dispute', ${disputeWorkflowId(caseId)}, ${payer.id}, ${JSON.stringify(payer)}::jsonb, ${payer.locale}, 0, ${policy.version}, ${decideBy})`
  await tx.$executeRaw`
    INSERT INTO dispute (case_id, payment_id, reason, statement, facts, amount, currency, profile, opened_by, opened_at, take_up_by, decide_by, final_by)
    VALUES (${caseId}, ${paymentId}, ${reason}, ${sealed(statement)}, ${sealedWithin(payment, circumstances)}::jsonb, ${amount.amount}, ${amount.currency}, ${name}, ${openedBy},
            ${new Date(now)}, ${takeUpBy}, ${decideBy}, ${finalBy})`
  await tx.$executeRaw`INSERT INTO dispute_task (case_id, kind) SELECT ${caseId}, unnest(${evidenceFor(reason)}::text[])`
  const facts = { paymentId, reason, decideBy: decideBy.toISOString(), finalBy: finalBy.toISOString() }
  await appendEvents(tx, caseId, [{ type: 'dispute_opened', actor: openedBy, data: facts }])
  // Whoever talks with the payer about the same payment must know.
  if (flagged) {
    await lockCase(tx, flagged.caseId)
    await appendEvents(tx, flagged.caseId, [{ type: 'payment_disputed', actor: openedBy, data: { paymentId, reason, disputeCaseId: caseId } }])
  }
  await queueEvent(tx, caseId, 'risk-callback.dispute.opened', { ...facts, openedBy })
  await recordMessage(tx, { caseId, step: 'received', paymentId })
  return { caseId, status: 'received', how: 'opened', decideBy, finalBy, input: await disputeInput(tx, caseId), handedOver: false }
}

function factsOf({ paidAt, amount, method, payee, risk }: FlaggedPayment): NonNullable<DisputeRequest['payment']> {
  return { paidAt, amount, method, payee, place: risk.place, device: risk.device }
}

/** What the workflow of a dispute begins with; the same for ever, for it may be started again. */
export async function disputeInput(tx: Sql, caseId: string): Promise<DisputeInput> {
  const [row] = await tx.$queryRaw<
    { paymentId: string; payerId: string; minor: number; currency: string; openedBy: string; takeUpBy: Date; decideBy: Date; finalBy: Date; version: number }[]
  >`
    SELECT d.payment_id AS "paymentId", c.payer_id AS "payerId", d.amount::float8 AS minor, d.currency, d.opened_by AS "openedBy",
           d.take_up_by AS "takeUpBy", d.decide_by AS "decideBy", d.final_by AS "finalBy", c.policy_version AS version
    FROM dispute d JOIN risk_case c ON c.id = d.case_id WHERE d.case_id = ${caseId}`
  if (!row) throw new Error(`there is no dispute ${caseId}`)
  const policy = await policyVersion(tx, row.version)
  const { advanceAbove, compensationAbove } = approvalRules(policy)
  const amount: Money = { amount: row.minor, currency: row.currency }
  return {
    caseId,
    paymentId: row.paymentId,
    payerId: row.payerId,
    amount,
    openedBy: row.openedBy,
    takeUpBy: row.takeUpBy.getTime(),
    decideBy: row.decideBy.getTime(),
    finalBy: row.finalBy.getTime(),
    appealMillis: policy.disputes.appealDays * dayMillis,
    recoveryNoticeMillis: policy.disputes.recoveryNoticeDays * dayMillis,
    advanceAbove,
    compensationAbove,
  }
}

/** Temporal has it. */
export async function disputeHandedOver(db: Database, caseId: string): Promise<void> {
  await db.dispute.updateMany({ where: { caseId, handedOverAt: null }, data: { handedOverAt: new Date() } })
}

/** Disputes that were recorded and never reached Temporal, oldest first. */
export async function disputesNotHandedOver(db: Database, olderThan: Date, limit: number): Promise<DisputeInput[]> {
  const rows = await db.dispute.findMany({
    where: { handedOverAt: null, openedAt: { lt: olderThan } },
    orderBy: { openedAt: 'asc' },
    take: limit,
    select: { caseId: true },
  })
  return inTransaction(db, (tx) => Promise.all(rows.map(({ caseId }) => disputeInput(tx, caseId))))
}
