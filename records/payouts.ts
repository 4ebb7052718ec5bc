import type { MoneyOrder } from '../activities/funds'
import type { Money } from '../domain/money'
import { inTransaction, type Database, type Sql } from './database'
import { appendEvents, lockCase } from './timeline'

/** Who pays what for which payment, and which workflow waits for it. */
export interface PayoutRequest {
  caseId: string
  paymentId: string
  payerId: string
  amount: Money
  reason: string
  actor: string
  workflowId: string
}

/** How the payer gets, or got, their money. */
export type Redress = 'refunded' | 'compensated' | 'advance_final' | 'paid_before'

export type RedressPlan = { wait: true } | { wait: false; redress: Redress; orders: MoneyOrder[] }

interface PaymentMoney {
  /** What its callback's ledger last said, where somebody flagged it. */
  fundsState: string | null
  /** Its callback has not finished with it. */
  busy: boolean
  moves: { key: string; kind: string; status: string; workflowId: string | null }[]
}

/**
 * Plans how the payer gets the whole amount, once over disputes and claims: money that is still there goes back,
 * an advance becomes final, and only what is gone is paid by the company. What is planned is written before
 * anybody asks the ledger, under a lock on the payment; asked again, the same workflow gets the same plan.
 * @returns `wait` while a callback still works on the payment
 */
export async function planRedress(db: Database, request: PayoutRequest): Promise<RedressPlan> {
  return inTransaction(db, async (tx) => {
    const { fundsState, busy, moves } = await lockPayment(tx, request)
    const mine = (key: string) => moves.some((move) => move.key === key && move.workflowId === request.workflowId)
    const keys = keysOf(request.paymentId)
    const elsewhere = moves.some(
      ({ key, status, workflowId }) => (key === keys.refund || key === keys.compensate) && status !== 'refused' && workflowId !== request.workflowId,
    )
    if (elsewhere || (fundsState === 'refunded' && !mine(keys.refund)))
      return { wait: false, redress: 'paid_before', orders: await withAdvanceBack(tx, request, moves) }
    if (busy) return { wait: true }
    if (fundsState === 'frozen' || fundsState === 'held' || mine(keys.refund)) {
      const refund = order(request, keys.refund, 'refund')
      return { wait: false, redress: 'refunded', orders: [await intend(tx, refund), ...(await withAdvanceBack(tx, request, moves))] }
    }
    if (advanceOut(moves, request.paymentId)) return { wait: false, redress: 'advance_final', orders: [] }
    const compensate = { ...order(request, keys.compensate, 'compensate'), amount: request.amount, parties: { payerId: request.payerId } }
    return { wait: false, redress: 'compensated', orders: [await intend(tx, compensate)] }
  })
}

/** An advance on a payment, once for ever. @returns undefined when the payer has the money already */
export async function planAdvance(db: Database, request: PayoutRequest): Promise<MoneyOrder | undefined> {
  return inTransaction(db, async (tx) => {
    const { fundsState, moves } = await lockPayment(tx, request)
    const { refund, compensate, advance, recoverAdvance } = keysOf(request.paymentId)
    const paid = moves.some(({ key, status }) => (key === refund || key === compensate) && status !== 'refused')
    // Taken back already: a payment has one advance.
    if (paid || fundsState === 'refunded' || moves.some(({ key }) => key === recoverAdvance)) return undefined
    return intend(tx, { ...order(request, advance, 'advance'), amount: request.amount, parties: { payerId: request.payerId } })
  })
}

/** The advance comes back from the payer. @returns undefined when none was paid */
export async function planRecovery(db: Database, request: PayoutRequest): Promise<MoneyOrder | undefined> {
  return inTransaction(db, async (tx) => {
    const { moves } = await lockPayment(tx, request)
    const [back] = await withAdvanceBack(tx, request, moves)
    return back
  })
}

export function keysOf(paymentId: string) {
  return {
    refund: `refund:${paymentId}`,
    compensate: `compensate:${paymentId}`,
    advance: `advance:${paymentId}`,
    recoverAdvance: `recover:advance:${paymentId}`,
    recoverCompensation: `recover:compensate:${paymentId}`,
  }
}

function advanceOut(moves: PaymentMoney['moves'], paymentId: string): boolean {
  const { advance, recoverAdvance } = keysOf(paymentId)
  return (
    moves.some(({ key, status }) => key === advance && status === 'confirmed') &&
    !moves.some(({ key, status }) => key === recoverAdvance && status === 'confirmed')
  )
}

async function withAdvanceBack(tx: Sql, request: PayoutRequest, moves: PaymentMoney['moves']): Promise<MoneyOrder[]> {
  if (!advanceOut(moves, request.paymentId)) return []
  const back = order(request, keysOf(request.paymentId).recoverAdvance, 'recover')
  return [await intend(tx, { ...back, amount: request.amount, parties: { from: 'payer', accountId: request.payerId } })]
}

function order({ caseId, paymentId, reason, actor, workflowId }: PayoutRequest, key: string, kind: MoneyOrder['kind']): MoneyOrder {
  return { key, kind, caseId, paymentId, reason, actor, workflowId }
}

/** Whoever plans for the same payment at the same moment waits here, and then sees what was planned. */
async function lockPayment(tx: Sql, { caseId, paymentId }: PayoutRequest): Promise<PaymentMoney> {
  await lockCase(tx, caseId)
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`payout:${paymentId}`}, 0))`
  const [flagged] = await tx.$queryRaw<{ fundsState: string; busy: boolean }[]>`
    SELECT funds_state AS "fundsState", decision <> 'final' AS busy FROM flagged_payment WHERE id = ${paymentId}`
  const moves = await tx.$queryRaw<
    PaymentMoney['moves']
  >`SELECT key, kind, status, workflow_id AS "workflowId" FROM money_action WHERE payment_id = ${paymentId}`
  return { fundsState: flagged?.fundsState ?? null, busy: flagged?.busy ?? false, moves }
}

/** The instruction is on record before it is given. */
async function intend(tx: Sql, given: MoneyOrder): Promise<MoneyOrder> {
  const { key, caseId, paymentId, kind, reason, actor, amount, workflowId } = given
  const first = await tx.$executeRaw`
    INSERT INTO money_action (key, case_id, payment_id, kind, reason, actor, amount, currency, workflow_id)
    VALUES (${key}, ${caseId}, ${paymentId}, ${kind}, ${reason}, ${actor}, ${amount?.amount ?? null}, ${amount?.currency ?? null}, ${workflowId ?? null})
    ON CONFLICT DO NOTHING`
  if (first > 0) await appendEvents(tx, caseId, [{ type: 'money_requested', actor, data: { key, kind, paymentId } }])
  return given
}
