import pg from 'pg'
import { reserveAgent } from '../../records/matching'
import { answerOffer } from '../../records/offers'
import { setPresence } from '../../records/presence'
import { transact } from '../../records/database'
import { appendEvents } from '../../records/timeline'
import type { Browser } from './browser'
import { eventually } from './eventually'
import type { EventReader } from './events'
import { caseHeldBy, flag, offerTo, openCase, sendHome } from './flags'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let agent: Browser
const readers: EventReader[] = []

async function listen(browser = agent): Promise<EventReader> {
  const reader = await browser.events('/v1/desk/events')
  readers.push(reader)
  return reader
}

beforeAll(async () => {
  running = await startApi()
  agent = await running.as('agent-one')
})
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close()
  await sendHome(running.db)
})
afterAll(() => running.stop())

describe('on connecting, a desk is told its present state', () => {
  it('at rest: presence alone', async () => {
    const events = await listen()
    expect(await events.next('presence')).toMatchObject({ status: 'offline', caseId: null, offer: null, next: 'available' })
    await setPresence(running.db, 'agent-one', { status: 'break', reason: 'lunch' })
    await events.next('presence', ({ reason }) => reason === 'lunch')
    expect(new Set(events.received.map(({ event }) => event))).toEqual(new Set(['presence']))
  })

  it('with an offer: what an agent must know before accepting, names masked', async () => {
    const opened = await openCase(running.db)
    const offerId = await offerTo(running.db, 'agent-one', opened)
    const events = await listen()
    expect(await events.next('presence')).toMatchObject({ status: 'offered', offer: { offerId } })
    const offer = await events.next('offer')
    expect(offer).toMatchObject({
      offerId,
      caseId: opened.caseId,
      payer: { name: '李**', locale: 'zh-CN', securityLevel: 'medium' },
      payments: [
        { paymentId: opened.paymentId, amount: { amount: 758_700, currency: 'CNY' }, score: 82, reasons: ['4x the usual amount'], method: 'quick_payment' },
      ],
      mode: 'agent_first',
    })
    expect(Date.parse(offer.expiresAt) - Date.now()).toBeGreaterThan(5_000)
    expect(JSON.stringify(events.received)).not.toMatch(/李先生|13800000001/)
    expect(events.received.some(({ event }) => event === 'case')).toBe(false)
  })

  it('with a case in hand: the whole case and the call', async () => {
    const held = await caseHeldBy(running.db, 'agent-one')
    await running.db.attempt.create({
      data: { id: `${held.caseId}.1`, caseId: held.caseId, number: 1, phone: '+8613800000001', mode: 'agent_first', agentId: 'agent-one', status: 'ringing' },
    })
    const events = await listen()
    expect(await events.next('case')).toMatchObject({ caseId: held.caseId, payer: { name: '李先生', phones: ['+8613800000001'] }, attempts: [{ number: 1 }] })
    expect(await events.next('call')).toMatchObject({ caseId: held.caseId, number: 1, phone: '+86138****0001', status: 'ringing', held: false })
  })
})

describe('then it is told what changes', () => {
  it('an offer that comes, is accepted, and becomes a case', async () => {
    const opened = await openCase(running.db)
    const events = await listen()
    await events.next('presence')
    const offerId = await offerTo(running.db, 'agent-one', opened)
    await events.next('offer', (offer) => offer.offerId === offerId)
    const { status, body } = await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)
    expect(status).toBe(200)
    expect(body.offer.offerId).toBe(offerId)
    expect(body.case).toMatchObject({ caseId: opened.caseId, agent: { id: 'agent-one' }, payer: { name: '李先生' } })
    await events.next('presence', (presence) => presence.status === 'busy' && presence.offer === null)
    expect(await events.next('case')).toMatchObject({ caseId: opened.caseId })
  })

  it('the call, as it rings, is put on hold and ends', async () => {
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    const events = await listen()
    await events.next('case')
    const id = `${caseId}.1`
    await running.db.attempt.create({ data: { id, caseId, number: 1, phone: '+8613800000001', mode: 'agent_first' } })
    await events.next('call', ({ status }) => status === 'intended')
    await running.db.attempt.update({ where: { id }, data: { status: 'in_progress', answeredAt: new Date() } })
    await events.next('call', ({ status }) => status === 'in_progress')
    await transact(running.db, (tx) => appendEvents(tx, caseId, [{ type: 'payer_held', actor: 'agent:agent-one', data: { attemptId: id } }]))
    await events.next('call', ({ held }) => held)
    await running.db.attempt.update({ where: { id }, data: { status: 'ended', outcome: 'contact', endedAt: new Date() } })
    await events.next('call', ({ status, held }) => status === 'ended' && !held)
  })

  it('changes of others’ cases are not its business', async () => {
    await caseHeldBy(running.db, 'agent-one')
    const events = await listen()
    await events.next('case')
    const before = events.received.length
    await sendHomeOne('agent-two')
    await caseHeldBy(running.db, 'agent-two')
    await transact(running.db, (tx) => tx.presence.update({ where: { userId: 'agent-one' }, data: { reason: 'end of the wait' } }))
    await events.next('presence', ({ reason }) => reason === 'end of the wait')
    expect(events.received.length).toBe(before + 1)
  })
})

