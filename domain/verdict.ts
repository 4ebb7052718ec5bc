import { z } from 'zod'
import { scamTypes, verdictKinds } from './money'
import { freeText, identifier } from './text'

/** Shape of one verdict as an agent records it. A scam says which kind. */
export const verdictSchema = z
  .strictObject({
    paymentId: identifier,
    verdict: z.enum(verdictKinds),
    scamType: z.enum(scamTypes).optional(),
    notes: freeText(4_000).optional(),
  })
  .refine((v) => v.scamType === undefined || v.verdict === 'scam', { path: ['scamType'], error: 'goes only with the verdict scam' })
  .meta({ id: 'Verdict' })
export type Verdict = z.output<typeof verdictSchema>

export const verdictsSchema = z
  .strictObject({ verdicts: z.array(verdictSchema).min(1).max(50) })
  .refine(({ verdicts }) => new Set(verdicts.map((v) => v.paymentId)).size === verdicts.length, {
    path: ['verdicts'],
    error: 'expected each payment once',
  })
