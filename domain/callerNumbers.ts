import { getCountry } from 'countries-and-timezones'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import { phoneNumber } from './flag'
import { freeText, identifier } from './text'

/** A number that our calls may show, and for whom. */
export const callerNumberSchema = z
  .strictObject({
    phone: phoneNumber,
    countries: z
      .array(z.string().refine((code) => /^[A-Z]{2}$/.test(code) && getCountry(code) !== null, { error: 'expected an ISO 3166 country code, such as CN' }))
      .max(50)
      .default([])
      .meta({ description: 'where the payer’s phone is; empty: anywhere' }),
    queues: z.array(identifier).max(50).default([]).meta({ description: 'empty: cases of any queue, or of none' }),
    active: z.boolean().meta({ description: 'false: paused, not shown by any new call' }),
    validated: z.boolean().meta({ description: 'the provider has confirmed that it is ours; only then is it used' }),
    attestation: freeText(300).trim().default('').meta({ description: 'how the network vouches for it, such as the level of STIR/SHAKEN' }),
  })
  .meta({ id: 'CallerNumber' })
export type CallerNumber = z.output<typeof callerNumberSchema>

export const callerNumbersSchema = z
  .strictObject({
    numbers: z
      .array(callerNumberSchema)
      .max(200)
      .superRefine((numbers, context) => {
        for (const [index, { phone }] of numbers.entries())
          if (numbers.findIndex((one) => one.phone === phone) !== index) context.addIssue({ code: 'custom', path: [index, 'phone'], message: 'expected each number once' })
      }),
  })
  .meta({ id: 'CallerNumbers' })
export type CallerNumbers = z.output<typeof callerNumbersSchema>

/** Where a phone is registered, as an ISO 3166 code; undefined when its number does not say. */
export function countryOf(phone: string): string | undefined {
  return parsePhoneNumberFromString(phone)?.country
}

/**
 * The number that a call to this phone shows: one of its country rather than one for anywhere, then one of the case's
 * queue; of several the first in the list.
 * @returns undefined when none is for this call: the configured number is shown
 */
export function chooseCallerNumber(numbers: readonly CallerNumber[], phone: string, queueId: string | null): CallerNumber | undefined {
  const country = countryOf(phone)
  const fits = (wanted: readonly string[], is: string | null | undefined) => wanted.length === 0 || wanted.some((one) => one === is)
  const nearness = ({ countries, queues }: CallerNumber) => (countries.length > 0 ? 2 : 0) + (queues.length > 0 ? 1 : 0)
  return numbers
    .filter(({ active, validated, countries, queues }) => active && validated && fits(countries, country) && fits(queues, queueId))
    .toSorted((a, b) => nearness(b) - nearness(a))[0]
}
