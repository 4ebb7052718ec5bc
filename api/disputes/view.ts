import { z } from 'zod'
import { attentionSchema, type Attention } from '../../domain/attention'
import {
  disputeDecisions,
  disputeReasons,
  disputeStatuses,
  evidenceKinds,
  evidenceStates,
  findings,
  type DisputeDecision,
  type DisputeReason,
  type DisputeStatus,
  type EvidenceKind,
  type EvidenceState,
  type Finding,
} from '../../domain/dispute/dispute'
import type { DisputeRequest } from '../../domain/dispute/request'
import { payerStep, stepText } from '../../domain/dispute/wording'
import type { Prisma } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { moneyActionSchema, moneyActionView } from '../views/moneyAction'
import { moneyView } from '../views/payment'
import { nameFor, payerSchema, payerView, type Sight, type StoredPayer } from '../views/person'
import { staffIdOf, staffNames } from '../views/staffNames'
import { iso, nullableTime, time } from '../views/time'

export const messageSchema = z.object({ step: z.string(), at: time, text: z.string(), facts: z.record(z.string(), z.unknown()) }).meta({ id: 'PayerMessage' })

const shared = {
  caseId: z.string(),
  paymentId: z.string(),
  amount: moneyView,
  reason: z.enum(disputeReasons),
  status: z.enum(disputeStatuses),
  decision: z.enum(disputeDecisions).nullable().meta({ description: 'for or against the payer; the last one counts' }),
  openedAt: time,
  takeUpBy: time.meta({ description: 'until then somebody takes it up' }),
  decideBy: time.meta({ description: 'the end of the policy’s last business day: decided by then, or paid in advance' }),
  finalBy: time.meta({ description: 'decided by then, or policy decides' }),
  appealBy: nullableTime,
}

export const disputeRowSchema = z
  .object({
    ...shared,
    payer: z.object({ id: z.string(), name: z.string().meta({ description: 'masked' }) }),
    handler: z.object({ id: z.string(), name: z.string() }).nullable(),
    openTasks: z.int(),
    needsAttention: attentionSchema.nullable(),
  })
  .meta({ id: 'DisputeSummary' })
export type DisputeRow = z.output<typeof disputeRowSchema>

export const disputeSchema = z
  .object({
    ...shared,
    statement: z.string().nullable().meta({ description: 'in the payer’s own words' }),
    profile: z.string().meta({ description: 'the clocks of the policy that count' }),
    payment: z
      .object({
        paidAt: z.string(),
        method: z.string(),
        payee: z.object({ id: z.string(), name: z.string() }),
        place: z.record(z.string(), z.unknown()).optional(),
        device: z.record(z.string(), z.unknown()).optional(),
      })
      .meta({ description: 'what was said of the payment; device and place only for those who work on it' }),
    payer: payerSchema,
    openedBy: z.string(),
    handler: z.object({ id: z.string(), name: z.string() }).nullable(),
    takenUpAt: nullableTime,
    decidedBy: z.string().nullable(),
    decidedAt: nullableTime,
    decisionReason: z.string().nullable(),
    appealedAt: nullableTime,
    appealReason: z.string().nullable(),
    tasks: z.array(
      z.object({
        kind: z.enum(evidenceKinds),
        state: z.enum(evidenceStates),
        finding: z.enum(findings).nullable(),
        result: z.string().nullable(),
        doneBy: z.string().nullable().meta({ description: 'agent:<id>, supervisor:<id>, compliance:<id>, or a part of the product' }),
        doneAt: nullableTime,
      }),
    ),
    people: z.record(z.string(), z.string()).meta({ description: 'names of the staff whose ids occur' }),
    files: z.array(
      z.object({ fileId: z.string(), name: z.string(), mediaType: z.string(), size: z.int(), sha256: z.string(), addedBy: z.string(), addedAt: time }),
    ),
    moneyActions: z.array(
      moneyActionSchema.extend({ amount: moneyView.nullable() }).meta({ id: 'DisputeMoneyAction' }),
    ),
    approvals: z.array(z.object({ approvalId: z.string(), kind: z.string(), outcome: z.string().nullable(), requestedBy: z.string() })),
    messages: z.array(messageSchema).meta({ description: 'what the payer was told, in their language' }),
    needsAttention: attentionSchema.nullable(),
  })
  .meta({ id: 'Dispute' })
export type DisputeView = z.output<typeof disputeSchema>
export type DisputeTask = DisputeView['tasks'][number]

const order: EvidenceKind[] = [...evidenceKinds]

