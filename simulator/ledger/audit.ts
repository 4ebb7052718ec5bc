import { holderOf } from './entry'
import type { Ledger } from './ledger'
import { isPartial } from './partial'

export interface Balance {
  /** Whether every entry adds up to nothing, every payment's money lies where its state says, and the company got back no more than it paid. */
  balanced: boolean
  /** Sums by currency; `sum` is 0 as long as no money was made or lost. */
  totals: Record<string, { sum: number; payers: number; payees: number; holding: number; frozen: number; company: number }>
}

/** Adds the whole ledger up again from its entries, trusting no running balance. */
export function auditLedger(ledger: Ledger): Balance {
  const totals: Balance['totals'] = {}
  const ofPayment = new Map<string, Map<string, number>>()
  const companyOn = new Map<string, number>()
  let balanced = true
  for (const entry of ledger.entries()) {
    let sum = 0
    const accounts = ofPayment.get(entry.paymentId) ?? ofPayment.set(entry.paymentId, new Map()).get(entry.paymentId)!
    for (const { account, amount, currency } of entry.lines) {
      sum += amount
      if (!isPartial(entry.kind)) accounts.set(account, (accounts.get(account) ?? 0) + amount)
      if (account === 'company') companyOn.set(entry.paymentId, (companyOn.get(entry.paymentId) ?? 0) + amount)
      const total = (totals[currency] ??= { sum: 0, payers: 0, payees: 0, holding: 0, frozen: 0, company: 0 })
      total.sum += amount
      total[groupOf(account)] += amount
    }
    if (sum !== 0 || new Set(entry.lines.map((l) => l.currency)).size > 1) balanced = false
  }
  for (const [paymentId, accounts] of ofPayment) {
    const payment = ledger.payment(paymentId)
    if (!payment || payment.state === 'none') continue
    const should = new Map([[holderOf(payment, 'none'), -payment.amount.amount]])
    const holder = holderOf(payment, payment.state)
    should.set(holder, (should.get(holder) ?? 0) + payment.amount.amount)
    for (const account of new Set([...accounts.keys(), ...should.keys()])) if ((accounts.get(account) ?? 0) !== (should.get(account) ?? 0)) balanced = false
  }
  if ([...companyOn.values()].some((sum) => sum > 0)) balanced = false
  return { balanced, totals }
}

function groupOf(account: string): 'payers' | 'payees' | 'holding' | 'frozen' | 'company' {
  if (account === 'holding' || account === 'frozen' || account === 'company') return account
  return account.startsWith('payer:') ? 'payers' : 'payees'
}
