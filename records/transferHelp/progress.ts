import { sealed } from '../../configuration/vault'
import {
  helpStatusesBefore,
  type HelpKind,
  type HelpOutcome,
  type HelpStatus,
  type Instalment,
  type InstalmentState,
  type Payee,
  type PayeeAnswer,
} from '../../domain/transferHelp/help'
import type { Attention } from '../../domain/attention'
import { askForAttention } from '../attention'
import { inTransaction, type Database, type Sql } from '../database'
import { withdrawOffer } from '../offers'
import { queueEvent } from '../outbox'
import { recordMessage } from '../payerMessages'
import { releaseAgent } from '../presence'
import { appendEvents, lockCase, moveFrom } from '../timeline'

/** It is closed, or what was said comes too late for it. */
export class HelpOver extends Error {}

export interface LockedHelp {
  transferId: string
  kind: HelpKind
  status: HelpStatus
  payerId: string
  minor: number
  currency: string
  payee: Payee
  handlerId: string | null
  answer: PayeeAnswer['answer'] | null
  mediation: 'agreed' | 'failed' | null
}

/** Case first, as every transaction locks. @returns undefined when there is no such case of help */
export async function lockHelp(tx: Sql, caseId: string): Promise<LockedHelp | undefined> {
  await lockCase(tx, caseId)
  const [help] = await tx.$queryRaw<LockedHelp[]>`
    SELECT h.transfer_id AS "transferId", h.kind, c.status, c.payer_id AS "payerId", h.amount::float8 AS minor, h.currency, h.payee,
           h.handler_id AS "handlerId", h.answer, h.mediation
    FROM transfer_help h JOIN risk_case c ON c.id = h.case_id WHERE h.case_id = ${caseId}`
  return help
}

/** Moves the case along, and says whether a person must look at it now. */
export async function moveHelp(db: Database, caseId: string, to: HelpStatus, attention: Attention | null): Promise<void> {
  await inTransaction(db, async (tx) => {
    await moveFrom(tx, caseId, helpStatusesBefore(to), to, 'system:transfer-help')
    await askForAttention(tx, caseId, attention)
  })
}

/** The first hold begins the time for which policy lets us hold. */
export async function recordHoldUntil(db: Database, caseId: string, until: Date): Promise<void> {
  await db.transferHelp.updateMany({ where: { caseId, holdUntil: null }, data: { holdUntil: until } })
}

/** The payee's own app is asked to show the request: what it is about, and the link to answer by. Nothing of the payer is in it. */
export async function askPayee(db: Database, caseId: string, about: { step: 'asked' | 'reminded'; number: number; link: string }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const help = await lockHelp(tx, caseId)
    if (!help || help.status === 'closed') return
    const { transferId, payee, minor, currency } = help
    const { step, number, link } = about
    const asked = await tx.$executeRaw`
      INSERT INTO case_event (case_id, actor, type, data)
      SELECT ${caseId}, 'system:transfer-help', 'transfer_help_payee_asked', ${JSON.stringify({ step, number })}::jsonb
      WHERE NOT EXISTS (SELECT 1 FROM case_event WHERE case_id = ${caseId} AND type = 'transfer_help_payee_asked' AND data->'number' = to_jsonb(${number}::int))`
    if (asked === 0) return
    await queueEvent(tx, caseId, 'risk-callback.payee.asked', {
      transferId,
      payeeId: payee.id,
      locale: payee.locale,
      amount: { amount: minor, currency },
      step,
      link,
    })
  })
}

/**
 * What the payee says. The first answer counts; after a refusal, while somebody mediates, consent still does.
 * @returns false when there is no such case
 * @throws HelpOver
 */
export async function recordPayeeAnswer(db: Database, caseId: string, given: PayeeAnswer): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const taken = await takeAnswer(tx, caseId, given)
    if (taken === false) throw new HelpOver('The payee has answered, or it is too late for an answer.')
    return taken !== undefined
  })
}

/** @returns undefined when there is no such case, false when it comes too late */
export async function takeAnswer(tx: Sql, caseId: string, given: PayeeAnswer): Promise<boolean | undefined> {
  const help = await lockHelp(tx, caseId)
  if (!help) return undefined
  if (!mayAnswer(help, given.answer)) return false
  const { answer, amount = null, instalments = null, reason = null, by } = given
  await tx.$executeRaw`
    UPDATE transfer_help SET answer = ${answer}, answer_amount = ${amount}, answer_instalments = ${instalments}, answer_reason = ${sealed(reason)},
      answered_by = ${by}, answered_at = now() WHERE case_id = ${caseId}`
  const terms = { ...(amount === null ? {} : { amount }), ...(instalments === null ? {} : { instalments }) }
  await appendEvents(tx, caseId, [{ type: 'transfer_help_payee_answered', actor: by, data: { transferId: help.transferId, answer, ...terms } }])
  return true
}

