import { z } from 'zod'
import type { BusinessCalendar } from './businessDays'
import { minorUnits } from '../units'

const date = z.iso.date({ error: 'expected dates such as 2026-10-01' })
/** Parts of a day too. */
const days = z.number().min(0).max(400)
const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])

const profileSchema = z.strictObject({
  /** Currencies of payments that these clocks are for; those of `standard` are for all others. */
  currencies: z.array(z.string().regex(/^[A-Z]{3}$/, 'expected ISO 4217 codes, such as GBP')).max(50),
  timeZone: z.string().refine((zone) => zones.has(zone), { error: 'expected a time zone, such as Asia/Shanghai' }),
  /** Somebody takes it up, and the payer is told, within so many days. */
  takeUpDays: days,
  /** Decided, or an advance paid, by the end of the nth business day. */
  decideBusinessDays: z.int().min(0).max(400),
  /** Decided at the latest after so many days, or policy decides. */
  finalDays: days,
  holidays: z.array(date).max(500),
  workingWeekends: z.array(date).max(100),
})
export type DisputeProfile = z.output<typeof profileSchema>

const dates = (...years: string[]) => years.join(' ').split(' ')

/** Clocks of disputes. China's calendar of 2026, and the bank holidays of England. */
const standard: DisputeProfile = {
  currencies: [],
  timeZone: 'Asia/Shanghai',
  takeUpDays: 1,
  decideBusinessDays: 10,
  finalDays: 45,
  holidays: dates(
    '2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23',
    '2026-04-06 2026-05-01 2026-05-04 2026-05-05 2026-06-19 2026-09-25',
    '2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07 2027-01-01',
  ),
  workingWeekends: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
}

const uk: DisputeProfile = {
  currencies: ['GBP'],
  timeZone: 'Europe/London',
  takeUpDays: 1,
  decideBusinessDays: 5,
  finalDays: 35,
  holidays: dates(
    '2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28',
    '2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28',
  ),
  workingWeekends: [],
}

export const disputePolicySchema = z.strictObject({
  standard: profileSchema.default(standard),
  uk: profileSchema.default(uk),
  /** How long a payer may appeal, once. */
  appealDays: days.default(14),
  /** An advance is taken back so many days after the payer was told. */
  recoveryNoticeDays: days.default(7),
})
export type DisputePolicy = z.output<typeof disputePolicySchema>

export const compensationPolicySchema = z.strictObject({
  /** Methods of payment whose payers are compensated in full, such as quick_payment. */
  coveredMethods: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected methods such as quick_payment'))
    .max(50)
    .default(['quick_payment']),
  /** Above this a claim is opened by a person, not by the verdict. In minor units. */
  upTo: minorUnits.default(100_000_000),
  /** Money that can still be had goes back by itself in this time. */
  waitingDays: days.default(3),
})

/** The clocks for a payment in this currency. */
export function profileFor(policy: DisputePolicy, currency: string): { name: 'standard' | 'uk'; profile: DisputeProfile } {
  return policy.uk.currencies.includes(currency) ? { name: 'uk', profile: policy.uk } : { name: 'standard', profile: policy.standard }
}

export function calendarOf({ timeZone, holidays, workingWeekends }: DisputeProfile): BusinessCalendar {
  return { timeZone, holidays, workingWeekends }
}
