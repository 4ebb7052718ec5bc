import fc from 'fast-check'
import { abandonedPercent, mayDialCustomerFirst } from '../../domain/pacing'

/** Something that happens in the hour; customer-first calls end as badly or as well as chance will have it. */
const happening = fc.record({
  kind: fc.constantFrom('agent_first' as const, 'wants_customer_first' as const, 'wants_customer_first' as const, 'call_ends' as const),
  end: fc.constantFrom('abandoned' as const, 'abandoned' as const, 'talk' as const, 'no_answer' as const),
})

test('never above the limit in an hour of calls, whatever becomes of those that are in flight', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 400 }), fc.constantFrom(0, 1, 3, 5), (hour, limit) => {
      let [live, abandoned, inFlight] = [0, 0, 0]
      for (const { kind, end } of hour) {
        if (kind === 'agent_first') live++
        if (kind === 'wants_customer_first' && mayDialCustomerFirst({ live, abandoned, inFlight }, limit)) inFlight++
        if (kind === 'call_ends' && inFlight > 0) {
          inFlight--
          if (end !== 'no_answer') live++
          if (end === 'abandoned') abandoned++
        }
        expect(abandoned * 100).toBeLessThanOrEqual(limit * live)
      }
    }),
    { numRuns: 300 },
  )
})

test('with nothing to go by, nobody is rung before there is an agent', () => {
  expect(mayDialCustomerFirst({ live: 0, abandoned: 0, inFlight: 0 }, 3)).toBe(false)
  expect(mayDialCustomerFirst({ live: 33, abandoned: 0, inFlight: 0 }, 3)).toBe(true)
  expect(mayDialCustomerFirst({ live: 33, abandoned: 0, inFlight: 1 }, 3)).toBe(false)
  expect(mayDialCustomerFirst({ live: 10_000, abandoned: 0, inFlight: 0 }, 0)).toBe(false)
})

test('the measure', () => {
  expect(abandonedPercent({ live: 0, abandoned: 0 })).toBeNull()
  expect(abandonedPercent({ live: 300, abandoned: 2 })).toBe(0.67)
})
