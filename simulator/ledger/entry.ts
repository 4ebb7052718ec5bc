import type { Money } from './fields'
import type { Kind, PaymentState } from './operation'

/** Signed minor units on one account; the lines of an entry add up to nothing. */
export interface Line {
  account: string
  amount: number
  currency: string
}

export interface Entry {
  entryId: string
  key: string
  kind: Kind
  paymentId: string
  caseId: string
  actor: string | null
  reason: string | null
  at: string
  lines: Line[]
}

export interface Payment {
  paymentId: string
  payerId: string
  payeeId: string | null
  amount: Money
  /** By the entries made so far. */
  state: PaymentState
  /** After those that are accepted and not yet confirmed. */
  expected: PaymentState
}

/** The account that has the payment's money in a state. */
export function holderOf(payment: Pick<Payment, 'payerId' | 'payeeId'>, state: PaymentState): string {
  switch (state) {
    case 'none':
    case 'refunded':
      return `payer:${payment.payerId}`
    case 'held':
      return 'holding'
    case 'frozen':
      return 'frozen'
    case 'released':
      return `payee:${payment.payeeId ?? 'unknown'}`
  }
}

/** The two lines that carry a payment's money from one state to the next. */
export function transfer(payment: Payment, to: PaymentState): Line[] {
  const { amount, currency } = payment.amount
  return [
    { account: holderOf(payment, payment.state), amount: -amount, currency },
    { account: holderOf(payment, to), amount, currency },
  ]
}
