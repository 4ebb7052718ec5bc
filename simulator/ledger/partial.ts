import { z } from 'zod'
import type { Line } from './entry'
import { id, money, why } from './fields'

/** Operations that move an amount of their own, and leave the payment's own money where it is. */
export const partialKinds = ['compensation', 'advance', 'recovery'] as const
export type PartialKind = (typeof partialKinds)[number]

export const partialBodies = {
  compensation: z.strictObject({ paymentId: id, payerId: id, amount: money, ...why }),
  advance: z.strictObject({ paymentId: id, payerId: id, amount: money, ...why }),
  /** What the company gets back: from the payer whom it had paid, or from the payee who gives the money up. */
  recovery: z.strictObject({ paymentId: id, accountId: id, from: z.enum(['payer', 'payee']), amount: money, ...why }),
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

const rules: { [K in PartialKind]: Rule<K> } = {
  compensation: { from: () => company, to: ({ payerId }) => `payer:${payerId}` },
  advance: { from: () => company, to: ({ payerId }) => `payer:${payerId}` },
  recovery: {
    from: ({ from, accountId }) => `${from}:${accountId}`,
    to: () => company,
    refusal({ amount }, before) {
      const paid = before.filter((one) => one.amount.currency === amount.currency)
      const open = paid.reduce((sum, one) => sum + (one.kind === 'recovery' ? -one.amount.amount : one.amount.amount), 0)
      return amount.amount > open ? `The company has paid ${open} for this payment and cannot get back ${amount.amount}.` : undefined
    },
  },
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
