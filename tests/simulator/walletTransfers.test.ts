import { createWorld, type World } from './world'

let world: World
let mayGo = false
beforeAll(async () => {
  world = await createWorld()
  answers('/v1/payer/transfers/check', () => ({ decision: 'name_required', payee: { name: null, masked: '赵**' }, warnings: [] }))
  answers('/v1/payer/payments', ({ paymentId }) => ({ paymentId, version: 1, decision: 'pay', phase: 'final', ending: 'low_risk' }))
})
afterAll(() => world.close())

const li = '/sim/wallet/people/li-1001'
const wanted = { payeeId: 'zhao-5005', amount: 500_000, locale: 'zh-CN' }

/** What the product says. */
function answers(path: string, says: (body: Record<string, unknown>) => object): void {
  world.product.reply(path, ({ body }) => ({ type: 'application/json', body: JSON.stringify(says(body ? (JSON.parse(body) as Record<string, unknown>) : {})) }))
}

/** @returns the id under which the product was asked */
async function begin(): Promise<string> {
  const begun = await world.send('POST', `${li}/transfers`, wanted)
  expect([begun.status, begun.body.payee]).toEqual([200, { name: null, masked: '赵**' }])
  const asked = JSON.parse(world.product.to('/v1/payer/transfers/check').at(-1)!.body) as { transferId: string; payee: { name: string } }
  expect(asked).toMatchObject({ payer: { id: 'li-1001', realNameVerified: true }, payee: { id: 'zhao-5005', name: '赵子龙', nickname: '子龙' } })
  return asked.transferId
}

it('lets no money go before the product does, and lets it go once', async () => {
  const before = await world.get(li)
  const transferId = await begin()
  answers(`/v1/payer/transfers/${transferId}/name`, ({ answer }) => ({ result: answer === '子龙' ? 'right' : 'wrong' }))
  answers(`/v1/payer/transfers/${transferId}`, () => ({ mayGo }))
  const path = `${li}/transfers/${transferId}`
  expect((await world.send('POST', `${path}/name`, { answer: '子龙' })).body.result).toBe('right')
  expect((await world.send('POST', `${path}/sending`, {})).status).toBe(409)
  expect((await world.get(li)).balance).toBe(before.balance)
  mayGo = true
  const sent = await Promise.all([1, 2].map(() => world.send('POST', `${path}/sending`, {})))
  sent.push(await world.send('POST', `${path}/sending`, {}))
  expect(new Set(sent.map(({ body }) => body.paymentId)).size).toBe(1)
  const after = await world.get(li)
  expect([after.balance, after.payments.length]).toEqual([before.balance - 500_000, 1])
})

it('shows contacts by nickname only, and refuses transfers to nobody, of nothing, and those of others', async () => {
  const contacts = (await world.get(`${li}/contacts`)) as { id: string }[]
  expect(contacts).toContainEqual({ id: 'zhao-5005', nickname: '子龙' })
  expect(contacts.map(({ id }) => id)).not.toContain('li-1001')
  expect(JSON.stringify(contacts)).not.toContain('赵子龙')
  const refusals = await Promise.all(
    [{ payeeId: 'nobody' }, { payeeId: 'li-1001' }, { amount: 0 }, { locale: 'xx' }].map((wrong) =>
      world.send('POST', `${li}/transfers`, { ...wanted, ...wrong }),
    ),
  )
  expect(refusals.map(({ status }) => status)).toEqual([404, 404, 422, 422])
  const transferId = await begin()
  expect((await world.send('POST', `/sim/wallet/people/wang-3003/transfers/${transferId}/sending`, {})).status).toBe(404)
  expect((await world.send('POST', `/sim/wallet/people/wang-3003/transfers/${transferId}/name`, { answer: 'x' })).status).toBe(404)
})
