import { createWorld, type World } from './world'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const hold = { paymentId: 'pay-1', payerId: 'li-1001', payeeId: 'shop', amount: { amount: 758_700, currency: 'CNY' }, caseId: 'case-1' }
const why = { paymentId: 'pay-1', caseId: 'case-1', reason: 'the owner confirmed', actor: 'agent-1' }

it('holds and releases a payment, and answers a repeated key the same', async () => {
  const held = await world.funds('PUT', '/holds/h1', hold)
  expect(held).toMatchObject({ status: 200, body: { status: 'confirmed', state: 'held', kind: 'hold' } })
  expect((await world.funds('PUT', '/holds/h1', hold)).body).toEqual(held.body)
  expect((await world.funds('PUT', '/releases/r1', why)).body).toMatchObject({ status: 'confirmed', state: 'released' })
  expect(await world.get('/sim/ledger/payments/pay-1')).toMatchObject({ state: 'released', entries: [{ kind: 'hold' }, { kind: 'release' }] })
  expect(await world.get('/sim/ledger/accounts/payee:shop')).toMatchObject({ balances: { CNY: 758_700 } })
  expect(await world.get('/sim/ledger/balance')).toMatchObject({ balanced: true })
})

it('refuses what the state does not allow, and another body under a known key', async () => {
  await world.funds('PUT', '/holds/h1', hold)
  expect((await world.funds('PUT', '/holds/h2', hold)).body).toMatchObject({ status: 'refused', state: 'held' })
  expect((await world.funds('PUT', '/holds/h1', { ...hold, payerId: 'other' })).status).toBe(409)
  await world.funds('PUT', '/freezes/f1', why)
  expect(await world.funds('PUT', '/freezes/f2', why)).toMatchObject({ status: 422, body: { status: 'refused', reason: expect.any(String) } })
  expect((await world.funds('PUT', '/refunds/x1', why)).body).toMatchObject({ status: 'confirmed', state: 'refunded' })
})
