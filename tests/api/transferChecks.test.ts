import { setTimeout as wait } from 'node:timers/promises'
import { distance } from '../../bench/names/timing'
import { hashOfKey } from '../../api/access/apiKeys'
import { atEvenPace } from '../../api/payer/evenPace'
import { defaultPolicy } from '../../domain/policy'
import { createBrowser, type Browser, type Json } from './browser'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let app: Browser
let number = 0

beforeAll(async () => {
  running = await startApi()
  await running.db.apiKey.create({ data: { id: 'app', name: 'Payment app', hash: hashOfKey('rck_app'), scopes: ['payer'] } })
  app = createBrowser(running.url, { authorization: 'Bearer rck_app' })
})
afterAll(() => running.stop())

interface Facts {
  transferId?: string
  amount?: number
  payer?: object
  payee?: object
}

function transfer({ transferId = `transfer_${++number}`, amount = 500_000, payer, payee }: Facts = {}) {
  return {
    transferId,
    amount: { amount, currency: 'CNY' },
    payer: { id: `payer-${transferId}`, realNameVerified: true, ...payer },
    payee: { id: `payee-${transferId}`, name: '赵子龙', since: '2015-01-01T00:00:00Z', ...payee },
  }
}

async function check(facts?: Facts): Promise<Json> {
  const { status, body } = await app.send('POST', '/v1/payer/transfers/check', transfer(facts))
  expect(status).toBe(200)
  return body
}
const answer = async (transferId: string, text: string): Promise<Json> => (await app.send('POST', `/v1/payer/transfers/${transferId}/name`, { answer: text })).body
const state = async (transferId: string): Promise<Json> => (await app.send('GET', `/v1/payer/transfers/${transferId}`)).body

test('an unverified payer is refused and told how to verify', async () => {
  const { decision, mayGo, refusal, guidance } = await check({ payer: { realNameVerified: false, locale: 'en' } })
  expect({ decision, mayGo }).toEqual({ decision: 'refused', mayGo: false })
  expect(refusal).toEqual({ kind: 'real_name_required', text: expect.stringContaining('verified') })
  expect(guidance).toEqual([{ id: 'realNameVerified', title: 'Verify your real name', text: expect.any(String) }])
})

test('above the threshold the masked name is completed, by the missing part or the whole name', async () => {
  const complete = async (typed: string) => {
    const { transferId, decision, payee, triesLeft, mayGo } = await check()
    expect({ decision, payee, triesLeft, mayGo }).toEqual({ decision: 'name_required', payee: { name: null, masked: '赵**' }, triesLeft: 3, mayGo: false })
    expect(await answer(transferId, '云长')).toMatchObject({ result: 'wrong', mayGo: false, triesLeft: 2 })
    expect(await state(transferId)).toMatchObject({ mayGo: false, triesLeft: 2 })
    expect(await answer(transferId, typed)).toMatchObject({ result: 'right', mayGo: true })
    expect(await state(transferId)).toMatchObject({ mayGo: true })
    // A repeat after a lost answer says how things stand, and is no way to try another name.
    expect(await answer(transferId, '云长')).toMatchObject({ result: 'right', mayGo: true })
  }
  await Promise.all(['子龙', ' 赵 子龙'].map(complete))
})

test('above the higher threshold the full name is shown, to a few payees a day, and that is in the audit log', async () => {
  const payer = { id: 'curious' }
  const decisions: string[] = []
  for (let one = 0; one <= defaultPolicy.transferCheck.fullNamesPerDay; one++) {
    const { decision, payee } = await check({ amount: 2_000_001, payer })
    decisions.push(decision)
    expect(payee.name).toBe(decision === 'name_shown' ? '赵子龙' : null)
  }
  expect(decisions).toEqual([...Array.from({ length: defaultPolicy.transferCheck.fullNamesPerDay }, () => 'name_shown'), 'name_required'])
  const trail = await running.db.auditEntry.findMany({ where: { action: 'payee_name_shown', subject: 'payer:curious' } })
  expect(trail).toHaveLength(defaultPolicy.transferCheck.fullNamesPerDay)
})

