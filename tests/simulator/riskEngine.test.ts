import { Webhook } from 'standardwebhooks'
import { createWorld, webhookSecret, type World } from './world'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const event = (id: string, caseId: string) => ({
  specversion: '1.0',
  id,
  source: '/risk-callback',
  type: 'case.decided',
  time: '2026-11-22T00:00:00Z',
  data: { caseId },
})
const send = (body: object, { secret = webhookSecret, at = new Date() } = {}) => {
  const text = JSON.stringify(body)
  const signature = new Webhook(secret).sign('msg_1', at, text)
  return world.send('POST', '/sim/risk-engine/events', body, {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  })
}

it('keeps signed events and finds them by case', async () => {
  expect((await send(event('e1', 'case-1'))).status).toBe(204)
  await send(event('e2', 'case-2'))
  expect(await world.get('/sim/risk-engine/events?caseId=case-2')).toEqual([
    { receivedAt: expect.any(String), webhookId: 'msg_1', event: event('e2', 'case-2') },
  ])
  expect(await world.get('/sim/risk-engine/events')).toHaveLength(2)
})

it('refuses a wrong signature, an old one, and what is no CloudEvent', async () => {
  expect((await send(event('e1', 'c'), { secret: `whsec_${Buffer.from('another').toString('base64')}` })).status).toBe(401)
  expect((await send(event('e1', 'c'), { at: new Date(Date.now() - 3_600_000) })).status).toBe(401)
  expect((await send({ hello: 'world' })).status).toBe(422)
  await world.send('PUT', '/sim/faults', { eventsAnswer500: 1 })
  expect((await send(event('e1', 'c'))).status).toBe(500)
  expect(await world.get('/sim/risk-engine/events')).toEqual([])
})
