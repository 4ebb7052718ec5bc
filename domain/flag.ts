import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import { freeText, identifier, oneLine } from './text'

const currencies = new Set(Intl.supportedValuesOf('currency'))
/** A name as people write it: any script, no control characters. Shown as text, never as markup. */
export const personName = oneLine(200)

export const phoneNumber = z
  .string()
  .max(32)
  .refine((value) => parsePhoneNumberFromString(value)?.isValid() && parsePhoneNumberFromString(value)?.number === value, {
    error: 'expected an E.164 phone number that can exist, such as +8613800000001',
  })
  .meta({ example: '+8613800000001' })

/** Money in minor units. Zero and negative amounts are no payments. */
export const moneySchema = z.strictObject({
  amount: z.int().positive().max(1_000_000_000_000_000).meta({ description: 'minor units: 758700 is 7,587.00 yuan' }),
  currency: z.string().refine((code) => currencies.has(code), { error: 'expected an ISO 4217 currency code, such as CNY' }),
})


/** Objects that hold each other thousands deep would exhaust the stack of whoever reads them. */
const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' || value === null || (levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)))

const freeObject = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => isShallow(value, 20), { error: 'expected at most 20 levels', abort: true })
  .refine((value) => JSON.stringify(value).length <= 8_000, { error: 'expected at most 8,000 characters of JSON' })
  // JSON.stringify escapes just what PostgreSQL cannot hold.
  .refine((value) => !/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i.test(JSON.stringify(value)), { error: 'expected text without NUL and without broken characters' })

const longAgo = Date.UTC(2000, 0)
/** Clocks differ a little; a payment cannot lie further ahead than this. */
const clockSkewMillis = 5 * 60_000

/** An RFC 3339 time since 2000, in UTC with milliseconds. */
export const pastTime = z.iso
  .datetime({ offset: true, error: 'expected an RFC 3339 time, such as 2012-05-25T01:08:00Z' })
  .transform((time) => new Date(time).toISOString())
  .refine((time) => Date.parse(time) >= longAgo && Date.parse(time) <= Date.now() + clockSkewMillis, { error: 'expected a time since 2000 that is not in the future' })

export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, 'expected a BCP 47 language tag, such as zh-CN')
  .meta({ example: 'zh-CN' })

/** The body of `POST /v1/flagged-payments`, of the signal and of the update `flagPayment`. */
export const flaggedPaymentSchema = z
  .strictObject({
    paymentId: identifier,
    paidAt: pastTime,
    amount: moneySchema,
    method: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected lower-case letters, digits and _, such as quick_payment'),
    payer: z.strictObject({
      id: identifier,
      name: personName,
      phones: z
        .array(phoneNumber)
        .min(1)
        .max(5)
        .refine((phones) => new Set(phones).size === phones.length, { error: 'expected no number twice' }),
      locale: languageTag.default('zh-CN'),
      security: z
        .strictObject({
          digitalCertificate: z.boolean().optional(),
          realNameVerified: z.boolean().optional(),
          phoneBound: z.boolean().optional(),
        })
        .default({}),
    }),
    payee: z.strictObject({ id: identifier, name: personName }),
    risk: z.strictObject({
      score: z.int().min(0).max(100),
      rules: z
        .array(z.strictObject({ id: freeText(100).min(1), reason: freeText(500).min(1) }))
        .max(50)
        .default([]),
      device: freeObject.default({}),
      place: freeObject.default({}),
      payload: freeObject.default({}),
    }),
  })
  .meta({ id: 'FlaggedPayment', description: 'A payment that the risk engine wants the payer to be called about' })

export type FlaggedPayment = z.output<typeof flaggedPaymentSchema>
export type FlaggedPaymentInput = z.input<typeof flaggedPaymentSchema>

/** One sentence per fault, each naming the field and what was expected. */
export interface FieldError {
  field: string
  message: string
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'is not a known field' }))
    return [{ field: issue.path.join('.') || '(body)', message: issue.message }]
  })
}
