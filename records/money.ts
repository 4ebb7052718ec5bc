import { sealed } from '../configuration/vault'
import type { MoneyActionKind, FundsState, Money, UndecidedEnding } from '../domain/money'
import type { CaseAddress } from '../domain/messages'
import type { Verdict } from '../domain/verdict'
import { askForAttention } from './attention'
import { openClaim } from './claims'
import { inTransaction, type Database, type Sql } from './database'
import { queueEvent } from './outbox'
import { appendEvents, lockCase, moveCase, type CaseEventInput } from './timeline'

/** What the payments core answered to one instruction. */
export interface LedgerAnswer {
  status: 'confirmed' | 'pending' | 'refused'
  entryId?: string
  reason?: string
  /** How much it is, where the ledger may do less than it was asked for. */
  amount?: Money | undefined
}

export interface Instruction {
  key: string
  caseId: string
  paymentId: string
  kind: MoneyActionKind
  reason: string
  actor: string
  /** Epoch milliseconds of the first question to the core. */
  requestedAt: number
  /** Of an instruction that names an amount; without one it is the whole payment. */
  amount?: Money | undefined
  /** The workflow that waits for the ledger's confirmation; without one it is the case's own. */
  workflowId?: string | undefined
}

const stateAfter: Partial<Record<MoneyActionKind, FundsState>> = { hold: 'held', release: 'released', freeze: 'frozen', refund: 'refunded' }

/** The decision behind an instruction: an agent's verdict, a payer's keypress, or a declared default. */
export type Decision =
  | { by: 'verdict'; actor: string; verdict: Verdict }
  | { by: 'default'; actor: string; ending: UndecidedEnding }
  /** The release that a verdict asked for was not agreed to. */
  | { by: 'refusal'; actor: string; ending: 'release_refused' }

/** Writes a verdict or a default the first time, whatever the money does. @returns what is to be appended to the timeline */
export async function recordDecision(tx: Sql, caseId: string, paymentId: string, decision: Decision): Promise<CaseEventInput[]> {
  const given = decision.by === 'verdict' ? decision.verdict : undefined
  const first = await tx.$executeRaw`
    UPDATE flagged_payment SET decision = 'settling', verdict = ${given?.verdict ?? null}, scam_type = ${given?.scamType ?? null},
      verdict_notes = ${sealed(given?.notes)}, verdict_by = ${given ? decision.actor : null}, verdict_at = ${given ? new Date() : null}
    WHERE id = ${paymentId} AND decision = 'undecided'`
  if (first === 0) return []
  if (decision.by !== 'verdict') return [{ type: 'default_applied', actor: decision.actor, data: { paymentId, ending: decision.ending } }]
  const { verdict, scamType } = decision.verdict
  const data = { paymentId, verdict, ...(scamType ? { scamType } : {}) }
  await queueEvent(tx, caseId, 'risk-callback.verdict.recorded', { ...data, by: decision.actor })
  const claim = verdict === 'not_owner' ? await openClaim(tx, caseId, paymentId, decision.actor) : []
  return [{ type: 'verdict_recorded', actor: decision.actor, data }, ...claim]
}

/** The core could not be asked, or its answer was lost: the instruction stands as requested and is asked again. */
export async function recordUnanswered(db: Database, instructions: Instruction[], decision: Decision | undefined, detail: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const { key, caseId, paymentId, kind, reason, actor, requestedAt, amount, workflowId } of instructions) {
      await lockCase(tx, caseId)
      const events = decision ? await recordDecision(tx, caseId, paymentId, decision) : []
      const created = await tx.$executeRaw`
        INSERT INTO money_action (key, case_id, payment_id, kind, reason, actor, requested_at, detail, amount, currency, workflow_id)
        VALUES (${key}, ${caseId}, ${paymentId}, ${kind}, ${reason}, ${actor}, ${new Date(requestedAt)}, ${detail},
                ${amount?.amount ?? null}, ${amount?.currency ?? null}, ${workflowId ?? null})
        ON CONFLICT DO NOTHING`
      if (created > 0) events.push({ type: 'money_requested', actor, data: { key, kind, paymentId } })
      await appendEvents(tx, caseId, events)
      if (decision) await moveToSettling(tx, caseId)
    }
  })
}

/** Records what the ledger answered. Only `confirmed` makes anything final; a repeat changes nothing. */
export async function recordAnswers(db: Database, answers: { instruction: Instruction; answer: LedgerAnswer }[], decision?: Decision): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const { instruction, answer } of answers) {
      const { caseId, paymentId } = instruction
      const [, decided] = await Promise.all([lockCase(tx, caseId), decision ? recordDecision(tx, caseId, paymentId, decision) : []])
      await recordAnswer(tx, instruction, answer, decided)
    }
  })
}

