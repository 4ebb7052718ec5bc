import { createWorld, eventually, ours, type World } from './world'

let world: World
afterEach(() => world.close())

const phone = (i: number) => `+861380000${String(1_000 + i)}`

it('lets calls out at the calls per second that were bought, and says how long each waited', async () => {
  // Slow enough that a busy machine, on which the requests arrive one by one, changes little.
  world = await createWorld({ callsPerSecond: 2 })
  const calls = await Promise.all(
    Array.from({ length: 6 }, (_, i) => world.client.calls.create({ to: phone(i), from: ours, twiml: '<Response><Hangup/></Response>' })),
  )
  expect(new Set(calls.map((c) => c.status))).toEqual(new Set(['queued']))
  const expected = calls.map((c) => Number(c.queueTime)).sort((a, b) => a - b)
  expect(expected.at(-1)).toBeGreaterThan(500)

  const rung = await eventually(async () => {
    const rings = (await Promise.all(calls.map((c) => world.get(`/sim/phones/${c.to}/rings`)))).flat() as { at: string }[]
    return rings.length < 6 ? undefined : rings.map((r) => Date.parse(r.at)).sort((a, b) => a - b)
  }, 'six rings')
  expect(rung.at(-1)! - rung[0]!).toBeGreaterThanOrEqual(2_400)
  const waited = await Promise.all(calls.map(async (c) => Number((await world.client.calls(c.sid).fetch()).queueTime)))
  expect(Math.max(...waited)).toBeGreaterThanOrEqual(650)
})

it('counts participants created over REST, but neither Dial legs nor browsers', async () => {
  world = await createWorld({ callsPerSecond: 0.2 })
  const participant = await world.client.conferences('room').participants.create({ to: phone(1), from: ours })
  const second = await world.client.conferences('room').participants.create({ to: phone(2), from: ours })
  expect([Number(participant.queueTime) < 2_500, Number(second.queueTime) > 2_500]).toEqual([true, true])
  world.product.twiml('/inbound', `<Dial>${phone(4)}</Dial>`)
  await world.send('POST', `/sim/phones/${phone(3)}/calls`, { to: ours })
  await eventually(async () => (await world.get(`/sim/phones/${phone(4)}/rings`)).length === 1, 'the Dial leg')
  expect(await world.get(`/sim/phones/${phone(2)}/rings`)).toEqual([])
})

it('sends no callback for a call that is cancelled while it waits', async () => {
  world = await createWorld({ callsPerSecond: 0.5 })
  const wish = { from: ours, twiml: '<Response/>', statusCallback: `${world.product.url}/status` }
  await world.client.calls.create({ ...wish, to: phone(1) })
  const waiting = await world.client.calls.create({ ...wish, to: phone(2) })
  expect((await world.client.calls(waiting.sid).update({ status: 'canceled' })).status).toBe('canceled')
  await eventually(() => world.product.to('/status').length === 1, 'the first call to end')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(world.product.to('/status').map((h) => h.fields.To)).toEqual([phone(1)])
  expect(await world.get(`/sim/phones/${phone(2)}/rings`)).toEqual([])
})