/** Disputes as lists show them, the nearest clock first. */
export async function readDisputes(db: Database, where: Prisma.DisputeWhereInput, take: number): Promise<z.output<typeof disputeRowSchema>[]> {
  const rows = await db.dispute.findMany({
    where,
    include: { case: true, tasks: { where: { state: 'open' } } },
    orderBy: [{ decideBy: 'asc' }, { caseId: 'asc' }],
    take,
  })
  const names = await staffNames(
    db,
    rows.map(({ handlerId }) => handlerId),
  )
  return rows.map((row) => ({
    ...sharedView(row, row.case.status),
    payer: { id: row.case.payerId, name: nameFor((row.case.payer as unknown as StoredPayer).name, 'masked') },
    handler: row.handlerId ? { id: row.handlerId, name: names[row.handlerId] ?? row.handlerId } : null,
    openTasks: row.tasks.length,
    needsAttention: row.case.needsAttention as Attention | null,
  }))
}

/** One dispute with everything that belongs to it; undefined when there is none. */
export async function readDispute(db: Database, caseId: string, sight: Sight): Promise<DisputeView | undefined> {
  const row = await db.dispute.findUnique({
    where: { caseId },
    include: {
      tasks: true,
      files: { omit: { content: true }, orderBy: { addedAt: 'asc' } },
      case: { include: { moves: { orderBy: { requestedAt: 'asc' } }, approvals: { orderBy: { requestedAt: 'asc' } }, messages: { orderBy: { at: 'asc' } } } },
    },
  })
  if (!row) return undefined
  const { case: theCase } = row
  const people = await staffNames(db, [row.handlerId, ...row.tasks.map(({ doneBy }) => staffIdOf(doneBy))])
  const { device, place, payee, ...facts } = row.facts as unknown as NonNullable<DisputeRequest['payment']>
  return {
    ...sharedView(row, theCase.status),
    statement: row.statement,
    profile: row.profile,
    payment: { ...facts, payee: { id: payee.id, name: nameFor(payee.name, sight) }, ...(sight === 'full' ? { device, place } : {}) },
    payer: payerView(theCase.payer as unknown as StoredPayer, theCase.locale, sight),
    openedBy: row.openedBy,
    handler: row.handlerId ? { id: row.handlerId, name: people[row.handlerId] ?? row.handlerId } : null,
    takenUpAt: iso(row.takenUpAt),
    decidedBy: row.decidedBy,
    decidedAt: iso(row.decidedAt),
    decisionReason: row.decisionReason,
    appealedAt: iso(row.appealedAt),
    appealReason: row.appealReason,
    people,
    tasks: row.tasks
      .map(({ kind, state, finding, result, doneBy, doneAt }) => ({
        kind: kind as EvidenceKind,
        state: state as EvidenceState,
        finding: finding as Finding | null,
        result,
        doneBy,
        doneAt: iso(doneAt),
      }))
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    files: row.files.map(({ id, name, mediaType, size, sha256, addedBy, addedAt }) => ({
      fileId: id,
      name,
      mediaType,
      size,
      sha256,
      addedBy,
      addedAt: iso(addedAt),
    })),
    moneyActions: theCase.moves.map((move) => ({
      ...moneyActionView(move),
      amount: move.amount !== null && move.currency !== null ? { amount: Number(move.amount), currency: move.currency } : null,
    })),
    approvals: theCase.approvals.map(({ id, kind, outcome, requestedBy }) => ({ approvalId: id, kind, outcome, requestedBy })),
    messages: theCase.messages.map((message) => messageView(message, theCase.locale)),
    needsAttention: theCase.needsAttention as Attention | null,
  }
}

export function messageView({ step, at, facts }: { step: string; at: Date; facts: unknown }, locale: string): z.output<typeof messageSchema> {
  const known = payerStep(step)
  return { step, at: iso(at), text: known ? stepText(known, locale) : step, facts: facts as Record<string, unknown> }
}

interface SharedRow {
  caseId: string
  paymentId: string
  amount: bigint
  currency: string
  reason: string
  decision: string | null
  openedAt: Date
  takeUpBy: Date
  decideBy: Date
  finalBy: Date
  appealBy: Date | null
}

function sharedView(row: SharedRow, status: string) {
  return {
    caseId: row.caseId,
    paymentId: row.paymentId,
    amount: { amount: Number(row.amount), currency: row.currency },
    reason: row.reason as DisputeReason,
    status: status as DisputeStatus,
    decision: row.decision as DisputeDecision | null,
    openedAt: iso(row.openedAt),
    takeUpBy: iso(row.takeUpBy),
    decideBy: iso(row.decideBy),
    finalBy: iso(row.finalBy),
    appealBy: iso(row.appealBy),
  }
}

