import { createPulse } from '../../api/desk/pulse'
import { eventually } from './eventually'

/** A browser that answers as long as it is there, with so many milliseconds between questions. */
function desk({ answers = true, millis = { engaged: 10, idle: 10 } } = {}) {
  let sign: number | undefined
  const seen = { asked: 0, lost: 0, there: answers, away: false }
  const pulse = createPulse({
    millis,
    ask() {
      seen.asked++
      if (seen.there) sign = seen.asked
    },
    lastSign: () => (seen.away ? Promise.reject(new Error('the database is away')) : Promise.resolve(sign)),
    engaged: () => true,
    onLost: () => void seen.lost++,
  })
  return { seen, pulse }
}

/** So many more questions. */
async function asked(seen: { asked: number }, more: number): Promise<void> {
  const enough = seen.asked + more
  await eventually(async () => seen.asked >= enough)
}

test('a browser that stops answering is lost after two questions, and told of once', async () => {
  const { seen } = desk()
  await asked(seen, 5)
  expect(seen.lost).toBe(0)
  seen.there = false
  const before = seen.asked
  await eventually(async () => seen.lost === 1)
  expect(seen.asked - before).toBeLessThanOrEqual(3)
})

test('one that never answers is left alone, and an outage of the database loses nobody', async () => {
  const silent = desk({ answers: false })
  const { seen, pulse } = desk()
  await Promise.all([asked(silent.seen, 5), asked(seen, 3)])
  seen.away = true
  await asked(seen, 5)
  seen.away = false
  await asked(seen, 3)
  expect([silent.seen.lost, seen.lost]).toEqual([0, 0])
  pulse.stop()
  silent.pulse.stop()
})
