import { z } from 'zod'
import { flaggedPaymentSchema, moneySchema } from '../flag'

const { paymentId, method, payer, payee, risk } = flaggedPaymentSchema.shape
const zones = new Set(Intl.supportedValuesOf('timeZone'))

/** The body of `POST /v1/payer/payments`: a payment that is about to be made, in the words of a flagged one. */
export const paymentCheckSchema = z
  .strictObject({
    paymentId,
    amount: moneySchema,
    method,
    payer: payer.extend({
      timeZone: z
        .string()
        .refine((zone) => zones.has(zone) || zone === 'UTC', { error: 'expected an IANA time zone, such as Asia/Shanghai' })
        .default('Asia/Shanghai'),
    }),
    payee: payee.extend({ known: z.boolean().optional().meta({ description: 'whether the payer has paid this payee before; absent: as far as we know' }) }),
    risk: risk.optional().meta({ description: 'absent: scored by our own rules' }),
  })
  .meta({ id: 'PaymentCheck', description: 'A payment that the payment app asks about before it makes it' })

export type PaymentCheckBody = z.output<typeof paymentCheckSchema>
