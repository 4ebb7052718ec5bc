import { z } from 'zod'

/** Whom an agent may add to a talk by telephone, and how. */
export const thirdPartyPolicySchema = z.strictObject({
  /** Whether agents may enter a number themselves; otherwise they pick one of the directory. */
  typedNumbers: z.boolean().default(true),
  /** Where a number that was entered may be, as ISO 3166 codes; empty: where the phone is that talks with us. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166 country code, such as CN')).max(100).default([]),
  /** How long the phone rings. */
  ringSeconds: z.number().positive().max(600).default(30),
  /** Whether the agent may leave the payer and the third party to themselves, once everything is decided. */
  leaveTogether: z.boolean().default(false),
})
export type ThirdPartyPolicy = z.output<typeof thirdPartyPolicySchema>
