import { z } from 'zod'
import { flaggedPaymentSchema } from '../flag'
import { freeText } from '../text'
import { disputeReasons } from './dispute'

const { paymentId, paidAt, amount, method, payer, payee, risk } = flaggedPaymentSchema.shape

/** What is said of a payment that nobody flagged. */
const disputedPaymentSchema = z.strictObject({ paidAt, amount, method, payee, place: risk.shape.place, device: risk.shape.device })

/** The body of `POST /v1/payer/disputes` and `POST /v1/disputes`. */
export const disputeRequestSchema = z
  .strictObject({
    paymentId,
    reason: z.enum(disputeReasons),
    statement: freeText(4_000).optional().meta({ description: 'in the payer’s own words' }),
    payment: disputedPaymentSchema.optional().meta({ description: 'needed when nobody flagged the payment' }),
    payer: payer.optional().meta({ description: 'needed when nobody flagged the payment' }),
  })
  .meta({ id: 'DisputeRequest' })
export type DisputeRequest = z.output<typeof disputeRequestSchema>
