import type { Browser, Json } from './browser'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let supervisor: Browser
let compliance: Browser
const path = '/v1/supervision/saved-filters'

beforeAll(async () => {
  running = await startApi()
  supervisor = await running.as('supervisor-one')
  compliance = await running.as('compliance-one')
})
afterAll(() => running.stop())

const names = async (who: Browser) => (await who.send('GET', path)).body.filters.map(({ name }: Json) => name)

test('a search is saved for oneself, changed, shared and forgotten', async () => {
  const filter = { verdict: 'scam', minAmount: '500000', withinDays: '30' }
  const { status, body } = await supervisor.send('POST', path, { name: 'Large scams', filter })
  expect(status).toBe(201)
  expect(body.filters).toEqual([
    { id: expect.any(String), name: 'Large scams', filter, shared: false, owner: { id: 'supervisor-one', name: 'supervisor-one' } },
  ])
  const [{ id }] = body.filters
  expect(await names(compliance)).toEqual([])
  expect((await supervisor.send('PUT', `${path}/${id}`, { name: 'Scams', filter, shared: true })).status).toBe(200)
  expect(await names(compliance)).toEqual(['Scams'])

  expect((await compliance.send('PUT', `${path}/${id}`, { name: 'Mine now', filter })).status).toBe(404)
  expect((await compliance.send('DELETE', `${path}/${id}`)).status).toBe(404)
  expect((await supervisor.send('DELETE', `${path}/${id}`)).status).toBe(204)
  expect(await names(supervisor)).toEqual([])
})

test('two of one person have different names, and only what can be searched is saved', async () => {
  expect((await supervisor.send('POST', path, { name: 'Today', filter: { withinDays: '1' } })).status).toBe(201)
  expect((await supervisor.send('POST', path, { name: 'Today', filter: { withinDays: '1' } })).status).toBe(409)
  expect((await compliance.send('POST', path, { name: 'Today', filter: { withinDays: '1' } })).status).toBe(201)
  for (const [filter, field] of [
    [{ outcome: 'nonsense' }, 'filter.outcome.0'],
    [{ colour: 'red' }, 'filter.colour'],
    [{}, 'filter'],
  ] as const) {
    const { status, body } = await supervisor.send('POST', path, { name: 'Other', filter })
    expect([status, body.errors[0].field]).toEqual([422, field])
  }
  expect((await (await running.as('agent-one')).send('GET', path)).status).toBe(403)
})
