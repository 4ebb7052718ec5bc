import { protectTransfer, type NamesSeen } from '../../domain/transfers/decision'
import { transferCheckPolicy } from '../../domain/transfers/policy'
import { transferCheckSchema } from '../../domain/transfers/transferCheck'

const now = new Date('2026-11-22T08:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()

function decide(amount: number, facts: { payee?: object; verified?: boolean; seen?: Partial<NamesSeen>; policy?: object } = {}) {
  const check = transferCheckSchema.parse({
    transferId: 't-1',
    amount: { amount, currency: 'CNY' },
    payer: { id: 'payer-1', realNameVerified: facts.verified ?? true },
    payee: { id: 'payee-1', name: '王小明', since: '2020-01-01T00:00:00Z', ...facts.payee },
  })
  return protectTransfer(check, transferCheckPolicy.parse(facts.policy ?? {}), { masked: 0, full: 0, ...facts.seen }, now)
}

test.each([
  ['a small one goes', 100_000, {}, { decision: 'allowed' }],
  ['above the first threshold the name is completed', 100_001, {}, { decision: 'name_required' }],
  ['above the second it is shown', 2_000_001, {}, { decision: 'name_shown' }],
  ['a payer without a real name is refused', 1, { verified: false }, { decision: 'refused', refusal: 'real_name_required' }],
  ['unless policy does not ask for one', 1, { verified: false, policy: { realNameRequired: false } }, { decision: 'allowed' }],
  ['a reported payee is warned of', 1, { payee: { reported: true } }, { decision: 'name_required', warnings: ['payee_reported'] }],
  ['a new one', 1, { payee: { since: daysAgo(29) } }, { decision: 'name_required', warnings: ['payee_new'] }],
  ['one that was renamed', 1, { payee: { renamedAt: daysAgo(1) } }, { decision: 'name_required', warnings: ['payee_renamed'] }],
  ['long ago is not lately', 1, { payee: { since: daysAgo(31), renamedAt: daysAgo(31) } }, { decision: 'allowed', warnings: [] }],
  ['a warning alone may be enough', 1, { payee: { reported: true }, policy: { completeNameWhenWarned: false } }, { decision: 'allowed' }],
  ['who has seen many full names completes the next', 2_000_001, { seen: { full: 5 } }, { decision: 'name_required' }],
  ['who has seen many masked ones gets no further', 100_001, { seen: { masked: 20 } }, { decision: 'refused', refusal: 'too_many_names' }],
  ['a name that is no question is shown', 100_001, { payee: { name: '王' } }, { decision: 'name_shown' }],
  ['or nothing is', 100_001, { payee: { name: '王' }, seen: { full: 5 } }, { decision: 'refused', refusal: 'too_many_names' }],
])('%s', (_, amount, facts, expected) => {
  expect(decide(amount, facts)).toMatchObject(expected)
})
