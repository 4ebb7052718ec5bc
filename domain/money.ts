/** An amount in the currency's minor units: 758700 CNY is 7,587.00 yuan. */
export interface Money {
  amount: number
  currency: string
}

/** What the agent found out about one payment. */
export const verdictKinds = ['owner_confirmed', 'not_owner', 'scam', 'unsure'] as const
export type VerdictKind = (typeof verdictKinds)[number]

export const scamTypes = [
  'romance',
  'impersonated_friend',
  'police_or_customer_service',
  'fake_refund',
  'investment',
  'part_time_job',
  'purchase',
  'rental',
  'loan_fee',
  'training',
  'other',
] as const
export type ScamType = (typeof scamTypes)[number]

/** How a case may end without a verdict; each has a declared default in the policy. */
export const undecidedEndings = ['unreachable', 'denied_by_keypress', 'no_verdict', 'hold_expired'] as const
export type UndecidedEnding = (typeof undecidedEndings)[number]

/**
 * Instructions that the payments core understands. `restrict` acts on the account; `compensate`, `advance` and
 * `recover` move an amount between the company and a person; `hold_payee` holds what a payee still has of an amount, and
 * `return` and `release_payee` let it go, to the payer or back; the others act on the payment.
 */
export const moneyActionKinds = [
  'hold', 'release', 'freeze', 'refund', 'restrict', 'compensate', 'advance', 'recover', 'hold_payee', 'return', 'release_payee',
] as const
export type MoneyActionKind = (typeof moneyActionKinds)[number]

/** An action that decides a payment for good. */
export type DecidingAction = 'release' | 'freeze' | 'refund'

/** What the ledger last confirmed about a payment's funds. */
export type FundsState = 'none' | 'held' | 'released' | 'frozen' | 'refunded'

/**
 * The key that makes an instruction idempotent at the payments core: a payment is held once and
 * decided by one action of a kind, so payment and kind say it all, and a retry can do no harm.
 */
export function moneyActionKey(kind: MoneyActionKind, paymentId: string): string {
  return `${kind}:${paymentId}`
}
