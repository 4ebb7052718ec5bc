import { startApi, type RunningApi } from '../api/startApi'
import { caseHeldBy, openCase } from '../api/flags'
import { dialled } from './calls'
import { createProvider } from './provider'

let api: RunningApi
let provider: ReturnType<typeof createProvider>
beforeAll(async () => {
  api = await startApi()
  provider = createProvider(api)
})
afterAll(() => api.stop())

/** What must not be heard by somebody who may not be the payer, or by a machine. */
const details = /7,?587|Air tickets|758700|CNY|yuan|元|pay_/

describe.each([
  ['zh-CN', 'cmn-Hans-CN', /如果您是李先生本人，请按1/],
  ['en', 'en-US', /If you are 李先生, press 1/],
])('an automated call in %s', (locale, language, question) => {
  const call = () =>
    dialled(api.db, 'automated', { payer: { id: `payer-${Math.random()}`.replace('.', '-'), name: '李先生', phones: ['+8613800000001'], locale } })

  test('asks first who is there, and tells nothing', async () => {
    const { attemptId } = await call()
    const heard = await provider.document(`/calls/${attemptId}/voice`)
    expect(heard.verbs).toEqual(['Gather'])
    expect(heard.attribute('Say', 'language')).toBe(language)
    expect(heard.text).toMatch(question)
    expect(heard.text).not.toMatch(details)
    expect(heard.attribute('Gather', 'actionOnEmptyResult')).toBe('true')
  })

  test('tells the payment only to whoever says that they are the payer', async () => {
    const { attemptId } = await call()
    const voice = await provider.document(`/calls/${attemptId}/voice`)
    const identified = await provider.document(voice.action(), { Digits: '1' })
    expect(identified.text).toMatch(/7,587/)
    expect(identified.text).toMatch(/Air tickets/)
    expect(await api.db.caseEvent.count({ where: { type: 'payer_identified', data: { path: ['attemptId'], equals: attemptId } } })).toBe(1)
  })

  test('tells nothing to anybody else: another key, or none at all', async () => {
    const { attemptId } = await call()
    const voice = await provider.document(`/calls/${attemptId}/voice`)
    for (const digits of ['9', '5', '*', '11']) {
      const other = await provider.document(voice.action(), { Digits: digits })
      expect(other.verbs).toEqual(['Say', 'Hangup'])
      expect(other.text).not.toMatch(details)
    }
    const again = await provider.document(voice.action(), {})
    expect(again.verbs).toEqual(['Gather'])
    expect(again.text).not.toMatch(details)
    expect((await provider.document(again.action(), {})).verbs).toEqual(['Say', 'Hangup'])
  })

  test('0 leads to a person at any time, without a detail', async () => {
    const { attemptId } = await call()
    const voice = await provider.document(`/calls/${attemptId}/voice`)
    const person = await provider.document(voice.action(), { Digits: '0' })
    expect(person.verbs).toEqual(['Say', 'Dial'])
    expect(person.text).not.toMatch(details)
  })
})

describe('the answer to the question', () => {
  const asked = async (changes: Parameters<typeof dialled>[2] = {}) => {
    const call = await dialled(api.db, 'automated', changes)
    const voice = await provider.document(`/calls/${call.attemptId}/voice`)
    const question = await provider.document(voice.action(), { Digits: '1' })
    return { ...call, action: question.action() }
  }
  const small = { amount: { amount: 5_000, currency: 'CNY' }, risk: { score: 10 } }

  test('1 on a small payment of little risk: thanks, and that is all', async () => {
    const { action } = await asked(small)
    expect((await provider.document(action, { Digits: '1' })).verbs).toEqual(['Say', 'Hangup'])
  })

  test.each([
    ['1 on a large one', {}, '1'],
    ['2 on a small one', small, '2'],
    ['0', small, '0'],
  ])('%s leads to a person', async (_, changes, digit) => {
    const { action, caseId } = await asked(changes)
    expect((await provider.document(action, { Digits: digit })).verbs).toEqual(['Say', 'Dial'])
    expect(await api.db.riskCase.findUnique({ where: { id: caseId } })).toMatchObject({ needsPerson: true, status: 'talking' })
  })

  test('every payment of the case is asked about, and one denial is enough for a person', async () => {
    const first = await dialled(api.db, 'automated', small)
    await openCase(api.db, { ...small, payerId: first.payerId, payee: { id: 'second', name: 'Second shop' } })
    const voice = await provider.document(`/calls/${first.attemptId}/voice`)
    const one = await provider.document(voice.action(), { Digits: '1' })
    const two = await provider.document(one.action(), { Digits: '2' })
    expect(two.text).toMatch(/Second shop/)
    expect((await provider.document(two.action(), { Digits: '1' })).verbs).toEqual(['Say', 'Dial'])
    expect(await api.db.caseEvent.count({ where: { caseId: first.caseId, type: 'keypress' } })).toBeGreaterThanOrEqual(2)
  })

  test('no key, or one without a meaning: asked once more, then goodbye', async () => {
    const { action } = await asked()
    const again = await provider.document(action, { Digits: '7' })
    expect(again.verbs).toEqual(['Gather'])
    expect((await provider.document(again.action(), {})).verbs).toEqual(['Say', 'Hangup'])
  })

  test('about a payment of somebody else is refused', async () => {
    const { attemptId } = await asked()
    expect((await provider.post(`/calls/${attemptId}/answer?payment=somebody-elses&turn=1&person=false`, { Digits: '1' })).status).toBe(404)
  })
})

