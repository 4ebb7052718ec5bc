import fc from 'fast-check'
import { promiseSteps, slowestStep } from '../../domain/promise'

const minute = 60_000

test.each([
  ['flagged_late', { paidAt: 0, flaggedAt: 3 * minute, acknowledgedAt: 3 * minute, intendedAt: 4 * minute }],
  ['intake', { paidAt: 0, flaggedAt: 1_000, acknowledgedAt: 3 * minute, intendedAt: 3 * minute + 1 }],
  ['agent_search', { paidAt: 0, flaggedAt: 1_000, acknowledgedAt: 1_100, intendedAt: 3 * minute }],
  ['dial_queue', { paidAt: 0, flaggedAt: 1_000, acknowledgedAt: 1_100, intendedAt: 10_000, requestedAt: 3 * minute }],
  ['provider', { paidAt: 0, flaggedAt: 1_000, acknowledgedAt: 1_100, intendedAt: 10_000, requestedAt: 11_000, rangAt: 4 * minute }],
] as const)('%s used up the time', (step, times) => {
  expect(slowestStep(times, 4 * minute)).toBe(step)
})

test('a step that is still under way counts until now', () => {
  const times = { paidAt: 0, flaggedAt: 60_000, acknowledgedAt: 60_100, intendedAt: 70_000 }
  expect(slowestStep(times, 100_000)).toBe('flagged_late')
  expect(slowestStep(times, 3 * minute)).toBe('dial_queue')
})

test('an acknowledgement that was noted after the dialling does not hide the search', () => {
  expect(slowestStep({ paidAt: 0, flaggedAt: 1_000, acknowledgedAt: 2 * minute, intendedAt: 5_000, requestedAt: 2 * minute + 1_000 }, 3 * minute)).toBe(
    'intake',
  )
})

test('the step named is one whose time was longest, whatever the times', () => {
  const moment = fc.integer({ min: 0, max: 600_000 })
  const some = fc.option(moment, { nil: undefined })
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 5 }), some, (durations, extra) => {
      const ends = durations.reduce<number[]>((all, each) => [...all, (all.at(-1) ?? 0) + each], [])
      const [flaggedAt, acknowledgedAt, intendedAt, requestedAt, rangAt] = ends
      const now = ends.at(-1)! + (extra ?? 0)
      const last = durations.length < 5 ? [...durations, extra ?? 0] : durations
      const step = slowestStep({ paidAt: 0, flaggedAt: flaggedAt!, acknowledgedAt, intendedAt, requestedAt, rangAt }, now)
      expect(last[promiseSteps.indexOf(step)]).toBe(Math.max(...last))
    }),
  )
})
