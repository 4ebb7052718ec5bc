import { follow, moved, newQuestion, withFirstOnTop, withoutQuestion, withQuestions } from '../../dashboard/src/playbook/draft'
import { defaultPlaybook } from '../../domain/reminder/defaultPlaybook'
import { playbookSchema } from '../../domain/reminder/playbook'

it('a way through the questions ends in a scam, and one that is not there any more ends before', () => {
  expect(follow(defaultPlaybook, [0, 0])).toMatchObject({ scam: 'romance', question: undefined, answers: [{}, {}] })
  expect(follow(defaultPlaybook, [])).toMatchObject({ question: { id: 'what_for' } })
  expect(follow(defaultPlaybook, [0, 8])).toMatchObject({ question: { id: 'ever_met' }, answers: [{}] })
})

it('the question on top is asked first, whatever is moved', () => {
  const { questions } = defaultPlaybook
  const changed = withQuestions(defaultPlaybook, moved(questions, 0, 1))
  expect([changed.start, changed.questions.map(({ id }) => id).slice(0, 2)]).toEqual(['ever_met', ['ever_met', 'what_for']])
  expect(withFirstOnTop({ ...defaultPlaybook, start: 'goods' }).questions[0]!.id).toBe('goods')
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
})

it('a question that is removed leaves answers that lead nowhere, which the validator names', () => {
  const without = withoutQuestion(defaultPlaybook, 'official')
  const read = playbookSchema.safeParse(without)
  expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['questions.0.answers.1'])
  const more = withQuestions(without, [...without.questions, newQuestion(without)])
  expect(new Set(more.questions.map(({ id }) => id)).size).toBe(more.questions.length)
})
