import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { createBrowser, signIn, type Browser, type Json } from '../api/browser'
import type { EventReader } from '../api/events'
import { eventually } from '../api/eventually'
import { flag } from '../api/flags'
import { startStack, type Stack } from '../support/stack'

jest.setTimeout(90_000)

const phone = '+8613800000001'
let stack: Stack
let app: Browser
let agent: Browser
let visitor: Browser
let events: EventReader

beforeAll(async () => {
  // Nobody picks up: it rings for half a minute of ours.
  stack = await startStack({ policy: { ringSeconds: 600 } })
  app = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.payerKey}` })
  visitor = createBrowser(stack.api.url)
  agent = await signIn(stack.api.url, 'agent.one@demo.example', stack.secrets.password)
  events = await agent.events('/v1/desk/events')
  await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
}, 60_000)
afterAll(async () => {
  events?.close()
  await stack.stop()
})

const ask = async (query: string): Promise<Json> => (await app.send('GET', `/v1/payer/calls?${query}`)).body
const sim = (method: string, path: string, body?: object) =>
  fetch(`${stack.simulator.url}/sim${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })

it('tells before, during and after a call whether it is us, with the words that the agent says first', async () => {
  await sim('PUT', `/phones/${phone}`, { persona: 'manual' })
  const body = flag({ payerId: 'li-1001' })
  expect(await ask('payerId=li-1001')).toMatchObject({ answer: 'not_us', passPhrase: null, agentName: null })
  const engine = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` })
  const { caseId } = (await engine.send('POST', '/v1/flagged-payments', body)).body
  const { offerId } = await events.next('offer', (offer) => offer.caseId === caseId)
  expect(await ask('payerId=li-1001')).toMatchObject({ answer: 'will_call' })
  await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)

  const ringing = await events.next('call', (call) => call.caseId === caseId && call.status === 'ringing')
  const said = await ask(`phone=${encodeURIComponent(phone)}`)
  expect(said).toMatchObject({ answer: 'calling_now', agentName: 'Agent', source: 'live', passPhrase: ringing.passPhrase })
  expect(said.passPhrase).toMatch(/^\S+ \S+$/)
  await eventually(async () => {
    const heard = (await (await sim('GET', `/risk-engine/events?caseId=${caseId}`)).json()) as Json[]
    return heard.some(({ event }) => event.type === 'risk-callback.call.announced' && event.data.passPhrase === said.passPhrase && event.data.payerId === 'li-1001')
  })

  const { keys } = (await app.send('GET', '/v1/payer/calls/keys')).body as { keys: JsonWebKey[] }
  const [head, claims, signature] = said.signed.split('.')
  const key = createPublicKey({ key: keys[0]!, format: 'jwk' })
  expect(verify(null, Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ sub: phone, answer: 'calling_now', passPhrase: said.passPhrase })

  // Whoever holds the ringing phone, without an account: only the words that were said prove anything.
  const check = async (words: string, number = phone) => (await visitor.send('POST', '/v1/visitors/calls/check', { phone: number, words })).body.answer
  const spoken = ` ${said.passPhrase.toUpperCase().replace(' ', '')} `
  expect(await Promise.all([check(spoken), check('nothing alike'), check(said.passPhrase, '+8613800000099')])).toEqual(['confirmed', 'not_confirmed', 'not_confirmed'])
  await stack.worker!.stop()
  expect(await Promise.all([check(said.passPhrase), check('nothing alike')])).toEqual(['cannot_say', 'not_confirmed'])
  await stack.startWorker()
  const rung = await Promise.all([phone, '+8613800000099'].map((number) => visitor.send('POST', '/v1/visitors/calls/ring-back', { phone: number })))
  expect(rung.map(({ status, body: told }) => [status, told])).toEqual([[202, ''], [202, '']])
  expect(await stack.db.caseEvent.findMany({ where: { caseId, type: 'payer_called' } })).toHaveLength(1)

  await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, { verdicts: [{ paymentId: body.paymentId, verdict: 'not_owner' }] })
  await agent.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await eventually(async () => (await ask('payerId=li-1001')).answer === 'ended', 30_000)
  expect(await ask('payerId=li-1001')).toMatchObject({ passPhrase: null, agentName: null, source: 'records' })
  expect((await app.send('POST', '/v1/payer/calls', { phone })).status).toBe(409)
})

it('tells nobody about strangers, and only the payments company’s app anything', async () => {
  expect(await ask('payerId=nobody')).toMatchObject({ answer: 'not_us' })
  for (const query of ['', 'payerId=a&phone=%2B8613800000001', 'phone=110']) expect((await app.send('GET', `/v1/payer/calls?${query}`)).status).toBe(422)
  const engine = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` })
  for (const path of ['/v1/payer/calls?payerId=a', '/v1/payer/calls/keys']) expect((await engine.send('GET', path)).status).toBe(403)
  expect((await app.send('POST', '/v1/payer/calls', { phone: 'x' })).status).toBe(422)
})
