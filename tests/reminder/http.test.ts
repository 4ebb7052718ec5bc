import { randomUUID } from 'node:crypto'
import { defaultPolicy } from '../../domain/policy'
import { createBrowser, signIn, type Browser, type Json } from '../api/browser'
import type { EventReader } from '../api/events'
import { eventually } from '../api/eventually'
import { flag, postFlag } from '../support/flag'
import { startStack, type Stack } from '../support/stack'

jest.setTimeout(90_000)

const phone = '+8613800000002'
let stack: Stack
let app: Browser
let agent: Browser
let events: EventReader

beforeAll(async () => {
  const answerReminder = { ...defaultPolicy.answerReminder, buttonSeconds: 4, coolingOffSeconds: 1, refuseAboveAmount: 900_000_000 }
  stack = await startStack({ policy: { answerReminder, wrapUpSeconds: 1 } })
  app = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.payerKey}` })
  agent = await signIn(stack.api.url, 'agent.one@demo.example', stack.secrets.password)
  events = await agent.events('/v1/desk/events')
  await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
}, 60_000)
afterAll(async () => {
  events?.close()
  await stack.stop()
})

/** Mr Zhang's 190,000 yuan to somebody whom he has never met. */
const payment = (changes: object = {}) => ({
  paymentId: `pay-${randomUUID()}`,
  amount: { amount: 19_000_000, currency: 'CNY' },
  method: 'transfer',
  payer: { id: `zhang-${randomUUID()}`, name: '张先生', phones: [phone], locale: 'zh-CN', security: { realNameVerified: true, phoneBound: true } },
  payee: { id: 'goddess-520', name: '小仙女', known: false },
  ...changes,
})
const at = (paymentId: string, rest = '') => `/v1/payer/payments/${paymentId}${rest}`
const ask = async (body: { paymentId: string }): Promise<Json> => (await app.send('POST', '/v1/payer/payments', body)).body
const read = async (paymentId: string): Promise<Json> => (await app.send('GET', at(paymentId))).body
const ledger = async (paymentId: string): Promise<Json> => (await fetch(`${stack.simulator.url}/sim/ledger/payments/${paymentId}`)).json()
const takeOffer = async (caseId: string): Promise<Json> => {
  const offer = await events.next('offer', (one) => one.caseId === caseId)
  expect((await agent.send('POST', `/v1/desk/offers/${offer.offerId}/accept`)).status).toBe(200)
  return offer
}
const decided = async (paymentId: string) => {
  await eventually(async () => (await read(paymentId)).phase === 'final', 30_000)
  return read(paymentId)
}

it('pauses a risky payment; the payer asks for help by chat, the agent names the scam, and the money goes back', async () => {
  const body = payment()
  const paused = await ask(body)
  expect(paused).toMatchObject({ decision: 'paused', phase: 'button', button: { channels: ['voice', 'chat'] }, ending: null })
  expect(paused.reasons.map(({ id }: Json) => id)).toEqual(expect.arrayContaining(['payee_new', 'amount_large']))
  const { caseId } = paused

  expect((await app.send('POST', at(body.paymentId, '/help'), { channel: 'chat' })).status).toBe(200)
  const offer = await takeOffer(caseId)
  expect(offer).toMatchObject({ kind: 'answer_reminder', channel: 'chat', payments: [{ amount: { amount: 19_000_000 } }], payer: { name: '张**' } })
  await app.send('POST', at(body.paymentId, '/messages'), { text: '她说要买机票来看我' })
  expect((await agent.send('POST', `/v1/desk/cases/${caseId}/messages`, { text: '您见过她本人吗？' })).status).toBe(201)
  expect((await app.send('GET', at(body.paymentId, '/messages'))).body.messages.map(({ by }: Json) => by)).toEqual(['payer', 'agent'])
  expect(await read(body.paymentId)).toMatchObject({ phase: 'help', funds: 'held', agent: { name: 'Agent' } })
  expect((await agent.send('GET', `/v1/desk/cases/${caseId}`)).body).toMatchObject({ kind: 'answer_reminder', check: { payee: { name: '小仙女' }, fundsState: 'held' } })

  const talked = await agent.send('POST', `/v1/desk/cases/${caseId}/talk`, { outcome: 'cancelled', scamType: 'romance' })
  expect([talked.status, talked.body]).toEqual([200, { outcome: 'cancelled', score: 95, calledAgain: false }])
  expect(await decided(body.paymentId)).toMatchObject({ decision: 'cancelled', ending: 'cancelled_by_payer', scamType: 'romance', funds: 'refunded', button: null })
  expect(await ledger(body.paymentId)).toMatchObject({ state: 'refunded' })
  expect((await app.send('POST', at(body.paymentId, '/confirm'), { warningAcknowledged: true })).status).toBe(409)
  expect((await agent.send('POST', `/v1/desk/cases/${caseId}/talk`, { outcome: 'goes_on' })).status).toBeGreaterThanOrEqual(403)

  const { body: timeline } = await createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` }).send('GET', `/v1/cases/${caseId}/timeline`)
  expect(timeline.events.map(({ type }: Json) => type)).toEqual(expect.arrayContaining(['payment_paused', 'help_pressed', 'message_written', 'reminder_talk', 'reminder_fate', 'money_confirmed', 'case_closed']))
  expect(JSON.stringify(timeline)).not.toMatch(/机票|小仙女/)
})