test.each(['agent_first', 'customer_first'] as const)('%s: the payer’s leg joins the conference of the case', async (mode) => {
  const { attemptId, caseId } = await dialled(api.db, mode)
  const heard = await provider.document(`/calls/${attemptId}/voice`)
  expect(heard.verbs).toEqual(['Say', 'Dial'])
  expect(heard.text).toContain(`>${caseId}</Conference>`)
  expect(heard.attribute('Conference', 'participantLabel')).toBe('payer-1')
  expect(heard.attribute('Conference', 'endConferenceOnExit')).toBe('true')
  expect(heard.text).not.toMatch(details)
})

test('a machine hears no name, no payment and no number to forge, but a safe way to call back', async () => {
  const { attemptId } = await dialled(api.db, 'automated', { payer: { id: 'machine', name: 'Maria Lopez', phones: ['+8613800000001'], locale: 'en' } })
  const heard = await provider.document(`/calls/${attemptId}/voicemail`)
  expect(heard.verbs).toEqual(['Say', 'Hangup'])
  expect(heard.attribute('Say', 'loop')).toBe('2')
  expect(heard.text).not.toMatch(details)
  expect(heard.text).not.toMatch(/Maria|Lopez|\+?\d{6,}/)
  expect(heard.text).toMatch(/payment app/)
})

test('waiting, hold and apology tell no detail; what waits is only what a wait may hold', async () => {
  const { attemptId, caseId } = await dialled(api.db, 'automated')
  for (const path of [`/conferences/${caseId}/wait`, `/conferences/${caseId}/hold`, '/conferences/case_unknown/wait']) {
    const heard = await provider.document(path)
    expect(heard.text).not.toMatch(details)
    for (const verb of heard.verbs) expect(['Say', 'Pause', 'Play', 'Redirect']).toContain(verb)
  }
  const apology = await provider.document(`/calls/${attemptId}/apology`)
  expect(apology.verbs).toEqual(['Say', 'Hangup'])
  expect(apology.text).not.toMatch(details)
})

test('names with markup, quotes and ampersands are text', async () => {
  const name = '<Hangup/> "O\'Hara" & Sons'
  const { attemptId } = await dialled(api.db, 'automated', {
    payer: { id: 'markup', name, phones: ['+8613800000001'], locale: 'en' },
    payee: { id: 'p', name },
  })
  const voice = await provider.document(`/calls/${attemptId}/voice`)
  expect(voice.verbs).toEqual(['Gather'])
  expect((await provider.document(voice.action(), { Digits: '1' })).verbs).toEqual(['Gather'])
})

test('an attempt that does not exist has no document', async () => {
  expect((await provider.post('/calls/case_none.1/voice')).status).toBe(404)
})

describe('an agent’s browser', () => {
  test('joins the case that is theirs', async () => {
    const held = await caseHeldBy(api.db, 'agent-one')
    const heard = await provider.document('/agent', { From: 'client:agent-one', caseId: held.caseId })
    expect(heard.text).toContain(`>${held.caseId}</Conference>`)
    expect(heard.attribute('Conference', 'participantLabel')).toBe('agent-agent-one')
    expect(heard.attribute('Conference', 'endConferenceOnExit')).toBe('false')
    for (const From of ['client:agent-two', 'client:', '+8613800000001', 'client:%E0%A4%A'])
      expect((await provider.post('/agent', { From, caseId: held.caseId })).text).not.toContain('Conference')
  })

  test('does not join a case of nobody', async () => {
    const { caseId } = await openCase(api.db)
    expect((await provider.document('/agent', { From: 'client:agent-one', caseId })).verbs).toEqual(['Reject'])
    expect((await provider.document('/agent', {})).verbs).toEqual(['Reject'])
  })
})

describe('somebody rings us', () => {
  test('from a number without an open case: nothing is told', async () => {
    const heard = await provider.document('/inbound', { From: '+8613999999999', CallSid: 'CAin1' })
    expect(heard.verbs).toEqual(['Say', 'Hangup'])
    expect(heard.text).not.toMatch(details)
  })

  test('from a number of an open case: no detail either, for a number can be forged; it is on the timeline', async () => {
    const { caseId } = await openCase(api.db, { payer: { id: 'rings-us', name: '李先生', phones: ['+8613700000007'], locale: 'zh-CN' } })
    const heard = await provider.document('/inbound', { From: '+8613700000007', CallSid: 'CAin2' })
    expect(heard.verbs).toEqual(['Say', 'Hangup'])
    expect(heard.text).not.toMatch(details)
    expect(heard.text).not.toMatch(/李/)
    expect(await api.db.caseEvent.count({ where: { caseId, type: 'payer_called' } })).toBe(1)
  })
})
