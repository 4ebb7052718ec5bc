import { startStack, type Stack } from '../support/stack'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test('the whole product runs in one process, for tests', async () => {
  const ready = await fetch(`${stack.api.url}/readyz`)
  expect(await ready.json()).toMatchObject({ status: expect.any(String) })
  expect(ready.status).toBe(200)
  expect((await fetch(`${stack.simulator.url}/healthz`)).status).toBe(200)
})