it('the payer calls in with the code, and is with an agent before ordinary cases', async () => {
  await eventually(async () => (await agent.send('PUT', '/v1/desk/presence', { status: 'available' })).body.status === 'available')
  const body = payment()
  const { caseId } = await ask(body)
  const { body: help } = await app.send('POST', at(body.paymentId, '/help'), { channel: 'voice' })
  expect(help.call).toMatchObject({ number: stack.configuration.telephony.fromNumber, code: expect.stringMatching(/^\d{6}$/) })

  await sim('PUT', `/phones/${phone}`, { persona: 'answers', presses: [help.call.code], patienceSeconds: 3_600, says: ['喂'] })
  await sim('POST', `/phones/${phone}/calls`, { to: help.call.number })
  const offer = await takeOffer(caseId)
  expect(offer).toMatchObject({ kind: 'answer_reminder', channel: 'voice', mode: 'inbound' })
  await events.next('call', (call) => call.caseId === caseId && call.contactAt !== null)
  const talked = await agent.send('POST', `/v1/desk/cases/${caseId}/talk`, { outcome: 'goes_on' })
  expect(talked.body).toMatchObject({ calledAgain: false })
  await agent.send('POST', `/v1/desk/cases/${caseId}/hang-up`)

  await eventually(async () => (await read(body.paymentId)).phase === 'confirming', 30_000)
  expect((await app.send('POST', at(body.paymentId, '/confirm'), { warningAcknowledged: true })).status).toBe(200)
  expect(await decided(body.paymentId)).toMatchObject({ decision: 'pay', ending: 'confirmed_by_payer', funds: 'released' })
  expect(await ledger(body.paymentId)).toMatchObject({ state: 'released' })
})

it('somebody whom the payer trusts answers by the link that they were sent, and decides nothing', async () => {
  await eventually(async () => (await agent.send('PUT', '/v1/desk/presence', { status: 'available' })).body.status === 'available')
  const body = payment()
  const { caseId } = await ask(body)
  await app.send('POST', at(body.paymentId, '/help'), { channel: 'chat' })
  await takeOffer(caseId)
  const trustedContact = { name: '张先生的姐姐', phone: '+8613800000078' }
  expect((await agent.send('POST', `/v1/desk/cases/${caseId}/talk`, { outcome: 'trusted_contact', trustedContact })).status).toBe(200)
  const inbox = `${stack.simulator.url}/sim/phones/${trustedContact.phone}/messages`
  let text = ''
  await eventually(async () => (text = await (await fetch(inbox)).text()).includes('/ask/trusted#'))
  expect(text).not.toMatch(/张先生|190000|19000000/)
  const link = /#([\w-]+)/.exec(text)?.[1]

  const visitor = createBrowser(stack.api.url)
  const answer = async (says: object) => (await visitor.send('POST', '/v1/visitors/trusted-answers', { link, ...says })).status
  expect([await answer({ answer: 'knows_it' }), await answer({ answer: 'advises_against' }), await answer({ answer: 'advises_against' })]).toEqual([204, 204, 204])
  expect([await answer({ answer: 'go on' }), await answer({ answer: 'knows_it', link: 'x'.repeat(43) })]).toEqual([422, 404])
  expect(await read(body.paymentId)).toMatchObject({ decision: 'paused', trustedAnswer: 'advises_against' })
  const answered = await stack.db.caseEvent.findMany({ where: { caseId, type: 'trusted_contact_answered' }, orderBy: { id: 'asc' } })
  expect(answered.map(({ actor, data }) => [actor, (data as Json).answer])).toEqual([
    ['trusted-contact', 'knows_it'],
    ['trusted-contact', 'advises_against'],
  ])
  await app.send('POST', at(body.paymentId, '/cancel'))
  await decided(body.paymentId)
  expect(await answer({ answer: 'knows_it' })).toBe(404)
})

