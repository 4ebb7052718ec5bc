import { z } from 'zod'
import type { Line } from './entry'
import { id, money, why } from './fields'

/** Operations that move an amount of their own, and leave the payment's own money where it is. */
export const partialKinds = ['compensation', 'advance', 'recovery', 'payeeHold', 'payeeReturn', 'payeeRelease', 'transfer'] as const
export type PartialKind = (typeof partialKinds)[number]

const account = z.string().regex(/^(payer|payee):.{1,200}$/, 'expected an account such as payee:chen-3')

export const partialBodies = {
  compensation: z.strictObject({ paymentId: id, payerId: id, amount: money, ...why }),
  advance: z.strictObject({ paymentId: id, payerId: id, amount: money, ...why }),
  /** What the company gets back: from the payer whom it had paid, or from the payee who gives the money up. */
  recovery: z.strictObject({ paymentId: id, accountId: id, from: z.enum(['payer', 'payee']), amount: money, ...why }),
  /** As much of the amount as the payee still has. */
  payeeHold: z.strictObject({ paymentId: id, payeeId: id, amount: money, ...why }),
  /** From what is held at the payee: to the payer, or back to the payee. */
  payeeReturn: z.strictObject({ paymentId: id, payeeId: id, payerId: id, amount: money, ...why }),
  payeeRelease: z.strictObject({ paymentId: id, payeeId: id, amount: money, ...why }),
  /** Money that people move among themselves, such as `payer:li-1001` to `payee:chen-3`; the product cannot ask for it. */
  transfer: z.strictObject({ paymentId: id, from: account, to: account, amount: money, ...why }),
} as const
export type PartialBody<K extends PartialKind = PartialKind> = z.infer<(typeof partialBodies)[K]>

/** One that was accepted for the same payment before, whether its entry is made or still pending. */
export interface Accepted {
  kind: PartialKind
  amount: PartialBody['amount']
}

interface Rule<K extends PartialKind> {
  from(body: PartialBody<K>): string
  to(body: PartialBody<K>): string
  /** @returns why it may not be done */
  refusal?(body: PartialBody<K>, before: Accepted[]): string | undefined
}

const company = 'company'
const companyKinds: readonly PartialKind[] = ['compensation', 'advance', 'recovery']

const heldAt = (payeeId: string) => `payee-held:${payeeId}`

/** A hold lets go of no more than it holds. */
function moreThanHeld({ amount: { amount, currency } }: Pick<PartialBody, 'amount'>, before: Accepted[]): string | undefined {
  const sum = (kind: PartialKind) => before.reduce((all, one) => (one.kind === kind && one.amount.currency === currency ? all + one.amount.amount : all), 0)
  const held = sum('payeeHold') - sum('payeeReturn') - sum('payeeRelease')
  return amount > held ? `Only ${held} is held at the payee for this payment.` : undefined
}

const rules: { [K in PartialKind]: Rule<K> } = {
  compensation: { from: () => company, to: ({ payerId }) => `payer:${payerId}` },
  advance: { from: () => company, to: ({ payerId }) => `payer:${payerId}` },
  recovery: {
    from: ({ from, accountId }) => `${from}:${accountId}`,
    to: () => company,
    refusal({ amount }, before) {
      const paid = before.filter((one) => companyKinds.includes(one.kind) && one.amount.currency === amount.currency)
      const open = paid.reduce((sum, one) => sum + (one.kind === 'recovery' ? -one.amount.amount : one.amount.amount), 0)
      return amount.amount > open ? `The company has paid ${open} for this payment and cannot get back ${amount.amount}.` : undefined
    },
  },
  payeeHold: {
    from: ({ payeeId }) => `payee:${payeeId}`,
    to: ({ payeeId }) => heldAt(payeeId),
    refusal: ({ amount }) => (amount.amount <= 0 ? 'The payee has nothing of it left.' : undefined),
  },
  payeeReturn: { from: ({ payeeId }) => heldAt(payeeId), to: ({ payerId }) => `payer:${payerId}`, refusal: moreThanHeld },
  payeeRelease: { from: ({ payeeId }) => heldAt(payeeId), to: ({ payeeId }) => `payee:${payeeId}`, refusal: moreThanHeld },
  transfer: { from: ({ from }) => from, to: ({ to }) => to },
}

export function isPartial(kind: string): kind is PartialKind {
  return partialKinds.some((one) => one === kind)
}

export function refusalOf<K extends PartialKind>(kind: K, body: PartialBody<K>, before: Accepted[]): string | undefined {
  return rules[kind].refusal?.(body, before)
}

/** The two lines of its entry. */
export function partialLines<K extends PartialKind>(kind: K, body: PartialBody<K>): Line[] {
  const { amount, currency } = body.amount
  return [
    { account: rules[kind].from(body), amount: -amount, currency },
    { account: rules[kind].to(body), amount, currency },
  ]
}
