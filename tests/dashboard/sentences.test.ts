import i18next from 'i18next'
import { createFormat } from '../../dashboard/src/design/useFormat'
import { sentenceOf, type SentenceContext } from '../../dashboard/src/histories/sentence'
import { english } from '../../dashboard/src/language/en'
import { chinese } from '../../dashboard/src/language/zh'
import { pretendClosedCase, pretendPeople, pretendTimeline } from './pretendTimeline'

let context: Record<'en' | 'zh-CN', SentenceContext>

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: english }, 'zh-CN': { translation: chinese } }, interpolation: { escapeValue: false } })
  const of = (language: 'en' | 'zh-CN'): SentenceContext => ({
    t: i18next.getFixedT(language),
    format: createFormat(language),
    view: pretendClosedCase,
    people: pretendPeople,
  })
  context = { en: of('en'), 'zh-CN': of('zh-CN') }
})

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  test.each(pretendTimeline.filter(({ type }) => type !== 'something_new').map((event) => [event.type, event] as const))(
    '%s is a whole sentence',
    (type, event) => {
      const sentence = sentenceOf(event, context[language])
      expect(sentence).not.toBe(type)
      expect(sentence).not.toMatch(/\{\{|undefined|\?|timeline\.|agent-\d|supervisor-\d/)
      expect(sentence).toMatch(/[.。”]$/)
    },
  )
})

test('an event that a later version writes shows its type', () => {
  const unknown = pretendTimeline.find(({ type }) => type === 'something_new')
  expect(unknown && sentenceOf(unknown, context.en)).toBe('something_new')
})

test('data that is not as expected breaks nothing', () => {
  for (const { type } of pretendTimeline)
    expect(() => sentenceOf({ id: '1', at: '2026-11-22T09:00:00.000Z', actor: 'system:case', type, data: {} }, context.en)).not.toThrow()
})

test('a call that overrode a rule says which', () => {
  const overriding = pretendTimeline.find(({ data }) => data['permission'] !== undefined)
  expect(overriding && sentenceOf(overriding, context.en)).toBe(
    'Call 1 to +86138****0001 was decided: automated keypress call, nobody answered the call before, although the number asked not to be called (fraud override).',
  )
})

test('a supervisor reads what the payer pressed, and for which payment', () => {
  const pressed = pretendTimeline.find(({ data }) => data['meaning'] === 'it_was_not_me')
  expect(pressed && sentenceOf(pressed, context.en)).toBe('The payer pressed 2: “It was not me”, for ¥12,900.00 to Phone shop.')
})