test('a payee who is new, reported or renamed lately is said', async () => {
  const { decision, warnings } = await check({ amount: 100, payee: { since: new Date().toISOString(), renamedAt: new Date().toISOString(), reported: true } })
  expect(decision).toBe('name_required')
  expect(warnings.map(({ kind }: Json) => kind)).toEqual(['payee_reported', 'payee_new', 'payee_renamed'])
  expect((await check({ amount: 100 })).decision).toBe('allowed')
})

test('the same transfer again is the same answer; with another body it is refused', async () => {
  const first = await check({ transferId: 'again' })
  expect(await check({ transferId: 'again' })).toEqual(first)
  const other = await app.send('POST', '/v1/payer/transfers/check', transfer({ transferId: 'again', payee: { name: '赵子虎' } }))
  expect([other.status, other.body.type]).toEqual([409, '/problems/conflict'])
})

test('the third wrong answer locks payer and payee, whichever transfer it was, and the right one is not looked at', async () => {
  const who = { payer: { id: 'guesser' }, payee: { id: 'target' } }
  const transfers = [await check(who), await check(who), await check(who)]
  for (const [index, { transferId }] of transfers.entries()) expect((await answer(transferId, '不对')).triesLeft).toBe(2 - index)
  const { result, lockedUntil } = await answer(transfers[0].transferId, '子龙')
  expect(result).toBe('locked')
  expect(Date.parse(lockedUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000)
  expect(await check(who)).toMatchObject({ triesLeft: 0, lockedUntil })
  // Somebody else is not locked.
  const { transferId } = await check({ payee: { id: 'target' } })
  expect((await answer(transferId, '子龙')).result).toBe('right')
  expect(await running.db.auditEntry.count({ where: { action: 'name_locked', subject: 'payer:guesser' } })).toBe(1)
  // The next lock lasts twice as long.
  await running.db.$executeRaw`UPDATE name_try SET at = at - interval '25 hours' WHERE payer_id = 'guesser'`
  await Promise.all(transfers.map(({ transferId: id }) => answer(id, '不对')))
  const second = await answer(transfers[0].transferId, '子龙')
  expect(Date.parse(second.lockedUntil) - Date.now()).toBeGreaterThan(47 * 3_600_000)
})

test('wrong answers are counted once each however many come at the same moment', async () => {
  const { transferId } = await check({ payer: { id: 'hasty' } })
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => answer(transferId, `猜${index}`)))
  expect(answers.filter(({ result }) => result === 'wrong')).toHaveLength(3)
  expect(answers.filter(({ result }) => result === 'locked')).toHaveLength(9)
})

test('one payer who guesses at many names is locked, and so is a name that many guess at', async () => {
  const limit = defaultPolicy.transferCheck.wrongAnswersOfPayer
  const wrong = async () => (await answer((await check({ payer: { id: 'many' } })).transferId, '不对')).result
  expect(await Promise.all(Array.from({ length: limit }, wrong))).toEqual(Array.from({ length: limit }, () => 'wrong'))
  expect((await answer((await check({ payer: { id: 'many' } })).transferId, '子龙')).result).toBe('locked')

  const about = defaultPolicy.transferCheck.wrongAnswersAboutPayee
  const asked = await Promise.all(Array.from({ length: about + 1 }, () => check({ payee: { id: 'wanted' } })))
  const guesses = await Promise.all(asked.slice(1).map(({ transferId }) => answer(transferId, '不对')))
  expect(guesses.every(({ result }) => result === 'wrong')).toBe(true)
  expect((await answer(asked[0].transferId, '子龙')).result).toBe('locked')
})

test('a name is to be completed in time', async () => {
  const { transferId } = await check()
  await running.db.transferCheck.update({ where: { id: transferId }, data: { expiresAt: new Date(Date.now() - 1) } })
  expect(await answer(transferId, '子龙')).toMatchObject({ result: 'expired', mayGo: false })
})

test('no name is kept, neither as it is nor as a hash that could be tried out', async () => {
  const { transferId } = await check()
  const row = await running.db.transferCheck.findUniqueOrThrow({ where: { id: transferId } })
  expect(JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))).not.toMatch(/子|龙/)
  const { transferId: other } = await check()
  const another = await running.db.transferCheck.findUniqueOrThrow({ where: { id: other } })
  expect(Buffer.from(row.missingHash!).equals(Buffer.from(another.missingHash!))).toBe(false)
})

