import fc from 'fast-check'
import { percentOf, percentOfAnswer, scoreOf, faultsOf, type Answer, type Answers } from '../../domain/quality/score'
import { applies, questionsOf, scorecardSchema, type Scorecard } from '../../domain/quality/scorecard'
import { defaultScorecard } from '../../domain/quality/defaultScorecard'

const text = { en: 'x', zh: '某' }
const questionOf = (id: string) =>
  fc.oneof(
    fc.record({ id: fc.constant(id), kind: fc.constantFrom('yes_no' as const, 'scale' as const), weight: fc.integer({ min: 1, max: 100 }), text: fc.constant(text) }),
    fc.record({ id: fc.constant(id), kind: fc.constant('critical' as const), weight: fc.constant(0), text: fc.constant(text) }),
  )
const cards = fc
  .integer({ min: 1, max: 12 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => questionOf(`q${index}`))))
  .map((questions): Pick<Scorecard, 'sections'> => ({ sections: [{ id: 's', title: text, questions }] }))
const answersTo = (card: Pick<Scorecard, 'sections'>): fc.Arbitrary<Answers> =>
  fc.record(
    Object.fromEntries(
      questionsOf(card).map(({ id, kind }) => [
        id,
        kind === 'scale' ? fc.oneof(fc.constant<Answer>('na'), fc.integer({ min: 1, max: 5 })) : fc.constantFrom<Answer>('yes', 'no', 'na'),
      ]),
    ),
  )
const scored = cards.chain((card) => fc.tuple(fc.constant(card), answersTo(card)))

test('a score is the exact share of what was possible, halves rounded up', () => {
  fc.assert(
    fc.property(scored, ([card, answers]) => {
      const { earned, possible, percent, failed } = scoreOf(card, answers)
      const weighed = questionsOf(card).filter(({ id, kind }) => kind !== 'critical' && answers[id] !== 'na')
      expect(possible).toBe(weighed.reduce((sum, { weight }) => sum + 4 * weight, 0))
      expect(earned).toBe(weighed.reduce((sum, { id, weight }) => sum + (weight * percentOfAnswer(answers[id]!)!) / 25, 0))
      if (failed) expect(percent).toBe(0)
      else if (possible === 0) expect(percent).toBeNull()
      else {
        // In whole numbers of any size: p is the nearest, and of two equally near the higher.
        const [e, p, n] = [BigInt(earned), BigInt(possible), BigInt(percent!)]
        expect(200n * e >= (2n * n - 1n) * p && 200n * e < (2n * n + 1n) * p).toBe(true)
      }
    }),
  )
})

test('a critical no fails the call, and nothing else does', () => {
  fc.assert(
    fc.property(scored, ([card, answers]) => {
      const no = questionsOf(card).some(({ id, kind }) => kind === 'critical' && answers[id] === 'no')
      expect(scoreOf(card, answers).failed).toBe(no)
    }),
  )
})

test('a better answer never makes a score worse, and what gave no occasion does not count', () => {
  fc.assert(
    fc.property(scored, fc.nat(), ([card, answers], pick) => {
      const questions = questionsOf(card)
      const { id } = questions[pick % questions.length]!
      const answer = answers[id]!
      if (answer === 'na') {
        const without = Object.fromEntries(Object.entries(answers).filter(([key]) => key !== id))
        expect(scoreOf(card, without)).toEqual(scoreOf(card, answers))
      } else {
        const better = typeof answer === 'number' ? 5 : 'yes'
        expect(scoreOf(card, { ...answers, [id]: better }).percent ?? 0).toBeGreaterThanOrEqual(scoreOf(card, answers).percent ?? 0)
      }
    }),
  )
})

test('the order of questions does not matter', () => {
  fc.assert(
    fc.property(scored, ([card, answers]) => {
      const [section] = card.sections
      const turned = { sections: [{ ...section!, questions: section!.questions.toReversed() }] }
      expect(scoreOf(turned, answers)).toEqual(scoreOf(card, answers))
    }),
  )
})

test.each([
  [0, 0, null],
  [0, 8, 0],
  [8, 8, 100],
  [1, 8, 13],
  [1, 3, 33],
  [2, 3, 67],
])('%i of %i is %p per cent', (earned, possible, percent) => {
  expect(percentOf(earned, possible)).toBe(percent)
})

test('every fault of answers is named', () => {
  const answers: Answers = { identified: 4, introduced: 'yes', scam_questions: 'no', other: 'yes' }
  expect(faultsOf(defaultScorecard, answers, false).map(({ field }) => field)).toEqual(['answers.other', 'answers.identified', 'answers.scam_questions'])
  expect(faultsOf(defaultScorecard, {}, true)).toHaveLength(questionsOf(defaultScorecard).length)
})

test('the scorecard of a fresh installation is one', () => {
  expect(scorecardSchema.parse(defaultScorecard)).toEqual(defaultScorecard)
})

test.each([
  ['an id twice', { ...defaultScorecard, sections: [...defaultScorecard.sections, defaultScorecard.sections[0]!] }],
  ['a critical question with a weight', withQuestion({ kind: 'critical', weight: 3 })],
  ['a question without a weight', withQuestion({ kind: 'scale', weight: 0 })],
  ['nothing but critical questions', withQuestion({ kind: 'critical', weight: 0 })],
])('%s is refused', (_, card) => {
  expect(scorecardSchema.safeParse(card).success).toBe(false)
})

function withQuestion(part: object): object {
  return { ...defaultScorecard, sections: [{ id: 's', title: text, questions: [{ id: 'q', text, ...part }] }] }
}

test('a scorecard is for calls that meet each of its conditions', () => {
  const call = { kind: 'callback', queueId: 'queue-1', verdicts: ['scam'] }
  const card = (part: Partial<Scorecard['appliesTo']>, active = true) => ({ active, appliesTo: { kinds: [], verdicts: [], queues: [], ...part } })
  expect(applies(card({}), call)).toBe(true)
  expect(applies(card({}, false), call)).toBe(false)
  expect(applies(card({ kinds: ['callback'], verdicts: ['scam', 'unsure'], queues: ['queue-1'] }), call)).toBe(true)
  expect(applies(card({ kinds: ['callback'], verdicts: ['unsure'] }), call)).toBe(false)
  expect(applies(card({ queues: ['queue-1'] }), { ...call, queueId: null })).toBe(false)
})