it('nobody presses the button: it cools off, and a question that waits survives a lost connection', async () => {
  const body = payment({ risk: { score: 65, rules: [{ id: 'r1', reason: 'unusual' }] } })
  let view = await ask(body)
  // The connection is lost in the middle of the answer that it waited for.
  const lost = new AbortController()
  const waiting = fetch(`${stack.api.url}${at(body.paymentId)}?wait=30&after=${view.version}`, { headers: { authorization: `Bearer ${stack.secrets.payerKey}` }, signal: lost.signal })
  lost.abort()
  await expect(waiting).rejects.toThrow()
  const seen: string[] = [view.phase]
  for (let turns = 0; view.phase !== 'confirming' && turns < 40; turns++) {
    view = (await app.send('GET', `${at(body.paymentId)}?wait=30&after=${view.version}`)).body
    seen.push(view.phase)
  }
  expect([...new Set(seen)]).toEqual(['button', 'waiting', 'confirming'])
  await app.send('POST', at(body.paymentId, '/cancel'))
  expect(await decided(body.paymentId)).toMatchObject({ decision: 'cancelled', ending: 'cancelled_by_payer' })
})

it('an answer of the ledger that was lost moves nothing twice', async () => {
  await sim('PUT', '/faults', { fundsAnswer500AfterAccepting: 1 })
  const body = payment({ risk: { score: 65 } })
  await ask(body)
  await app.send('POST', at(body.paymentId, '/cancel'))
  await eventually(async () => (await ledger(body.paymentId)).state === 'held')
  await sim('PUT', '/faults', {})
  expect(await decided(body.paymentId)).toMatchObject({ funds: 'refunded' })
  const { entries } = await ledger(body.paymentId)
  expect(entries.map(({ kind }: Json) => kind)).toEqual(['hold', 'refund'])
})

it('lets an ordinary payment go at once, answers the same again, and refuses another body', async () => {
  const body = payment({ risk: { score: 10 } })
  expect(await ask(body)).toMatchObject({ decision: 'pay', phase: 'final', ending: 'low_risk', caseId: null, button: null, funds: 'none' })
  expect(await ask(body)).toMatchObject({ decision: 'pay', version: 1 })
  expect((await app.send('POST', '/v1/payer/payments', { ...body, method: 'other' })).status).toBe(409)
  expect((await app.send('POST', at(body.paymentId, '/help'), { channel: 'chat' })).status).toBe(409)
  const paused = payment()
  const [one, other] = await Promise.all([ask(paused), ask(paused)])
  expect(one.checkId).toBe(other.checkId)
  // One case alone decides about a payment's money.
  const flagged = await postFlag(stack.api.url, stack.secrets.riskEngineKey, flag(paused.paymentId))
  expect([flagged.status, await flagged.text()]).toEqual([409, expect.stringContaining('Answer Reminder')])
  await app.send('POST', at(paused.paymentId, '/cancel'))
})

