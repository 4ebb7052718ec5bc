import { z } from 'zod'
import { attentionSchema, type Attention } from '../../domain/attention'
import {
  helpKinds,
  helpOutcomes,
  helpStatuses,
  instalmentStates,
  payeeAnswers,
  type HelpKind,
  type HelpOutcome,
  type HelpStatus,
  type InstalmentState,
  type Payee,
} from '../../domain/transferHelp/help'
import { payerStep, stepText } from '../../domain/dispute/wording'
import type { Prisma } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import type { Proposal } from '../../records/transferHelp/mediation'
import { moneyOf } from '../../records/transferHelp/progress'
import { messageSchema } from '../disputes/view'
import { attemptSchema, attemptView } from '../views/attempt'
import { moneyActionSchema, moneyActionView } from '../views/moneyAction'
import { moneyView } from '../views/payment'
import { nameFor, payerSchema, payerView, phoneFor, type Sight, type StoredPayer } from '../views/person'
import { staffNames } from '../views/staffNames'
import { iso, nullableTime, time } from '../views/time'

const shared = {
  caseId: z.string(),
  transferId: z.string(),
  kind: z.enum(helpKinds),
  status: z.enum(helpStatuses),
  outcome: z.enum(helpOutcomes).nullable(),
  amount: moneyView,
  openedAt: time,
  needsAttention: attentionSchema.nullable(),
  handler: z.object({ id: z.string(), name: z.string() }).nullable(),
}

export const helpRowSchema = z
  .object({ ...shared, payer: z.object({ id: z.string(), name: z.string().meta({ description: 'masked' }) }) })
  .meta({ id: 'TransferHelpSummary' })
export type HelpRow = z.output<typeof helpRowSchema>

export const helpSchema = z
  .object({
    ...shared,
    reason: z.string().meta({ description: 'in the payer’s own words' }),
    transferredAt: time,
    payer: payerSchema,
    payee: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable(), locale: z.string() }),
    openedBy: z.string(),
    held: moneyView.meta({ description: 'held at the payee now' }),
    returned: moneyView,
    holdUntil: nullableTime.meta({ description: 'until then policy lets us hold' }),
    answer: z
      .object({ answer: z.enum(payeeAnswers), amount: moneyView.nullable(), instalments: z.int().nullable(), reason: z.string().nullable(), by: z.string(), at: time })
      .nullable()
      .meta({ description: 'the payee’s last word' }),
    proposal: z
      .object({
        amount: moneyView,
        instalments: z.int(),
        words: z.string(),
        by: z.string(),
        at: time,
        payerAgrees: z.boolean().nullable(),
        payeeAgrees: z.boolean().nullable(),
      })
      .nullable(),
    mediation: z.enum(['agreed', 'failed']).nullable(),
    instalments: z.array(z.object({ round: z.int(), number: z.int(), dueAt: time, amount: moneyView, state: z.enum(instalmentStates) })),
    attempts: z.array(attemptSchema).meta({ description: 'calls to the payee' }),
    moneyActions: z.array(moneyActionSchema.extend({ amount: moneyView.nullable() }).meta({ id: 'TransferHelpMoneyAction' })),
    messages: z.array(messageSchema).meta({ description: 'what the payer was told, in their language' }),
  })
  .meta({ id: 'TransferHelp' })
export type HelpView = z.output<typeof helpSchema>

/** Cases of help as lists show them: what needs somebody first, then the newest. */
export async function readHelps(db: Database, where: Prisma.TransferHelpWhereInput, take: number): Promise<HelpRow[]> {
  const rows = await db.transferHelp.findMany({ where, include: { case: true }, orderBy: [{ openedAt: 'desc' }, { caseId: 'asc' }], take })
  const names = await staffNames(
    db,
    rows.map(({ handlerId }) => handlerId),
  )
  return rows
    .map((row) => ({ ...sharedView(row, names), payer: { id: row.case.payerId, name: nameFor((row.case.payer as unknown as StoredPayer).name, 'masked') } }))
    .sort((a, b) => Number(b.needsAttention !== null) - Number(a.needsAttention !== null))
}

/** One case of help with everything that belongs to it; undefined when there is none. */
export async function readHelp(db: Database, caseId: string, sight: Sight): Promise<HelpView | undefined> {
  const row = await db.transferHelp.findUnique({
    where: { caseId },
    include: {
      instalments: { orderBy: [{ round: 'asc' }, { number: 'asc' }] },
      case: { include: { attempts: { orderBy: { number: 'asc' } }, moves: { orderBy: { requestedAt: 'asc' } }, messages: { orderBy: { at: 'asc' } } } },
    },
  })
  if (!row) return undefined
  const { case: theCase, currency } = row
  const money = (amount: number | bigint) => ({ amount: Number(amount), currency })
  const [names, sums] = await Promise.all([staffNames(db, [row.handlerId]), moneyOf(sqlOf(db), caseId)])
  const payee = row.payee as unknown as Payee
  const proposal = row.proposal as unknown as Proposal | null
  return {
    ...sharedView(row, names),
    reason: row.reason,
    transferredAt: iso(row.transferredAt),
    payer: payerView(theCase.payer as unknown as StoredPayer, theCase.locale, sight),
    payee: { id: payee.id, name: nameFor(payee.name, sight), phone: payee.phone ? phoneFor(payee.phone, sight) : null, locale: payee.locale },
    openedBy: row.openedBy,
    held: money(sums.held),
    returned: money(sums.returned),
    holdUntil: iso(row.holdUntil),
    answer:
      row.answer === null
        ? null
        : {
            answer: row.answer as 'return' | 'refuse',
            amount: row.answerAmount === null ? null : money(row.answerAmount),
            instalments: row.answerInstalments,
            reason: row.answerReason,
            by: row.answeredBy!,
            at: iso(row.answeredAt!),
          },
    proposal: proposal && {
      amount: money(proposal.amount),
      instalments: proposal.instalments,
      words: proposal.words,
      by: proposal.by,
      at: proposal.at,
      payerAgrees: row.payerAgrees,
      payeeAgrees: row.payeeAgrees,
    },
    mediation: row.mediation as HelpView['mediation'],
    instalments: row.instalments.map(({ round, number, dueAt, amount, state }) => ({
      round,
      number,
      dueAt: iso(dueAt),
      amount: money(amount),
      state: state as InstalmentState,
    })),
    attempts: theCase.attempts.map((attempt) => attemptView(attempt, sight)),
    moneyActions: theCase.moves.map((move) => ({ ...moneyActionView(move), amount: move.amount === null ? null : money(move.amount) })),
    messages: theCase.messages.map(({ step, at, facts }) => {
      const known = payerStep(step)
      return { step, at: iso(at), text: known ? stepText(known, theCase.locale) : step, facts: facts as Record<string, unknown> }
    }),
  }
}

interface SharedRow {
  caseId: string
  transferId: string
  kind: string
  amount: bigint
  currency: string
  openedAt: Date
  handlerId: string | null
  case: { status: string; outcome: string | null; needsAttention: unknown }
}

function sharedView(row: SharedRow, names: Record<string, string>) {
  const { status, outcome, needsAttention } = row.case
  return {
    caseId: row.caseId,
    transferId: row.transferId,
    kind: row.kind as HelpKind,
    status: status as HelpStatus,
    outcome: outcome as HelpOutcome | null,
    amount: { amount: Number(row.amount), currency: row.currency },
    openedAt: iso(row.openedAt),
    needsAttention: needsAttention as Attention | null,
    handler: row.handlerId ? { id: row.handlerId, name: names[row.handlerId] ?? row.handlerId } : null,
  }
}