/** Whether this answer would count now. */
export function mayAnswer({ status, answer, mediation }: Pick<LockedHelp, 'status' | 'answer' | 'mediation'>, given: PayeeAnswer['answer']): boolean {
  if (status === 'received' || status === 'contacting') return answer === null
  return status === 'mediation' && mediation === null && given === 'return'
}

/** The payee's last word. */
export async function answerOf(tx: Sql, caseId: string): Promise<PayeeAnswer | undefined> {
  const [row] = await tx.$queryRaw<{ answer: PayeeAnswer['answer']; amount: number | null; instalments: number | null; by: string }[]>`
    SELECT answer, answer_amount::float8 AS amount, answer_instalments AS instalments, answered_by AS by
    FROM transfer_help WHERE case_id = ${caseId} AND answer IS NOT NULL`
  if (!row) return undefined
  const { answer, amount, instalments, by } = row
  return { answer, by, ...(amount === null ? {} : { amount }), ...(instalments === null ? {} : { instalments }) }
}

/** What was agreed to is written down; a repetition changes nothing. */
export async function planInstalments(db: Database, caseId: string, round: number, parts: Instalment[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    let written = 0
    for (const { number, dueAt, amount } of parts)
      written += await tx.$executeRaw`
        INSERT INTO help_instalment (case_id, round, number, due_at, amount) VALUES (${caseId}, ${round}, ${number}, ${new Date(dueAt)}, ${amount}) ON CONFLICT DO NOTHING`
    if (written > 0) await appendEvents(tx, caseId, [{ type: 'transfer_help_planned', actor: 'system:transfer-help', data: { round, parts: parts.length } }])
  })
}

export async function markInstalment(db: Database, caseId: string, part: { round: number; number: number; state: InstalmentState }): Promise<void> {
  const { round, number, state } = part
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const changed = await tx.$executeRaw`
      UPDATE help_instalment SET state = ${state} WHERE case_id = ${caseId} AND round = ${round} AND number = ${number} AND state <> ${state}`
    if (changed > 0) await appendEvents(tx, caseId, [{ type: 'transfer_help_instalment', actor: 'system:transfer-help', data: { round, number, state } }])
  })
}

/** Somebody works on it, and sees it unmasked. @returns false when there is no such case @throws HelpOver */
export async function takeUpHelp(db: Database, caseId: string, person: { id: string; actor: string }): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const help = await lockHelp(tx, caseId)
    if (!help) return false
    if (help.status === 'closed') throw new HelpOver('This case is closed.')
    if (help.handlerId === person.id) return true
    await tx.$executeRaw`UPDATE transfer_help SET handler_id = ${person.id} WHERE case_id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'transfer_help_taken_up', actor: person.actor, data: { transferId: help.transferId } }])
    return true
  })
}

export async function closeHelp(db: Database, caseId: string, outcome: HelpOutcome): Promise<void> {
  await inTransaction(db, async (tx) => {
    const help = await lockHelp(tx, caseId)
    if (!help || !(await moveFrom(tx, caseId, helpStatusesBefore('closed'), 'closed', 'system:transfer-help'))) return
    await tx.$executeRaw`UPDATE risk_case SET outcome = ${outcome}, closed_at = now(), needs_attention = NULL, waiting_since = NULL WHERE id = ${caseId}`
    await withdrawOffer(tx, caseId)
    await releaseAgent(tx, caseId)
    await appendEvents(tx, caseId, [{ type: 'case_closed', actor: 'system:transfer-help', data: { outcome } }])
    const money = await moneyOf(tx, caseId)
    await queueEvent(tx, caseId, 'risk-callback.help.closed', { transferId: help.transferId, outcome, ...money })
    await recordMessage(tx, { caseId, step: 'help_closed', paymentId: help.transferId })
  })
}

/** What the ledger has confirmed, in minor units of the transfer's currency. */
export async function moneyOf(tx: Sql, caseId: string): Promise<{ held: number; returned: number }> {
  const [sums] = await tx.$queryRaw<{ held: number; returned: number }[]>`
    SELECT coalesce(sum(CASE kind WHEN 'hold_payee' THEN amount ELSE -amount END), 0)::float8 AS held,
           coalesce(sum(amount) FILTER (WHERE kind = 'return'), 0)::float8 AS returned
    FROM money_action WHERE case_id = ${caseId} AND status = 'confirmed' AND kind IN ('hold_payee', 'return', 'release_payee')`
  return sums!
}