test.each<[string, string, string, unknown, number, string | undefined]>([
  ['no amount', 'POST', '/v1/payer/payments', { ...payment(), amount: { amount: 0, currency: 'CNY' } }, 422, 'amount.amount'],
  ['no such time zone', 'POST', '/v1/payer/payments', { ...payment(), payer: { ...payment().payer, timeZone: 'Mars/Base' } }, 422, 'payer.timeZone'],
  ['an unknown field', 'POST', '/v1/payer/payments', { ...payment(), hello: 1 }, 422, 'hello'],
  ['no such payment', 'GET', '/v1/payer/payments/nobody', undefined, 404, undefined],
  ['help for no such payment', 'POST', '/v1/payer/payments/nobody/help', { channel: 'chat' }, 404, undefined],
  ['help by letter', 'POST', '/v1/payer/payments/nobody/help', { channel: 'letter' }, 422, 'channel'],
  ['a warning not read', 'POST', '/v1/payer/payments/nobody/confirm', { warningAcknowledged: false }, 422, 'warningAcknowledged'],
  ['an empty message', 'POST', '/v1/payer/payments/nobody/messages', { text: ' ' }, 422, 'text'],
  ['waiting too long', 'GET', '/v1/payer/payments/nobody?wait=99', undefined, 422, 'wait'],
])('%s', async (_, method, path, body, status, field) => {
  const answer = await app.send(method, path, body)
  expect([answer.status, answer.body.errors?.[0].field]).toEqual([status, field])
})

test.each([
  ['POST', '/v1/payer/payments'],
  ['GET', '/v1/payer/payments/p'],
  ['POST', '/v1/payer/payments/p/help'],
  ['POST', '/v1/payer/payments/p/cancel'],
  ['POST', '/v1/payer/payments/p/confirm'],
  ['GET', '/v1/payer/payments/p/messages'],
  ['POST', '/v1/payer/payments/p/messages'],
])('%s %s is for the scope payer alone', async (method, path) => {
  const engine = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` })
  expect((await engine.send(method, path, method === 'GET' ? undefined : {})).status).toBe(403)
  expect((await agent.send(method, path, method === 'GET' ? undefined : {})).status).toBe(401)
})

it('compliance changes the playbook, others do not, and a tree that leads nowhere is refused', async () => {
  const compliance = await signIn(stack.api.url, 'compliance.one@demo.example', stack.secrets.password)
  const { version, body } = (await agent.send('GET', '/v1/playbook')).body
  expect((await agent.send('POST', '/v1/playbook', { basedOn: version, body })).status).toBe(403)
  const circle = structuredClone(body)
  circle.questions[1].answers[0] = { say: circle.questions[1].answers[0].say, next: circle.start }
  expect((await compliance.send('POST', '/v1/playbook', { basedOn: version, body: circle })).status).toBe(422)
  const changed = { ...body, questions: body.questions.map((question: Json) => ({ ...question, answers: question.answers.filter(({ scam }: Json) => scam !== 'rental') })) }
  const forecast = await compliance.send('POST', '/v1/playbook/forecast', { basedOn: version, body: changed })
  expect(forecast.body).toEqual({ talks: expect.any(Number), unreachable: ['rental'] })
  const lost = { ...body, questions: body.questions.map((question: Json, place: number) => (place === 0 ? { ...question, answers: question.answers.with(4, { say: question.answers[4].say }) } : question)) }
  expect((await compliance.send('POST', '/v1/playbook/forecast', { basedOn: version, body: lost })).body.errors).toMatchObject([{ field: 'body.questions.0.answers.4' }])
  expect((await agent.send('POST', '/v1/playbook/forecast', { basedOn: version, body })).status).toBe(403)
  expect((await compliance.send('POST', '/v1/playbook', { basedOn: version, body })).status).toBe(201)
  expect((await compliance.send('POST', '/v1/playbook', { basedOn: version, body })).status).toBe(409)
  expect((await compliance.send('POST', '/v1/playbook/forecast', { basedOn: version, body })).status).toBe(409)
  expect((await agent.send('GET', '/v1/playbook')).body.version).toBe(version + 1)
  expect((await compliance.send('GET', '/v1/playbook/versions')).body.versions).toMatchObject([{ version: version + 1, createdByName: expect.any(String), body: { start: body.start } }])
})

async function sim(method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${stack.simulator.url}/sim${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`)
}
