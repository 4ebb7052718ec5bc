import { dateIn, endOfBusinessDay, isBusinessDay } from '../../domain/dispute/businessDays'
import { calendarOf, profileFor } from '../../domain/dispute/policy'
import { defaultPolicy } from '../../domain/policy'

const china = calendarOf(defaultPolicy.disputes.standard)
const england = calendarOf(defaultPolicy.disputes.uk)
const end = (calendar: typeof china, from: string, days: number) => new Date(endOfBusinessDay(calendar, Date.parse(from), days)).toISOString()

test('ten business days over China’s National Day, with the Saturday that is worked', () => {
  // Wednesday 30 September 2026; 1 to 7 October are free, Saturday the 10th is worked.
  expect(end(china, '2026-09-30T02:00:00Z', 10)).toBe('2026-10-20T15:59:59.999Z')
})

test('without a holiday they are two weeks, to the end of the day where people work', () => {
  expect(end(china, '2026-11-02T01:00:00Z', 10)).toBe('2026-11-16T15:59:59.999Z')
})

test('the day on which it came in is the one of the clock on the wall there', () => {
  // Half past midnight on Tuesday in Shanghai, still Monday in London.
  expect(dateIn('Asia/Shanghai', Date.parse('2026-11-02T16:30:00Z'))).toBe('2026-11-03')
  expect(end(china, '2026-11-02T16:30:00Z', 1)).toBe('2026-11-04T15:59:59.999Z')
})

test('five business days over Easter, and over the change of the clock', () => {
  // Good Friday is 3 April 2026, Easter Monday the 6th; summer time began on 29 March.
  expect(end(england, '2026-03-27T12:00:00Z', 5)).toBe('2026-04-07T22:59:59.999Z')
  expect(end(england, '2026-10-23T12:00:00Z', 1)).toBe('2026-10-26T23:59:59.999Z')
})

test('weekends are free unless they are worked', () => {
  expect(isBusinessDay(china, '2026-10-10')).toBe(true)
  expect(isBusinessDay(china, '2026-10-11')).toBe(false)
  expect(isBusinessDay(china, '2026-10-01')).toBe(false)
  expect(isBusinessDay(england, '2026-10-01')).toBe(true)
})

test('the currency says which clocks count', () => {
  expect(profileFor(defaultPolicy.disputes, 'GBP')).toMatchObject({ name: 'uk', profile: { decideBusinessDays: 5 } })
  expect(profileFor(defaultPolicy.disputes, 'CNY')).toMatchObject({ name: 'standard', profile: { decideBusinessDays: 10, finalDays: 45 } })
})
