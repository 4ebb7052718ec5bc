import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createWorld, type World } from './world'

let world: World
beforeEach(async () => {
  world = await createWorld()
  answers({ decision: 'pay', phase: 'final', ending: 'low_risk' })
})
afterEach(() => world.close())

const li = '/sim/wallet/people/li-1001'
const order = { kind: 'transfer', payee: { id: 'chen-5005', name: '陈某' }, amount: 1_000_000 }

/** What the product says to every payment that the wallet asks about. */
function answers(says: object, status = 200): void {
  world.product.reply('/v1/payer/payments', ({ body }) => ({
    status,
    type: 'application/json',
    body: JSON.stringify({ paymentId: (JSON.parse(body) as { paymentId: string }).paymentId, version: 1, ...says }),
  }))
}

it('pays nothing while the product says wait, nor when it says nothing', async () => {
  const before = await world.get(li)
  answers({ decision: 'paused', phase: 'button', reasons: [] })
  const { paymentId } = (await world.send('POST', `${li}/payments`, order)).body
  expect(world.product.to('/v1/payer/payments')[0]?.headers.authorization).toBe('Bearer the-payer-key')
  answers({ title: 'Away', detail: 'PostgreSQL is away.' }, 503)
  expect((await world.send('POST', `${li}/payments`, order)).status).toBe(503)
  const after = await world.get(li)
  expect(after.payments.map(({ state }: { state: string }) => state)).toEqual(['asking', 'paused'])
  expect(after.balance).toBe(before.balance)

  const view = { paymentId, version: 9, phase: 'final' }
  world.product.reply(`/v1/payer/payments/${paymentId}/cancel`, () => ({ type: 'application/json', body: JSON.stringify({ ...view, decision: 'cancelled', ending: 'cancelled_by_payer' }) }))
  const cancelled = await world.send('POST', `${li}/payments/${paymentId}/cancel`, {})
  expect(cancelled.body.payments[1]).toMatchObject({ state: 'cancelled', check: { ending: 'cancelled_by_payer' } })
  expect((await world.send('POST', `/sim/wallet/people/wang-3003/payments/${paymentId}/cancel`, {})).status).toBe(404)
  expect((await world.send('POST', `${li}/payments/${paymentId}/eat`, {})).status).toBe(404)
})

it('moves a transfer at once and leaves a purchase to be settled, which can still be held', async () => {
  const before = await world.get(li)
  const transfer = await world.send('POST', `${li}/payments`, order)
  expect(transfer.status).toBe(201)
  const purchase = await world.send('POST', `${li}/payments`, { ...order, kind: 'purchase', amount: 758_700 })
  const after = await world.get(li)
  expect(after.balance).toBe(before.balance - 1_758_700)
  expect(after.payments.map(({ state }: { state: string }) => state)).toEqual(['paid', 'released'])
  expect(await world.get(`/sim/ledger/payments/${transfer.body.paymentId}`)).toMatchObject({ state: 'released' })

  const hold = { paymentId: purchase.body.paymentId, payerId: 'li-1001', payeeId: 'chen-5005', amount: { amount: 758_700, currency: 'CNY' }, caseId: 'case-1' }
  await world.send('PUT', '/funds/holds/h1', hold, { authorization: 'Bearer funds-token' })
  const held = await world.get(li)
  expect([held.balance, held.payments[0].state]).toEqual([after.balance, 'held'])
  expect(await world.get('/sim/ledger/balance')).toMatchObject({ balanced: true })
})

it('takes anybody in, and refuses what cannot be paid', async () => {
  const anybody = await world.send('PUT', '/sim/wallet/people/anybody-1', { name: 'Anybody', phone: '+12025550145', locale: 'en', openingBalance: 500 })
  expect([anybody.status, anybody.body.balance]).toEqual([200, 500])
  expect((await world.get('/sim/wallet/people')).map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['li-1001', 'anybody-1']))
  expect((await world.send('POST', '/sim/wallet/people/anybody-1/payments', { ...order, amount: 501 })).status).toBe(409)
  const bad = await world.send('POST', `${li}/payments`, { ...order, amount: -1 })
  expect([bad.status, bad.body.errors[0].field]).toEqual([422, 'amount'])
  expect((await world.send('GET', '/sim/wallet/people/nobody')).status).toBe(404)
})

it('shows its pages under a policy that lets no foreign script in', async () => {
  const page = await world.send('GET', '/wallet/')
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("script-src 'self'")])
  for (const module of ['wallet.js', 'pages.js', 'words.js', 'wallet.css']) expect((await world.send('GET', `/wallet/${module}`)).status).toBe(200)
})

it('says everything in both languages', () => {
  // The page's modules are for browsers, and jest cannot load them.
  const address = pathToFileURL(path.join(__dirname, '../../simulator/wallet/page/words.js')).href
  const program = `const { words } = await import(${JSON.stringify(address)}); console.log(JSON.stringify(words))`
  const words = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })) as Record<'en' | 'zh', Record<string, string>>
  expect(Object.keys(words.zh).sort()).toEqual(Object.keys(words.en).sort())
  expect(Object.values(words.zh).filter((said) => !/\p{Script=Han}/u.test(said))).toEqual([])
})
