import { createServerClock } from '../../dashboard/src/api/clock'

test('a desktop clock that is minutes off is corrected to a fraction of a second after some answers', () => {
  const serverAhead = 187_340
  let local = 1_000_000_000
  const clock = createServerClock(() => local)
  for (let answer = 0; answer < 40; answer++) {
    local += 1_037
    const sentAt = local
    local += 20
    const header = new Date(Math.floor((local - 10 + serverAhead) / 1_000) * 1_000).toUTCString()
    clock.observe(sentAt, local, header)
  }
  expect(Math.abs(clock.now() - (local + serverAhead))).toBeLessThan(120)
})

test('without an answer yet the local clock counts', () => {
  expect(createServerClock(() => 5).now()).toBe(5)
})

test('a clock that was set in between is found out', () => {
  let local = 0
  const clock = createServerClock(() => local)
  clock.observe(0, 0, new Date(100_000).toUTCString())
  local = 50_000
  clock.observe(local, local, new Date(900_000).toUTCString())
  expect(clock.now()).toBeGreaterThanOrEqual(900_000)
})

test('an answer without a date changes nothing', () => {
  const clock = createServerClock(() => 7)
  clock.observe(0, 1, null)
  expect(clock.now()).toBe(7)
})
