import { z } from 'zod'
import { id, money, why, type Money } from './fields'
import { partialBodies, partialKinds } from './partial'

/** Operations that carry a whole payment from one state to the next; and the restriction of an account. */
export const wholeKinds = ['hold', 'release', 'freeze', 'refund', 'restriction'] as const
export type WholeKind = (typeof wholeKinds)[number]
export const kinds = [...wholeKinds, ...partialKinds] as const
export type Kind = (typeof kinds)[number]

export const bodies = {
  hold: z.strictObject({ paymentId: id, payerId: id, payeeId: id.optional(), amount: money, ...why }),
  release: z.strictObject({ paymentId: id, ...why }),
  freeze: z.strictObject({ paymentId: id, ...why }),
  refund: z.strictObject({ paymentId: id, ...why }),
  restriction: z.strictObject({ accountId: id, paymentId: id, ...why }),
  ...partialBodies,
} as const

export type Body<K extends Kind = Kind> = z.infer<(typeof bodies)[K]>

/** `none`: nothing was ever held. */
export type PaymentState = 'none' | 'held' | 'released' | 'frozen' | 'refunded'

/** What became of one request, as the payments core answers it. */
export interface LedgerAnswer {
  key: string
  kind: Kind
  paymentId: string
  status: 'confirmed' | 'pending' | 'refused'
  state: PaymentState | 'restricted'
  entryId: string | null
  at: string
  /** Of an operation with an amount of its own: how much it is, which may be less than was asked for. */
  amount?: Money
  reason?: string
}

/** What moves a payment. */
export type MovingKind = Exclude<WholeKind, 'restriction'>

const moves: Record<MovingKind, { from: PaymentState[]; to: PaymentState }> = {
  hold: { from: ['none'], to: 'held' },
  release: { from: ['held', 'frozen'], to: 'released' },
  freeze: { from: ['held'], to: 'frozen' },
  refund: { from: ['held', 'frozen'], to: 'refunded' },
}

/** Where the operation takes a payment, or why it may not. */
export function move(kind: MovingKind, state: PaymentState): { to: PaymentState } | { refusal: string } {
  const { from, to } = moves[kind]
  if (from.includes(state)) return { to }
  if (state === 'none') return { refusal: `There is no hold to ${kind}.` }
  return { refusal: `A payment that is ${state} cannot be ${kind === 'hold' ? 'held again' : to}.` }
}
