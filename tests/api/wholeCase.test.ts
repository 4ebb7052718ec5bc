import { flaggedPaymentSchema } from '../../domain/flag'
import { recordFlag } from '../../records/flags'
import { startStack, type Stack } from '../support/stack'
import { createBrowser, signIn, type Browser } from './browser'
import type { EventReader } from './events'
import { eventually } from './eventually'
import { flag } from './flags'

let stack: Stack
let engine: Browser
let agent: Browser
let events: EventReader

beforeAll(async () => {
  stack = await startStack()
  engine = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` })
  agent = await signIn(stack.api.url, 'agent.one@demo.example', stack.secrets.password)
  events = await agent.events('/v1/desk/events')
})
afterAll(async () => {
  events?.close()
  await stack.stop()
})

it('goes from a flag over HTTP to money that the ledger has confirmed, seen by its agent all the way', async () => {
  await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
  const body = flag()
  const flagged = await engine.send('POST', '/v1/flagged-payments', body)
  expect(flagged.status).toBe(202)
  const { caseId } = flagged.body

  const { offerId } = await events.next('offer', (offer) => offer.caseId === caseId)
  expect((await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)).status).toBe(200)
  await events.next('call', (call) => call.caseId === caseId && call.status === 'in_progress')
  expect((await agent.send('GET', `/v1/desk/cases/${caseId}`)).body).toMatchObject({ caseId, payer: { name: '李先生' } })

  const verdict = { verdicts: [{ paymentId: body.paymentId, verdict: 'scam', scamType: 'romance', notes: 'met online' }] }
  const given = await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict)
  expect([given.status, given.body]).toEqual([200, { verdicts: [{ paymentId: body.paymentId, verdict: 'scam', effect: 'taken' }] }])
  expect((await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict)).status).toBe(409)
  await agent.send('POST', `/v1/desk/cases/${caseId}/hang-up`)

  await eventually(async () => (await engine.send('GET', `/v1/cases/${caseId}`)).body.status === 'closed', 20_000)
  const { body: closed } = await engine.send('GET', `/v1/cases/${caseId}`)
  expect(closed).toMatchObject({
    outcome: 'scam',
    payments: [{ verdict: 'scam', scamType: 'romance', verdictNotes: 'met online', decision: 'final', fundsState: 'frozen' }],
    verdicts: [{ verdict: 'scam', by: 'agent:agent-one' }],
  })
  expect(closed.moneyActions.find(({ kind }: { kind: string }) => kind === 'freeze')).toMatchObject({ status: 'confirmed' })
  const { body: timeline } = await engine.send('GET', `/v1/cases/${caseId}/timeline`)
  const types = timeline.events.map(({ type }: { type: string }) => type)
  for (const type of ['payment_flagged', 'offer_made', 'offer_accepted', 'attempt_intended', 'verdict_recorded', 'money_confirmed', 'case_closed']) expect(types).toContain(type)
  expect((await engine.send('POST', '/v1/flagged-payments', body)).status).toBe(200)
  expect((await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict)).status).toBe(409)
})

it('takes a verdict on a payment that joined while Temporal was away, and refuses one of another case', async () => {
  await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
  const body = flag()
  const { caseId } = (await engine.send('POST', '/v1/flagged-payments', body)).body
  const { offerId } = await events.next('offer', (offer) => offer.caseId === caseId)
  await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)
  const joined = flag({ payer: body.payer })
  await recordFlag(stack.db, flaggedPaymentSchema.parse(joined), { callsPerSecond: 1 })
  // Too young for recovery, for ever.
  await stack.db.flaggedPayment.update({ where: { id: joined.paymentId }, data: { flaggedAt: new Date(Date.now() + 3_600_000) } })

  const give = (...paymentIds: string[]) =>
    agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, { verdicts: paymentIds.map((paymentId) => ({ paymentId, verdict: 'not_owner' })) })
  expect((await give(body.paymentId, 'pay-of-somebody-else')).status).toBe(422)
  const { status, body: taken } = await give(body.paymentId, joined.paymentId)
  expect([status, taken.verdicts]).toEqual([200, [body, joined].map(({ paymentId }) => ({ paymentId, verdict: 'not_owner', effect: 'taken' }))])
  expect(await stack.db.flaggedPayment.count({ where: { id: joined.paymentId, acknowledgedAt: null } })).toBe(0)
})
