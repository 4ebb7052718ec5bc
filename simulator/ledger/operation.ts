import { z } from 'zod'

export const kinds = ['hold', 'release', 'freeze', 'refund', 'restriction'] as const
export type Kind = (typeof kinds)[number]

const id = z.string().min(1).max(200)
const why = { caseId: id, reason: z.string().max(1_000).optional(), actor: z.string().max(200).optional() }

export const money = z.strictObject({
  /** Minor units: 758700 is 7,587.00 yuan. */
  amount: z
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER / 1_000),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
})
export type Money = z.infer<typeof money>

export const bodies = {
  hold: z.strictObject({ paymentId: id, payerId: id, payeeId: id.optional(), amount: money, ...why }),
  release: z.strictObject({ paymentId: id, ...why }),
  freeze: z.strictObject({ paymentId: id, ...why }),
  refund: z.strictObject({ paymentId: id, ...why }),
  restriction: z.strictObject({ accountId: id, paymentId: id, ...why }),
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
  reason?: string
}

const moves: Record<Exclude<Kind, 'restriction'>, { from: PaymentState[]; to: PaymentState }> = {
  hold: { from: ['none'], to: 'held' },
  release: { from: ['held', 'frozen'], to: 'released' },
  freeze: { from: ['held'], to: 'frozen' },
  refund: { from: ['held', 'frozen'], to: 'refunded' },
}

/** Where the operation takes a payment, or why it may not. */
export function move(kind: Exclude<Kind, 'restriction'>, state: PaymentState): { to: PaymentState } | { refusal: string } {
  const { from, to } = moves[kind]
  if (from.includes(state)) return { to }
  if (state === 'none') return { refusal: `There is no hold to ${kind}.` }
  return { refusal: `A payment that is ${state} cannot be ${kind === 'hold' ? 'held again' : to}.` }
}
