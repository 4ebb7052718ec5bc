import type { MoneyActionKind, DecidingAction, FundsState, UndecidedEnding } from '../domain/money'
import type { Verdict } from '../domain/policy'
import { transact, type Database, type Transaction } from './database'
import { queueEvent } from './outbox'
import { appendEvents, moveCase, type CaseEventInput } from './timeline'

/** What the payments core answered to one instruction. */
export interface LedgerAnswer {
  status: 'confirmed' | 'pending' | 'refused'
  entryId?: string
  reason?: string
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
}

const stateAfter: Record<DecidingAction | 'hold', FundsState> = { hold: 'held', release: 'released', freeze: 'frozen', refund: 'refunded' }

/** The decision behind an instruction: an agent's verdict, a payer's keypress, or a declared default. */
export type Decision =
  | { by: 'verdict'; actor: string; verdict: Verdict }
  | { by: 'default'; actor: string; ending: UndecidedEnding }

/** Writes a verdict or a default the first time, whatever the money does. */
async function recordDecision(tx: Transaction, caseId: string, paymentId: string, decision: Decision): Promise<void> {
  const first = await tx.flaggedPayment.updateMany({
    where: { id: paymentId, decision: 'undecided' },
    data: {
      decision: 'settling',
      ...(decision.by === 'verdict'
        ? {
            verdict: decision.verdict.verdict,
            scamType: decision.verdict.scamType ?? null,
            verdictNotes: decision.verdict.notes ?? null,
            verdictBy: decision.actor,
            verdictAt: new Date(),
          }
        : {}),
    },
  })
  if (first.count === 0) return
  if (decision.by === 'default') {
    await appendEvents(tx, caseId, [{ type: 'default_applied', actor: decision.actor, data: { paymentId, ending: decision.ending } }])
    return
  }
  const { verdict, scamType } = decision.verdict
  const data = { paymentId, verdict, ...(scamType ? { scamType } : {}) }
  await appendEvents(tx, caseId, [{ type: 'verdict_recorded', actor: decision.actor, data }])
  await queueEvent(tx, caseId, 'risk-callback.verdict.recorded', { ...data, by: decision.actor })
}

/** The core could not be asked, or its answer was lost: the instruction stands as requested and is asked again. */
export async function recordUnanswered(db: Database, instructions: Instruction[], decision: Decision | undefined, detail: string): Promise<void> {
  await transact(db, async (tx) => {
    for (const instruction of instructions) {
      await lockCase(tx, instruction.caseId)
      if (decision) await recordDecision(tx, instruction.caseId, instruction.paymentId, decision)
      const { key, caseId, paymentId, kind, reason, actor, requestedAt } = instruction
      const created = await tx.moneyAction.createMany({
        data: [{ key, caseId, paymentId, kind, reason, actor, detail, requestedAt: new Date(requestedAt) }],
        skipDuplicates: true,
      })
      if (created.count > 0) await appendEvents(tx, caseId, [{ type: 'money_requested', actor, data: { key, kind, paymentId } }])
      await moveToSettling(tx, caseId)
    }
  })
}

/** Records what the ledger answered. Only `confirmed` makes anything final; a repeat changes nothing. */
export async function recordAnswers(db: Database, answers: { instruction: Instruction; answer: LedgerAnswer }[], decision?: Decision): Promise<void> {
  await transact(db, async (tx) => {
    for (const { instruction, answer } of answers) {
      await lockCase(tx, instruction.caseId)
      if (decision) await recordDecision(tx, instruction.caseId, instruction.paymentId, decision)
      await recordAnswer(tx, instruction, answer)
    }
  })
}

async function recordAnswer(tx: Transaction, instruction: Instruction, answer: LedgerAnswer): Promise<void> {
  const { key, caseId, paymentId, kind, reason, actor, requestedAt } = instruction
  const before = await tx.moneyAction.findUnique({ where: { key } })
  if (before?.status === 'confirmed' || before?.status === answer.status) return
  const now = new Date()
  const row = {
    status: answer.status,
    confirmedAt: answer.status === 'confirmed' ? now : null,
    ledgerEntry: answer.entryId ?? null,
    detail: answer.reason ?? null,
  }
  await tx.moneyAction.upsert({
    where: { key },
    create: { key, caseId, paymentId, kind, reason, actor, requestedAt: new Date(requestedAt), ...row },
    update: row,
  })
  const events: CaseEventInput[] = []
  if (!before) events.push({ type: 'money_requested', actor, data: { key, kind, paymentId } })
  events.push({
    type: `money_${answer.status}`,
    actor: 'ledger',
    data: { key, kind, paymentId, ...(answer.entryId ? { entryId: answer.entryId } : {}), ...(answer.reason ? { reason: answer.reason } : {}) },
  })
  await appendEvents(tx, caseId, events)
  if (answer.status === 'pending') return
  await queueEvent(tx, caseId, `risk-callback.money.${answer.status}`, { paymentId, kind, ...(answer.reason ? { reason: answer.reason } : {}) })
  if (answer.status === 'confirmed' && kind !== 'restrict') {
    await tx.flaggedPayment.update({
      where: { id: paymentId },
      data: kind === 'hold' ? { fundsState: 'held' } : { fundsState: stateAfter[kind], decision: 'final' },
    })
  }
  if (answer.status === 'refused' && kind !== 'hold')
    await tx.riskCase.update({ where: { id: caseId }, data: { needsAttention: `the ledger refused to ${kind} ${paymentId}: ${answer.reason ?? 'no reason given'}` } })
}

/** A later, signed confirmation of an instruction that was pending. */
export async function recordConfirmation(db: Database, key: string, answer: LedgerAnswer): Promise<{ payerId: string } | undefined> {
  return transact(db, async (tx) => {
    const action = await tx.moneyAction.findUnique({ where: { key }, include: { case: { select: { payerId: true } } } })
    if (!action) return undefined
    await lockCase(tx, action.caseId)
    const { caseId, paymentId, reason, actor } = action
    const instruction = { key, caseId, paymentId, kind: action.kind as MoneyActionKind, reason, actor, requestedAt: action.requestedAt.getTime() }
    await recordAnswer(tx, instruction, answer)
    return { payerId: action.case.payerId }
  })
}

/** A verdict that waits until the payer has really been reached. */
export async function recordWaitingVerdict(db: Database, caseId: string, actor: string, verdict: Verdict): Promise<void> {
  await transact(db, (tx) =>
    appendEvents(tx, caseId, [{ type: 'verdict_waits', actor, data: { paymentId: verdict.paymentId, verdict: verdict.verdict } }]),
  )
}

async function lockCase(tx: Transaction, caseId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = ${caseId} FOR UPDATE`
}

/** All payments are decided while nobody is on the line: the case settles. */
async function moveToSettling(tx: Transaction, caseId: string): Promise<void> {
  const undecided = await tx.flaggedPayment.count({ where: { caseId, decision: 'undecided' } })
  const live = await tx.attempt.count({ where: { caseId, status: { in: ['queued', 'ringing', 'in_progress'] } } })
  if (undecided === 0 && live === 0) await moveCase(tx, caseId, 'settling', 'system:case')
}
