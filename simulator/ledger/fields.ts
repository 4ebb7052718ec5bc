import { z } from 'zod'

export const id = z.string().min(1).max(200)

/** What every instruction says about itself. */
export const why = { caseId: id, reason: z.string().max(1_000).optional(), actor: z.string().max(200).optional() }

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