test('how long an answer takes does not tell what it is', async () => {
  const samples: Record<string, number[]> = { right: [], wrong: [], locked: [], unknown: [] }
  const locked = await check({ payer: { id: 'locked-out' } })
  for (const guess of ['一', '二', '三']) await answer(locked.transferId, guess)
  const rounds = Array.from({ length: 14 }, (_, round) => round)
  for (const round of rounds) {
    const [right, wrong] = [await check(), await check()]
    const asks: [string, string, string][] = [
      ['right', right.transferId, '子龙'],
      ['wrong', wrong.transferId, '不对'],
      ['locked', locked.transferId, '子龙'],
      ['unknown', `nothing-${round}`, '子龙'],
    ]
    // Side by side, each in turn first.
    await Promise.all(
      asks.map((_, place) => asks[(place + round) % asks.length]!).map(async ([kind, transferId, text]) => {
        const begun = performance.now()
        await answer(transferId, text)
        samples[kind]!.push(performance.now() - begun)
      }),
    )
  }
  for (const kind of Object.keys(samples)) expect(Math.min(...samples[kind]!)).toBeGreaterThan(240)
  for (const kind of ['wrong', 'locked']) {
    // Chance alone would put them this far apart once in a million runs.
    const found = distance(samples.right!, samples[kind]!, 1_000_000)
    expect({ kind, apart: found.distance > found.critical }).toEqual({ kind, apart: false })
  }
})

test('answers come at whole steps of time, results and refusals alike', async () => {
  const took = async (work: () => Promise<unknown>) => {
    const begun = performance.now()
    await atEvenPace(100, work).catch(() => undefined)
    return performance.now() - begun
  }
  expect(await took(async () => 'soon')).toBeGreaterThanOrEqual(99)
  expect(await took(() => Promise.reject(new Error('no')))).toBeGreaterThanOrEqual(99)
  expect(await took(() => wait(130))).toBeGreaterThanOrEqual(199)
})

test.each([
  ['transferId', { ...transfer(), transferId: '' }],
  ['amount.amount', { ...transfer(), amount: { amount: 0, currency: 'CNY' } }],
  ['amount.currency', { ...transfer(), amount: { amount: 1, currency: 'YUAN' } }],
  ['payer.id', { ...transfer(), payer: {} }],
  ['payee.name', transfer({ payee: { name: 'a\u0000b' } })],
  ['payee.name', transfer({ payee: { name: ' ' } })],
  ['payee.nickname', transfer({ payee: { nickname: 'x'.repeat(201) } })],
  ['payee.since', transfer({ payee: { since: 'lately' } })],
  ['payee.renamedAt', transfer({ payee: { renamedAt: '2999-01-01T00:00:00Z' } })],
  ['payee.reported', transfer({ payee: { reported: 'yes' } })],
  ['payee.secret', transfer({ payee: { secret: 1 } })],
])('bad input is refused, naming %s', async (field, body) => {
  const { status, body: problem } = await app.send('POST', '/v1/payer/transfers/check', body)
  expect(status).toBe(422)
  expect(problem.errors.map((error: Json) => error.field)).toContain(field)
})

test('answers that are none, and transfers that are none', async () => {
  const { transferId } = await check()
  for (const body of [{}, { answer: '' }, { answer: 5 }, { answer: 'x'.repeat(201) }, { answer: '\u0000' }])
    expect((await app.send('POST', `/v1/payer/transfers/${transferId}/name`, body)).status).toBe(422)
  for (const id of ['nothing', "'%20OR%201=1", '%00'])
    for (const [method, path] of [['POST', `${id}/name`], ['GET', id]] as const)
      expect((await app.send(method, `/v1/payer/transfers/${path}`, method === 'POST' ? { answer: '子龙' } : undefined)).status).toBe(404)
})

test('only the payment app’s key may ask', async () => {
  for (const browser of [createBrowser(running.url), running.riskEngine(), await running.as('agent-one')]) {
    const expected = browser.cookie === undefined && browser !== undefined ? [401, 403] : [401]
    for (const [method, path] of [['POST', 'check'], ['POST', 't-1/name'], ['GET', 't-1']] as const)
      expect(expected).toContain((await browser.send(method, `/v1/payer/transfers/${path}`, method === 'POST' ? {} : undefined)).status)
  }
})
