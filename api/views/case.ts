import { z } from 'zod'
import { attentionSchema, type Attention } from '../../domain/attention'
import { approvalKinds, approvalOutcomes, type ApprovalKind, type ApprovalOutcome } from '../../domain/approvals'
import { scamTypes, verdictKinds } from '../../domain/money'
import { anyOutcomes, anyStatuses, type AnyOutcome, type AnyStatus, caseKinds, type CaseKind } from '../../domain/status'
import type { Approval, Attempt, FlaggedPayment as PaymentRow, MoneyAction, PaymentCheck, RiskCase } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { attemptSchema, attemptView } from './attempt'
import { moneyActionSchema, moneyActionView } from './moneyAction'
import { paymentSchema, paymentView } from './payment'
import { casePaymentCheckSchema, casePaymentCheckView } from './paymentCheck'
import { payerSchema, payerView, type Sight, type StoredPayer } from './person'
import { rowOf, type JsonRow } from './row'
import { iso, nullableTime, time } from './time'

export const caseSchema = z
  .object({
    caseId: z.string(),
    kind: z.enum(caseKinds),
    status: z.enum(anyStatuses),
    outcome: z.enum(anyOutcomes).nullable(),
    priority: z.int().meta({ description: '0 to 100; it only rises' }),
    late: z.boolean().meta({ description: 'a promise was broken already when the payment was flagged' }),
    locale: z.string(),
    openedAt: time,
    closedAt: nullableTime,
    deadline: time,
    firstRingAt: nullableTime,
    needsAttention: attentionSchema.nullable(),
    appointmentAt: nullableTime.meta({ description: 'when the payer wants to be called' }),
    policyVersion: z.int(),
    agent: z.object({ id: z.string(), name: z.string() }).nullable(),
    payer: payerSchema,
    payments: z.array(paymentSchema),
    check: casePaymentCheckSchema.nullable().meta({ description: 'the paused payment of an answer reminder' }),
    attempts: z.array(attemptSchema),
    moneyActions: z.array(moneyActionSchema),
    approvals: z
      .array(
        z.object({
          approvalId: z.string(),
          kind: z.enum(approvalKinds),
          subject: z.string().meta({ description: 'what it is about, such as a payment’s id' }),
          requestedBy: z.string(),
          requestedAt: time,
          expiresAt: time,
          outcome: z.enum(approvalOutcomes).nullable().meta({ description: 'null while a second person is waited for' }),
        }),
      )
      .meta({ description: 'what took, or takes, two persons' }),
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

type WholeCase = RiskCase & { check: PaymentCheck | null; payments: PaymentRow[]; attempts: Attempt[]; moves: MoneyAction[]; approvals: Approval[] }

/** A case with everything that belongs to it, read at one moment; undefined when there is none. */
export async function readCase(db: Database, caseId: string, sight: Sight): Promise<CaseView | undefined> {
  const [found] = await sqlOf(db).$queryRaw<StoredCase[]>`
    SELECT to_jsonb(c) AS "case", u.name AS "agentName",
      (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.flagged_at, p.id) FROM flagged_payment p WHERE p.case_id = c.id) AS payments,
      (SELECT to_jsonb(k) FROM payment_check k WHERE k.case_id = c.id) AS check,
      (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.number) FROM attempt a WHERE a.case_id = c.id) AS attempts,
      (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.requested_at, m.key) FROM money_action m WHERE m.case_id = c.id) AS moves,
      (SELECT jsonb_agg(to_jsonb(y) ORDER BY y.requested_at, y.id) FROM approval y WHERE y.case_id = c.id) AS approvals
    FROM risk_case c LEFT JOIN staff_user u ON u.id = c.agent_id WHERE c.id = ${caseId}`
  if (!found) return undefined
  const row = {
    ...rowOf<RiskCase>(found.case),
    check: found.check && rowOf<PaymentCheck>(found.check),
    payments: (found.payments ?? []).map(rowOf<PaymentRow>),
    attempts: (found.attempts ?? []).map(rowOf<Attempt>),
    moves: (found.moves ?? []).map(rowOf<MoneyAction>),
    approvals: (found.approvals ?? []).map(rowOf<Approval>),
  }
  const agent = row.agentId && found.agentName ? { id: row.agentId, name: found.agentName } : null
  return caseView(row, agent, sight)
}

interface StoredCase {
  case: JsonRow
  agentName: string | null
  check: JsonRow | null
  payments: JsonRow[] | null
  attempts: JsonRow[] | null
  moves: JsonRow[] | null
  approvals: JsonRow[] | null
}

function caseView(row: WholeCase, agent: CaseView['agent'], sight: Sight): CaseView {
  const payments = row.payments.map((payment) => paymentView(payment, sight))
  return {
    caseId: row.id,
    kind: row.kind as CaseKind,
    status: row.status as AnyStatus,
    outcome: row.outcome as AnyOutcome | null,
    priority: row.priority,
    late: row.payments.some((payment) => payment.late),
    locale: row.locale,
    openedAt: iso(row.openedAt),
    closedAt: iso(row.closedAt),
    deadline: iso(row.deadline),
    firstRingAt: iso(row.firstRingAt),
    needsAttention: row.needsAttention as Attention | null,
    appointmentAt: iso(row.appointmentAt),
    policyVersion: row.policyVersion,
    agent,
    payer: payerView(row.payer as unknown as StoredPayer, row.locale, sight),
    payments,
    check: row.check && casePaymentCheckView(row.check, sight),
    attempts: row.attempts.map((attempt) => attemptView(attempt, sight)),
    moneyActions: row.moves.map(moneyActionView),
    approvals: row.approvals.map(({ id, kind, subject, requestedBy, requestedAt, expiresAt, outcome }) => ({
      approvalId: id,
      kind: kind as ApprovalKind,
      subject,
      requestedBy,
      requestedAt: iso(requestedAt),
      expiresAt: iso(expiresAt),
      outcome: outcome as ApprovalOutcome | null,
    })),
    verdicts: payments.flatMap(({ paymentId, verdict, scamType, verdictNotes, verdictBy, verdictAt }) =>
      verdict ? [{ paymentId, verdict, scamType, notes: verdictNotes, by: verdictBy, at: verdictAt }] : [],
    ),
  }
}