async function sendHomeOne(userId: string): Promise<void> {
  await running.db.presence.updateMany({ where: { userId }, data: { status: 'offline', caseId: null } })
}

it('after a lost connection to PostgreSQL everybody gets the present state again', async () => {
  const events = await listen()
  await events.next('presence')
  await cutListeners(running.configuration.database.url)
  await events.next('presence')
  await setPresence(running.db, 'agent-one', { status: 'break', reason: 'after the cut' })
  expect(await events.next('presence', ({ reason }) => reason === 'after the cut')).toBeTruthy()
})

async function cutListeners(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'risk-callback live'`)
  await client.end()
}

it('the answer to a question over the stream is a sign of life', async () => {
  await setPresence(running.db, 'agent-one', { status: 'available' })
  const { heardAt: before } = await running.db.presence.findUniqueOrThrow({ where: { userId: 'agent-one' } })
  expect((await agent.send('POST', '/v1/desk/pulse')).status).toBe(204)
  const { heardAt } = await running.db.presence.findUniqueOrThrow({ where: { userId: 'agent-one' } })
  expect(heardAt!.getTime()).toBeGreaterThan(before?.getTime() ?? 0)
})

it('an open stream keeps the lease, a closed one lets it go soon', async () => {
  await setPresence(running.db, 'agent-one', { status: 'available' })
  await running.db.presence.update({ where: { userId: 'agent-one' }, data: { leaseUntil: new Date(Date.now() + 1_000) } })
  const events = await listen()
  await events.next('presence')
  const lease = async () => (await running.db.presence.findUniqueOrThrow({ where: { userId: 'agent-one' } })).leaseUntil.getTime() - Date.now()
  expect(await lease()).toBeGreaterThan(25_000)
  events.close()
  await eventually(async () => (await lease()) < 13_000)
})

it('signing out elsewhere ends the stream at its next heartbeat', async () => {
  const browser = await running.as('agent-two')
  const events = await listen(browser)
  await events.next('presence')
  await browser.send('DELETE', '/v1/session')
  await events.ended
})

it('of several answers to an offer exactly one wins', async () => {
  const opened = await openCase(running.db)
  const offerId = await offerTo(running.db, 'agent-one', opened)
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => agent.send('POST', `/v1/desk/offers/${offerId}/accept`)),
    ...Array.from({ length: 4 }, () => agent.send('POST', `/v1/desk/offers/${offerId}/decline`, { reason: 'busy hands' })),
  ])
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status < 300)).toHaveLength(1)
  expect(statuses.filter((status) => status === 409)).toHaveLength(7)
})

it('an offer whose time is up is answered with 409', async () => {
  const opened = await openCase(running.db)
  const offerId = await offerTo(running.db, 'agent-one', opened)
  await running.db.offer.update({ where: { id: offerId }, data: { expiresAt: new Date(Date.now() - 1) } })
  const { status, body } = await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)
  expect([status, body.type]).toEqual([409, '/problems/conflict'])
})

it('whoever becomes available gets the most urgent case that waits, and none that nobody carries', async () => {
  // Recorded and looked for, but without a workflow: it only seems to wait.
  const abandoned = await openCase(running.db, { risk: { score: 100 } })
  const { body: carried } = await running.riskEngine().send('POST', '/v1/flagged-payments', flag({ risk: { score: 20 } }))
  for (const caseId of [abandoned.caseId, carried.caseId])
    await reserveAgent(running.db, { caseId, policyVersion: abandoned.policyVersion, fresh: true, intent: 'seek' })
  const { body } = await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
  expect(body).toMatchObject({ status: 'offered', offer: { caseId: carried.caseId } })
  expect(await running.db.riskCase.findUnique({ where: { id: abandoned.caseId } })).toMatchObject({ waitingSince: null })
  await answerOffer(running.db, { offerId: body.offer.offerId, agentId: 'agent-one', accepted: false })
})
