import { Webhook } from 'standardwebhooks'
import { createWorld, eventually, webhookSecret, type World } from './world'

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

it('knows neither the token nor the payment of others', async () => {
  expect((await world.send('PUT', '/funds/holds/h1', hold)).status).toBe(401)
  expect((await world.send('PUT', '/funds/holds/h1', hold, { authorization: 'Bearer wrong' })).status).toBe(401)
  expect((await world.funds('GET', '/holds/h1')).status).toBe(404)
  const unknown = await world.send('GET', '/sim/ledger/payments/none')
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')])
})

it.each([
  ['a negative amount', { amount: { amount: -1, currency: 'CNY' } }, 'amount.amount'],
  ['a fraction', { amount: { amount: 1.5, currency: 'CNY' } }, 'amount.amount'],
  ['no currency', { amount: { amount: 1 } }, 'amount.currency'],
  ['a field too many', { bonus: 1 }, 'bonus'],
  ['no payer', { payerId: undefined }, 'payerId'],
])('refuses %s, naming the field', async (_what, change, field) => {
  const answer = await world.funds('PUT', '/holds/h1', { ...hold, ...change })
  expect(answer.status).toBe(422)
  expect(answer.body.errors.map((e: { field: string }) => e.field)).toEqual([field])
})

describe('what the company pays and gets back', () => {
  const amount = { amount: 500_00, currency: 'CNY' }
  const paid = { ...why, payerId: 'li-1001', amount }
  const back = { ...why, from: 'payer', accountId: 'li-1001', amount }

  it('pays an advance once, for a payment that it never held, and gets it back', async () => {
    const first = await world.funds('PUT', '/advances/a1', paid)
    expect(first.body).toMatchObject({ status: 'confirmed', kind: 'advance', state: 'none' })
    expect((await world.funds('PUT', '/advances/a1', paid)).body).toEqual(first.body)
    expect((await world.funds('PUT', '/advances/a1', { ...paid, payerId: 'other' })).status).toBe(409)
    expect(await world.get('/sim/ledger/accounts/company')).toMatchObject({ balances: { CNY: -500_00 } })
    expect(await world.get('/sim/ledger/payments/pay-1')).toMatchObject({ state: 'elsewhere', entries: [{ kind: 'advance' }] })
    expect((await world.funds('PUT', '/recoveries/r1', back)).body).toMatchObject({ status: 'confirmed' })
    expect(await world.get('/sim/ledger/accounts/company')).toMatchObject({ balances: { CNY: 0 } })
    expect(await world.get('/sim/ledger/balance')).toMatchObject({ balanced: true })
  })

  it('leaves the payment’s own money where it is', async () => {
    await world.funds('PUT', '/holds/h1', hold)
    await world.funds('PUT', '/releases/r1', why)
    expect((await world.funds('PUT', '/compensations/c1', paid)).body).toMatchObject({ status: 'confirmed', state: 'released' })
    expect((await world.funds('PUT', '/recoveries/b1', { ...back, from: 'payee', accountId: 'shop' })).body).toMatchObject({ status: 'confirmed' })
    expect(await world.get('/sim/ledger/accounts/payee:shop')).toMatchObject({ balances: { CNY: 758_700 - 500_00 } })
    expect(await world.get('/sim/ledger/payments/pay-1')).toMatchObject({ state: 'released' })
    expect(await world.get('/sim/ledger/balance')).toMatchObject({ balanced: true })
  })

  it('never gets back more than it paid', async () => {
    expect((await world.funds('PUT', '/recoveries/r1', back)).body).toMatchObject({ status: 'refused', reason: expect.any(String) })
    await world.funds('PUT', '/advances/a1', paid)
    expect((await world.funds('PUT', '/recoveries/r2', { ...back, amount: { amount: 500_01, currency: 'CNY' } })).status).toBe(422)
    await world.funds('PUT', '/recoveries/r3', back)
    expect((await world.funds('PUT', '/recoveries/r4', back)).body).toMatchObject({ status: 'refused' })
  })
})

it('restricts an account', async () => {
  const body = { ...why, accountId: 'li-1001' }
  expect((await world.funds('PUT', '/restrictions/x', body)).body).toMatchObject({ status: 'confirmed', state: 'restricted', kind: 'restriction' })
  expect(await world.get('/sim/ledger/accounts/li-1001')).toMatchObject({ restricted: true })
  expect(await world.get('/sim/ledger/accounts/payer:li-1001')).toMatchObject({ restricted: true })
  expect(await world.get('/sim/ledger/accounts/li-1002')).toEqual({ id: 'li-1002', restricted: false, balances: {} })
})

it('confirms later with a signed message, again and again until it is taken', async () => {
  let refusals = 2
  world.product.reply('/confirmations', () => ({ status: refusals-- > 0 ? 503 : 204 }))
  await world.send('PUT', '/sim/faults', { fundsPending: 1, fundsConfirmationDelayMs: 2_000 })
  expect((await world.funds('PUT', '/holds/h1', hold)).body).toMatchObject({ status: 'pending', state: 'held', entryId: null })
  expect(await world.get('/sim/ledger/payments/pay-1')).toMatchObject({ state: 'pending', entries: [] })
  await world.send('DELETE', '/sim/faults')
  // What follows a pending entry waits for it.
  expect((await world.funds('PUT', '/releases/r1', why)).body).toMatchObject({ status: 'pending', state: 'released' })

  const told = await eventually(() => {
    const hits = world.product.to('/confirmations')
    return hits.length >= 4 && hits
  }, 'the confirmations')
  const messages = told.map(
    (hit) => new Webhook(webhookSecret).verify(hit.body, hit.headers as Record<string, string>) as { type: string; data: { kind: string; status: string } },
  )
  expect(new Set(messages.map((m) => `${m.type} ${m.data.kind} ${m.data.status}`))).toEqual(
    new Set(['ledger.confirmed hold confirmed', 'ledger.confirmed release confirmed']),
  )
  expect(new Set(told.map((h) => h.headers['webhook-id'])).size).toBe(2)
  expect((await world.funds('GET', '/holds/h1')).body).toMatchObject({ status: 'confirmed', entryId: expect.any(String) })
  expect(await world.get('/sim/ledger/payments/pay-1')).toMatchObject({ state: 'released', entries: [{ kind: 'hold' }, { kind: 'release' }] })
})

it('fails as it is told, and a repeat finds what was done', async () => {
  await world.send('PUT', '/sim/faults', { fundsAnswer500: 1 })
  expect((await world.funds('PUT', '/holds/h1', hold)).status).toBe(500)
  await world.send('PUT', '/sim/faults', { fundsAnswer500AfterAccepting: 1 })
  expect((await world.funds('PUT', '/holds/h1', hold)).status).toBe(500)
  await world.send('PUT', '/sim/faults', { fundsHang: 1, hangMs: 50 })
  await expect(world.funds('PUT', '/freezes/f1', why)).rejects.toThrow()
  await world.send('DELETE', '/sim/faults')
  expect((await world.funds('PUT', '/freezes/f1', why)).body).toMatchObject({ status: 'confirmed', state: 'frozen' })
  expect((await world.get('/sim/ledger/payments/pay-1')).entries).toHaveLength(2)
})
