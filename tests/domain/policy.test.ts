import { undecidedEndings, verdictKinds } from '../../domain/money'
import { releasesByKeypress } from '../../domain/keypress'
import { defaultPolicy, policySchema, storedPolicySchema } from '../../domain/policy'
import { verdictsSchema } from '../../domain/verdict'
import { attemptOutcomes } from '../../domain/status'
import firstRelease from './policy-0.1.0.json'

test('what a fresh installation starts with is a valid policy', () => {
  expect(policySchema.parse(defaultPolicy)).toEqual(defaultPolicy)
})

test('every verdict has an action, every ending a default, every outcome a delay', () => {
  expect(Object.keys(defaultPolicy.verdictActions).sort()).toEqual([...verdictKinds].sort())
  expect(Object.keys(defaultPolicy.defaultActions).sort()).toEqual([...undecidedEndings].sort())
  expect(Object.keys(defaultPolicy.retrySeconds).sort()).toEqual([...attemptOutcomes].sort())
})

test('no default of a fresh installation lets money go', () => {
  expect(Object.values(defaultPolicy.defaultActions)).not.toContain('release')
})

test.each([
  ['an unknown field', { ...defaultPolicy, extra: 1 }],
  ['a promise of no time', { ...defaultPolicy, promiseSeconds: 0 }],
  ['no attempt', { ...defaultPolicy, maxAttempts: 0 }],
  ['a delay missing', { ...defaultPolicy, retrySeconds: { busy: 60 } }],
  ['a default missing', { ...defaultPolicy, defaultActions: { unreachable: 'freeze' } }],
  ['a default that holds for ever', { ...defaultPolicy, defaultActions: { ...defaultPolicy.defaultActions, unreachable: 'hold' } }],
  ['a verdict without an action', { ...defaultPolicy, verdictActions: { owner_confirmed: { funds: 'release', restrictAccount: false } } }],
  ['a wait without end', { ...defaultPolicy, holdExpirySeconds: Infinity }],
])('%s is refused', (_, policy) => {
  expect(policySchema.safeParse(policy).success).toBe(false)
})

test('a keypress releases only below both limits', () => {
  const { score, amount } = defaultPolicy.keypressReleaseBelow
  expect(releasesByKeypress(defaultPolicy, score - 1, amount - 1)).toBe(true)
  expect(releasesByKeypress(defaultPolicy, score, amount - 1)).toBe(false)
  expect(releasesByKeypress(defaultPolicy, score - 1, amount)).toBe(false)
})

test('verdicts: each payment once, a scam type only with a scam', () => {
  const valid = (verdicts: unknown) => verdictsSchema.safeParse({ verdicts }).success
  expect(valid([{ paymentId: 'a', verdict: 'scam', scamType: 'romance', notes: 'first line\nsecond' }])).toBe(true)
  expect(valid([{ paymentId: 'a', verdict: 'owner_confirmed', scamType: 'romance' }])).toBe(false)
  expect(
    valid([
      { paymentId: 'a', verdict: 'unsure' },
      { paymentId: 'a', verdict: 'unsure' },
    ]),
  ).toBe(false)
  expect(valid([{ paymentId: 'a', verdict: 'unreachable' }])).toBe(false)
  expect(valid([{ paymentId: 'a', verdict: 'unsure', notes: 'x'.repeat(4_001) }])).toBe(false)
  expect(valid([])).toBe(false)
})

describe('a stored policy', () => {
  test('of the first release is read with the defaults of what came later', () => {
    const read = storedPolicySchema.parse(firstRelease)
    expect(read).toMatchObject(firstRelease)
    expect(Object.keys(read).toSorted()).toEqual(Object.keys(policySchema.shape).toSorted())
  })

  test('of a later release is read without what we do not know', () => {
    expect(storedPolicySchema.parse({ ...defaultPolicy, ofTomorrow: 1 })).toEqual(defaultPolicy)
  })
})
