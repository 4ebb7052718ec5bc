import { rateLimits } from '../../api/rateLimits'
import { createBrowser } from './browser'
import { password, startApi, type RunningApi } from './startApi'

let running: RunningApi

beforeAll(async () => {
  running = await startApi({ limits: { rates: { ...rateLimits, calls: 40, refused: 12, signInsPerAccount: 3, signInsPerAddress: 8, callQuestions: 4, visitsPerAddress: 5 } }, environment: { TRUSTED_PROXIES: '1' } })
})
afterAll(() => running.stop())

/** Somebody at an address of their own. */
const at = (address: string, headers: Record<string, string> = {}) => createBrowser(running.url, { 'x-forwarded-for': address, ...headers })

it('guessing one account’s password from one address is stopped, others there are not', async () => {
  const guesser = at('198.51.100.1')
  const guess = () => guesser.send('POST', '/v1/session', { email: 'agent-one@demo.example', password: 'guess' })
  for (let n = 0; n < 3; n++) expect((await guess()).status).toBe(401)
  const { status, headers, body } = await guess()
  expect(status).toBe(429)
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(60)
  expect(body).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
  const right = await guesser.send('POST', '/v1/session', { email: ' AGENT-one@demo.example', password })
  expect(right.status).toBe(429)
  expect((await guesser.send('POST', '/v1/session', { email: 'agent-two@demo.example', password })).status).toBe(200)
  expect((await at('198.51.100.2').send('POST', '/v1/session', { email: 'agent-one@demo.example', password })).status).toBe(200)
})

it('guessing through many accounts from one address is stopped', async () => {
  const guesser = at('198.51.100.3')
  const statuses: number[] = []
  for (let n = 0; n < 10; n++) statuses.push((await guesser.send('POST', '/v1/session', { email: `somebody-${n}@demo.example`, password: 'guess' })).status)
  expect(statuses).toEqual([...Array(8).fill(401), 429, 429])
})

it('signing in rightly, again and again, is not', async () => {
  for (let n = 0; n < 6; n++) expect((await at('198.51.100.4').send('POST', '/v1/session', { email: 'agent-two@demo.example', password })).status).toBe(200)
})

it('trying API keys from one address is stopped', async () => {
  const statuses: number[] = []
  for (let n = 0; n < 14; n++) statuses.push((await at('198.51.100.5', { authorization: `Bearer rck_guess_${n}` }).send('GET', '/v1/cases')).status)
  expect(statuses).toEqual([...Array(12).fill(401), 429, 429])
})

it('a caller that asks too much waits, while others and health are served', async () => {
  const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await running.riskEngine().send('GET', '/v1/cases?limit=1')).status))
  expect(statuses.filter((status) => status === 200)).toHaveLength(40)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
  expect((await at('198.51.100.6').send('GET', '/v1/session')).status).toBe(200)
  expect((await running.riskEngine().send('GET', '/healthz')).status).toBe(200)
})

it('many at the same moment with a right credential are served', async () => {
  const agent = await running.as('agent-two')
  const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await agent.send('GET', '/v1/session')).status))
  expect(new Set(statuses)).toEqual(new Set([200]))
})

it('questions about one payer’s calls are counted by payer, those of people without an account by address and by number', async () => {
  const admin = await running.as('admin-one')
  const { body } = await admin.send('POST', '/v1/admin/api-keys', { name: 'app of the limits', scopes: ['payer'] })
  const app = at('198.51.100.9', { authorization: `Bearer ${body.key}` })
  const ask = async (payerId: string) => (await app.send('GET', `/v1/payer/calls?payerId=${payerId}`)).status
  for (let n = 0; n < 4; n++) expect(await ask('payer-a')).toBe(200)
  expect([await ask('payer-a'), await ask('payer-b')]).toEqual([429, 200])

  const ring = async (address: string, phone: string) => (await at(address).send('POST', '/v1/visitors/calls/ring-back', { phone })).status
  const number = '+8613800000077'
  expect(await Promise.all([1, 2, 3].map((n) => ring(`198.51.100.1${n}`, number)))).toEqual([202, 202, 202])
  expect(await ring('198.51.100.14', number)).toBe(429)
  const another = await Promise.all([1, 2, 3, 4, 5].map((n) => ring('198.51.100.15', `+861380000008${n}`)))
  expect([another, await ring('198.51.100.15', '+8613800000089')]).toEqual([[202, 202, 202, 202, 202], 429])
})
