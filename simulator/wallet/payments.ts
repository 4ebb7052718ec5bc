import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Ledger } from '../ledger/ledger'
import type { PaymentState } from '../ledger/operation'
import { Problem } from '../problem'
import type { Store } from '../store'
import type { Checks, CheckSeen, ChatSeen } from './checks'
import type { Person } from './people'

export const orderSchema = z.strictObject({
  /** A transfer goes to a person and is there at once; what a merchant gets is settled at night. */
  kind: z.enum(['purchase', 'transfer', 'face_payment']),
  payee: z.strictObject({ id: z.string().min(1).max(128), name: z.string().trim().min(1).max(200) }),
  /** Fen. */
  amount: z.int().positive().max(1_000_000_000_000),
  /** Where a payment by face was made. */
  city: z.string().trim().min(1).max(100).optional(),
})
export type Order = z.output<typeof orderSchema>

export interface WalletPayment extends Order {
  paymentId: string
  payerId: string
  at: string
  /** `asking`: the product has not said yet; `paid`: it is carried out; `paused`, `cancelled`, `refused`: it is not. */
  state: 'asking' | 'paid' | 'paused' | 'cancelled' | 'refused'
}

/** As a person's list shows it: what the ledger says goes before what the app believes. */
export interface PaymentShown extends Omit<WalletPayment, 'state'> {
  state: WalletPayment['state'] | Exclude<PaymentState, 'none'>
  check: (CheckSeen & { messages: ChatSeen[] }) | null
}

export interface WalletPayments {
  /** Asks the product, and carries the payment out only when it says so. */
  pay(person: Person, order: Order): Promise<WalletPayment>
  get(paymentId: string): WalletPayment | undefined
  /** Those that a person made, newest first. */
  of(payerId: string): PaymentShown[]
  /** Fen that the person can spend. */
  balance(person: Person): number
}

const currency = 'CNY'

/** The app's own book of payments, beside the ledger of the payments core. */
export function createWalletPayments({ store, ledger, checks }: { store: Store; ledger: Ledger; checks: Checks }): WalletPayments {
  const table = store.table<WalletPayment>('wallet.payments')

  function balance({ id, openingBalance }: Person): number {
    const inLedger = (ledger.balances(`payer:${id}`)[currency] ?? 0) + (ledger.balances(`payee:${id}`)[currency] ?? 0)
    let onTheWay = 0
    for (const payment of table.values())
      if (payment.payerId === id && payment.state === 'paid' && !ledger.payment(payment.paymentId)) onTheWay += payment.amount
    return openingBalance + inLedger - onTheWay
  }

  /** Money that goes from person to person is there at once. */
  function moveAtOnce({ paymentId, payerId, payee, amount }: WalletPayment): void {
    const why = { caseId: 'wallet', reason: 'transfer', actor: 'wallet' }
    ledger.apply('hold', `wallet-hold:${paymentId}`, { paymentId, payerId, payeeId: payee.id, amount: { amount, currency }, ...why })
    ledger.apply('release', `wallet-release:${paymentId}`, { paymentId, ...why })
  }

  /** A paused payment is what the product says; any other is where the ledger has its money. */
  function stateOf({ paymentId, state }: WalletPayment, check: CheckSeen | null): PaymentShown['state'] {
    if (state === 'paused' && check && check.phase !== 'final') return 'paused'
    const inLedger = ledger.payment(paymentId)?.state ?? 'none'
    if (inLedger !== 'none') return inLedger
    return state === 'paused' && check && check.decision !== 'pay' ? check.decision : state
  }

  return {
    async pay(person, order) {
      if (balance(person) < order.amount) throw new Problem(409, 'Conflict', 'There is not enough money in the wallet.')
      const paymentId = `wallet-${randomUUID()}`
      const payment: WalletPayment = { ...order, paymentId, payerId: person.id, at: new Date().toISOString(), state: 'asking' }
      table.put(paymentId, payment)
      // Without an answer nothing is paid: the payment stays as it is and is never carried out.
      const { decision } = await checks.ask(person, payment)
      const decided = table.put(paymentId, { ...payment, state: decision === 'pay' ? 'paid' : decision })
      if (decision === 'pay' && order.kind === 'transfer') moveAtOnce(decided)
      return decided
    },
    get: (paymentId) => table.get(paymentId),
    of: (payerId) =>
      [...table.values()]
        .filter((payment) => payment.payerId === payerId)
        .map((payment) => {
          const check = checks.seen(payment.paymentId) ?? null
          return { ...payment, state: stateOf(payment, check), check }
        })
        .toReversed(),
    balance,
  }
}
