import fc from 'fast-check'
import { defaultSampling, drawn, weekAfter, weekOf, type Candidate, type SamplingPolicy } from '../../domain/quality/sampling'
import { lotOf } from '../../records/quality/sampling'

const candidates = fc.uniqueArray(
  fc.record({ attemptId: fc.uuid(), agentId: fc.constantFrom('a', 'b', 'c'), lot: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) }),
  { selector: ({ attemptId }) => attemptId, maxLength: 60 },
)
const policies = fc
  .record({ perAgentPerWeek: fc.integer({ min: 0, max: 5 }), sharePercent: fc.integer({ min: 0, max: 100 }) })
  .map((part): SamplingPolicy => ({ ...defaultSampling, ...part }))
const ids = (chosen: ReadonlyMap<string, unknown>) => [...chosen.keys()].toSorted()

test('of each agent the lowest lots are chosen: as many as the policy wants, or all', () => {
  fc.assert(
    fc.property(candidates, policies, (all, policy) => {
      const chosen = drawn(all, policy, true)
      for (const agent of ['a', 'b', 'c']) {
        const own = all.filter(({ agentId }) => agentId === agent)
        const taken = own.filter(({ attemptId }) => chosen.has(attemptId))
        expect(taken.length).toBeGreaterThanOrEqual(Math.min(policy.perAgentPerWeek, own.length))
        const highest = Math.max(-1, ...taken.map(({ lot }) => lot))
        expect(own.filter(({ attemptId, lot }) => !chosen.has(attemptId) && lot < highest)).toEqual([])
      }
    }),
  )
})

test('the order in which calls are found does not matter, and what was chosen during the week stays chosen after it', () => {
  fc.assert(
    fc.property(candidates, policies, (all, policy) => {
      const after = drawn(all, policy, true)
      expect(ids(drawn(all.toReversed(), policy, true))).toEqual(ids(after))
      for (const id of drawn(all.slice(0, all.length / 2), policy, false).keys()) expect(after.has(id)).toBe(true)
    }),
  )
})

test('lots are the same again, spread evenly, and another seed gives others', () => {
  const lots = Array.from({ length: 4_000 }, (_, n) => lotOf('seed', `case_${n}.1`))
  expect(lots.every((lot) => lot >= 0 && lot < 1)).toBe(true)
  for (let tenth = 0; tenth < 10; tenth++) expect(Math.abs(lots.filter((lot) => Math.floor(lot * 10) === tenth).length - 400)).toBeLessThan(90)
  expect(lotOf('seed', 'case_1.1')).toBe(lots[1])
  expect(lotOf('another', 'case_1.1')).not.toBe(lots[1])
})

test('a share is of all calls', () => {
  const all: Candidate[] = Array.from({ length: 5_000 }, (_, n) => ({ attemptId: `call-${n}`, agentId: 'a', lot: lotOf('seed', `call-${n}`) }))
  const { size } = drawn(all, { ...defaultSampling, perAgentPerWeek: 0, sharePercent: 10 }, true)
  expect(size).toBeGreaterThan(420)
  expect(size).toBeLessThan(580)
})

test.each([
  ['2026-11-22T18:00:00Z', '2026-11-16T00:00:00Z'],
  ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z'],
  ['2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00Z'],
  ['2027-01-01T12:00:00Z', '2026-12-28T00:00:00Z'],
])('%s is in the week of %s', (at, monday) => {
  expect(weekOf(new Date(at))).toEqual(new Date(monday))
  expect(weekOf(new Date(weekAfter(new Date(monday)).getTime() - 1))).toEqual(new Date(monday))
})
