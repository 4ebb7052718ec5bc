import { z } from 'zod'
import { moneyActionKinds, scamTypes, verdictKinds, type MoneyActionKind } from '../../domain/money'
import { caseOutcomes, caseStatuses, type CaseOutcome, type CaseStatus } from '../../domain/status'
import type { Attempt, FlaggedPayment as PaymentRow, MoneyAction, RiskCase } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { attemptSchema, attemptView } from './attempt'
import { paymentSchema, paymentView } from './payment'
import { payerSchema, payerView, type Sight, type StoredPayer } from './person'
import { iso, nullableTime, time } from './time'

const moneyActionSchema = z
  .object({
    key: z.string(),
    kind: z.enum(moneyActionKinds),
    paymentId: z.string(),
    status: z.enum(['requested', 'pending', 'confirmed', 'refused']),
    reason: z.string(),
    actor: z.string(),
    requestedAt: time,
    confirmedAt: nullableTime.meta({ description: 'when the ledger confirmed: only then it is final' }),
    ledgerEntry: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'MoneyAction' })
type MoneyActionView = z.output<typeof moneyActionSchema>

export const caseSchema = z
  .object({
    caseId: z.string(),
    status: z.enum(caseStatuses),
    outcome: z.enum(caseOutcomes).nullable(),
    priority: z.int().meta({ description: '0 to 100; it only rises' }),
    late: z.boolean().meta({ description: 'a promise was broken already when the payment was flagged' }),
    locale: z.string(),
    openedAt: time,
    closedAt: nullableTime,
    deadline: time,
    firstRingAt: nullableTime,
    needsAttention: z.string().nullable(),
    policyVersion: z.int(),
    agent: z.object({ id: z.string(), name: z.string() }).nullable(),
    payer: payerSchema,
    payments: z.array(paymentSchema),
    attempts: z.array(attemptSchema),
    moneyActions: z.array(moneyActionSchema),
    verdicts: z.array(
      z.object({
        paymentId: z.string(),
        verdict: z.enum(verdictKinds),
        scamType: z.enum(scamTypes).nullable(),
        notes: z.string().nullable(),
        by: z.string().nullable(),
        at: nullableTime,
      }),
    ),
  })
  .meta({ id: 'Case' })
export type CaseView = z.output<typeof caseSchema>

type WholeCase = RiskCase & { payments: PaymentRow[]; attempts: Attempt[]; moves: MoneyAction[] }

/** A case with everything that belongs to it, read at one moment; undefined when there is none. */
export async function readCase(db: Database, caseId: string, sight: Sight): Promise<CaseView | undefined> {
  const row = await db.riskCase.findUnique({
    where: { id: caseId },
    include: {
      payments: { orderBy: [{ flaggedAt: 'asc' }, { id: 'asc' }] },
      attempts: { orderBy: { number: 'asc' } },
      moves: { orderBy: [{ requestedAt: 'asc' }, { key: 'asc' }] },
    },
  })
  if (!row) return undefined
  const agent = row.agentId ? await db.staffUser.findUnique({ where: { id: row.agentId }, select: { id: true, name: true } }) : null
  return caseView(row, agent, sight)
}

function caseView(row: WholeCase, agent: CaseView['agent'], sight: Sight): CaseView {
  const payments = row.payments.map((payment) => paymentView(payment, sight))
  return {
    caseId: row.id,
    status: row.status as CaseStatus,
    outcome: row.outcome as CaseOutcome | null,
    priority: row.priority,
    late: row.payments.some((payment) => payment.late),
    locale: row.locale,
    openedAt: iso(row.openedAt),
    closedAt: iso(row.closedAt),
    deadline: iso(row.deadline),
    firstRingAt: iso(row.firstRingAt),
    needsAttention: row.needsAttention,
    policyVersion: row.policyVersion,
    agent,
    payer: payerView(row.payer as unknown as StoredPayer, row.locale, sight),
    payments,
    attempts: row.attempts.map((attempt) => attemptView(attempt, sight)),
    moneyActions: row.moves.map(moneyActionView),
    verdicts: payments.flatMap(({ paymentId, verdict, scamType, verdictNotes, verdictBy, verdictAt }) =>
      verdict ? [{ paymentId, verdict, scamType, notes: verdictNotes, by: verdictBy, at: verdictAt }] : [],
    ),
  }
}

function moneyActionView(row: MoneyAction): MoneyActionView {
  return {
    key: row.key,
    kind: row.kind as MoneyActionKind,
    paymentId: row.paymentId,
    status: row.status as MoneyActionView['status'],
    reason: row.reason,
    actor: row.actor,
    requestedAt: iso(row.requestedAt),
    confirmedAt: iso(row.confirmedAt),
    ledgerEntry: row.ledgerEntry,
    detail: row.detail,
  }
}
