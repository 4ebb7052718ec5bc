import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { countryOf } from '../callerNumbers'
import type { ThirdPartyPolicy } from './policy'

/**
 * Whether an agent may ring a number that they have entered.
 * @param talksWith the phone that is on the line
 * @returns why not, in words; undefined when they may
 */
export function refusedNumber(phone: string, policy: ThirdPartyPolicy, talksWith: string): string | undefined {
  if (!policy.typedNumbers) return 'only numbers of the directory may be called'
  const parsed = parsePhoneNumberFromString(phone)
  if (!parsed?.isValid()) return 'expected a phone number that can exist'
  // Calls to these earn somebody money: a favourite of fraudsters.
  if (parsed.getType() === 'PREMIUM_RATE') return 'numbers that cost extra may not be called'
  const allowed = policy.countries.length > 0 ? policy.countries : [countryOf(talksWith)]
  return allowed.some((country) => country === parsed.country) ? undefined : 'numbers of this country may not be called'
}