/** @param before what comes before it in the timeline */
async function recordAnswer(tx: Sql, instruction: Instruction, answer: LedgerAnswer, before: CaseEventInput[] = []): Promise<void> {
  const { key, caseId, paymentId, kind, actor } = instruction
  const first = await writeAction(tx, instruction, answer)
  if (first === undefined) return appendEvents(tx, caseId, before)
  const events: CaseEventInput[] = first ? [{ type: 'money_requested', actor, data: { key, kind, paymentId } }] : []
  const said = { ...(answer.entryId ? { entryId: answer.entryId } : {}), ...(answer.reason ? { reason: answer.reason } : {}) }
  events.push({ type: `money_${answer.status}`, actor: 'ledger', data: { key, kind, paymentId, ...said } })
  const { status, reason } = answer
  await Promise.all([
    status === 'pending' ? undefined : queueEvent(tx, caseId, `risk-callback.money.${status}`, { paymentId, kind, ...(reason ? { reason } : {}) }),
    writeEffect(tx, instruction, answer),
    appendEvents(tx, caseId, [...before, ...events]),
  ])
}

/** What the ledger's answer means for the payment and its case. */
async function writeEffect(tx: Sql, { caseId, paymentId, kind }: Instruction, { status, reason }: LedgerAnswer): Promise<void> {
  if (status === 'confirmed' && kind === 'hold') await tx.$executeRaw`UPDATE flagged_payment SET funds_state = 'held' WHERE id = ${paymentId}`
  else if (status === 'confirmed' && stateAfter[kind])
    await tx.$executeRaw`UPDATE flagged_payment SET funds_state = ${stateAfter[kind]}, decision = 'final' WHERE id = ${paymentId}`
  else if (status === 'refused' && kind !== 'hold' && kind !== 'hold_payee')
    await askForAttention(tx, caseId, { reason: 'ledger_refused', kind, paymentId, said: reason ?? null })
}

/** @returns whether it is the first that is heard of this instruction; undefined when the answer is a repeat */
async function writeAction(tx: Sql, instruction: Instruction, answer: LedgerAnswer): Promise<boolean | undefined> {
  const { key, caseId, paymentId, kind, reason, actor, requestedAt, workflowId } = instruction
  const amount = answer.amount ?? instruction.amount
  const [written] = await tx.$queryRaw<{ first: boolean }[]>`
    INSERT INTO money_action (key, case_id, payment_id, kind, reason, actor, requested_at, status, confirmed_at, ledger_entry, detail, amount, currency, workflow_id)
    VALUES (${key}, ${caseId}, ${paymentId}, ${kind}, ${reason}, ${actor}, ${new Date(requestedAt)}, ${answer.status},
            ${answer.status === 'confirmed' ? new Date() : null}, ${answer.entryId ?? null}, ${answer.reason ?? null},
            ${amount?.amount ?? null}, ${amount?.currency ?? null}, ${workflowId ?? null})
    ON CONFLICT (key) DO UPDATE SET status = excluded.status, confirmed_at = excluded.confirmed_at,
      ledger_entry = excluded.ledger_entry, detail = excluded.detail, amount = coalesce(${answer.amount?.amount ?? null}, money_action.amount)
    WHERE money_action.status NOT IN ('confirmed', excluded.status)
    RETURNING xmax = 0 AS first`
  return written?.first
}

/** A later, signed confirmation of an instruction that was pending. */
export async function recordConfirmation(db: Database, key: string, answer: LedgerAnswer): Promise<CaseAddress | undefined> {
  return inTransaction(db, async (tx) => {
    const [action] = await tx.$queryRaw<(Omit<Instruction, 'requestedAt'> & { requestedAt: Date; payerId: string; caseWorkflow: string | null })[]>`
      SELECT m.key, m.case_id AS "caseId", m.payment_id AS "paymentId", m.kind, m.reason, m.actor, m.requested_at AS "requestedAt", m.workflow_id AS "workflowId",
             c.payer_id AS "payerId", c.workflow_id AS "caseWorkflow"
      FROM money_action m JOIN risk_case c ON c.id = m.case_id WHERE m.key = ${key}`
    if (!action) return undefined
    const { payerId, caseWorkflow, requestedAt, ...instruction } = action
    await lockCase(tx, action.caseId)
    await recordAnswer(tx, { ...instruction, requestedAt: requestedAt.getTime() }, answer)
    return { payerId, workflowId: action.workflowId ?? caseWorkflow }
  })
}

/** A verdict that waits until the payer has really been reached. */
export async function recordWaitingVerdict(db: Database, caseId: string, actor: string, verdict: Verdict): Promise<void> {
  await inTransaction(db, (tx) =>
    appendEvents(tx, caseId, [{ type: 'verdict_waits', actor, data: { paymentId: verdict.paymentId, verdict: verdict.verdict } }]),
  )
}

/** All payments are decided while nobody is on the line: the case settles. */
export async function moveToSettling(tx: Sql, caseId: string): Promise<void> {
  const unsettled = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM flagged_payment WHERE case_id = ${caseId} AND decision = 'undecided'
    UNION ALL SELECT 1 FROM risk_case WHERE id = ${caseId} AND kind <> 'callback'
    UNION ALL SELECT 1 FROM attempt WHERE case_id = ${caseId} AND status IN ('queued', 'ringing', 'in_progress') LIMIT 1`
  if (unsettled.length === 0) await moveCase(tx, caseId, 'settling', 'system:case')
}
