import { z } from 'zod'
import { attentionSchema, type Attention } from '../../domain/attention'
import { verdictKinds, type VerdictKind } from '../../domain/money'
import { anyOutcomes, anyStatuses, attemptOutcomes, caseKinds, type AnyOutcome, type AnyStatus, type AttemptOutcome, type CaseKind } from '../../domain/status'
import type { Prisma } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { moneyView } from './payment'
import { nameFor, type Sight, type StoredPayer } from './person'
import { iso, nullableTime, time } from './time'

export const summarySchema = z
  .object({
    caseId: z.string(),
    kind: z.enum(caseKinds),
    status: z.enum(anyStatuses),
    outcome: z.enum(anyOutcomes).nullable(),
    priority: z.int(),
    late: z.boolean(),
    openedAt: time,
    closedAt: nullableTime,
    deadline: time,
    firstRingAt: nullableTime,
    needsAttention: attentionSchema.nullable(),
    payer: z.object({ id: z.string(), name: z.string(), locale: z.string() }),
    agentId: z.string().nullable(),
    agentName: z.string().nullable(),
    attempts: z.int().meta({ description: 'how many were made' }),
    lastAttempt: z.object({ number: z.int(), outcome: z.enum(attemptOutcomes).nullable(), intendedAt: time, endedAt: nullableTime }).nullable(),
    payments: z.array(z.object({ paymentId: z.string(), amount: moneyView, verdict: z.enum(verdictKinds).nullable(), fundsState: z.string() })),
    amounts: z.array(moneyView).meta({ description: 'the sum in each currency' }),
    verdicts: z.array(z.enum(verdictKinds)).meta({ description: 'each that was given, once' }),
  })
  .meta({ id: 'CaseSummary' })
export type CaseSummary = z.output<typeof summarySchema>

const include = {
  payments: { orderBy: [{ flaggedAt: 'asc' }, { id: 'asc' }] },
  attempts: { orderBy: { number: 'desc' }, select: { number: true, outcome: true, intendedAt: true, endedAt: true } },
} as const satisfies Prisma.RiskCaseInclude

type SummaryRow = Prisma.RiskCaseGetPayload<{ include: typeof include }>

/** These cases as lists show them, newest first. */
export async function readSummaries(db: Database, ids: string[], sight: Sight): Promise<CaseSummary[]> {
  if (ids.length === 0) return []
  const rows = await db.riskCase.findMany({ where: { id: { in: ids } }, include, orderBy: [{ openedAt: 'desc' }, { id: 'desc' }] })
  const agentIds = [...new Set(rows.flatMap(({ agentId }) => agentId ?? []))]
  const agents = agentIds.length > 0 ? await db.staffUser.findMany({ where: { id: { in: agentIds } }, select: { id: true, name: true } }) : []
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  return rows.map((row) => summaryView(row, names, sight))
}

function summaryView(row: SummaryRow, names: Map<string, string>, sight: Sight): CaseSummary {
  const payer = row.payer as unknown as StoredPayer
  const [last] = row.attempts
  const verdicts = row.payments.flatMap(({ verdict }) => (verdict as VerdictKind | null) ?? [])
  return {
    caseId: row.id,
    kind: row.kind as CaseKind,
    status: row.status as AnyStatus,
    outcome: row.outcome as AnyOutcome | null,
    priority: row.priority,
    late: row.payments.some(({ late }) => late),
    openedAt: iso(row.openedAt),
    closedAt: iso(row.closedAt),
    deadline: iso(row.deadline),
    firstRingAt: iso(row.firstRingAt),
    needsAttention: row.needsAttention as Attention | null,
    payer: { id: row.payerId, name: nameFor(payer.name, sight), locale: row.locale },
    agentId: row.agentId,
    agentName: row.agentId ? (names.get(row.agentId) ?? null) : null,
    attempts: row.attempts.length,
    lastAttempt: last
      ? { number: last.number, outcome: last.outcome as AttemptOutcome | null, intendedAt: iso(last.intendedAt), endedAt: iso(last.endedAt) }
      : null,
    payments: row.payments.map((payment) => ({
      paymentId: payment.id,
      amount: { amount: Number(payment.amount), currency: payment.currency },
      verdict: payment.verdict as VerdictKind | null,
      fundsState: payment.fundsState,
    })),
    amounts: sums(row.payments),
    verdicts: [...new Set(verdicts)],
  }
}

function sums(payments: { amount: bigint; currency: string }[]): z.output<typeof moneyView>[] {
  const totals = new Map<string, number>()
  for (const { amount, currency } of payments) totals.set(currency, (totals.get(currency) ?? 0) + Number(amount))
  return [...totals].map(([currency, amount]) => ({ amount, currency }))
}
