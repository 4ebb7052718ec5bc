import { z } from 'zod'
import { moneyActionKinds } from './money'

/** Why a person must look at a case now. What they are to do is said in their own language. */
export const attentionSchema = z
  .discriminatedUnion('reason', [
    z.object({
      reason: z.literal('ledger_refused'),
      kind: z.enum(moneyActionKinds),
      paymentId: z.string(),
      said: z.string().nullable().meta({ description: 'why, in the ledger’s own words' }),
    }),
    z.object({ reason: z.literal('dispute_not_taken_up') }),
    z.object({ reason: z.enum(['payee_disagrees', 'payee_did_not_keep', 'payee_unreached']) }).meta({ description: 'somebody must mediate' }),
  ])
  .meta({ id: 'Attention' })
export type Attention = z.output<typeof attentionSchema>
