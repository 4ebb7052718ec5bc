import fs from 'node:fs'
import path from 'node:path'
import { JournalDamaged } from '../../simulator/journal'
import { openStore } from '../../simulator/store'
import { createWorld, eventually, ours, type World } from './world'

const li = '+8613800000001'
let world: World
beforeEach(async () => {
  world = await createWorld({ speed: 10 })
})
afterEach(() => world.close())

const status = async (sid: string) => (await world.client.calls(sid).fetch()).status
const becomes = (sid: string, wanted: string) => eventually(async () => (await status(sid)) === wanted, `call to be ${wanted}`)
const place = (more: object = {}) =>
  world.client.calls.create({
    to: li,
    from: ours,
    twiml: '<Response><Pause length="600"/></Response>',
    statusCallback: `${world.product.url}/status`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    ...more,
  })
const journal = () => path.join(world.dataDir, 'simulator.journal')

it('goes on with a call that was ringing, without a second ring', async () => {
  await world.persona(li, { persona: 'answers', answersAfterSeconds: 20 })
  const { sid } = await place()
  await becomes(sid, 'ringing')
  await world.restart()
  await becomes(sid, 'in-progress')
  expect(await world.get(`/sim/phones/${li}/rings`)).toHaveLength(1)
  await eventually(() => world.product.to('/status').length >= 3, 'the callbacks')
  expect(world.product.to('/status').filter((h) => h.fields.CallStatus === 'ringing').length).toBeLessThanOrEqual(2)
})

it('rings out a call whose timeout passed while nothing ran', async () => {
  await world.persona(li, { persona: 'no-answer' })
  const { sid } = await place({ timeout: 5 })
  await becomes(sid, 'ringing')
  await world.restart()
  await becomes(sid, 'no-answer')
})

it('keeps calls that waited in the queue', async () => {
  await world.restart({ callsPerSecond: 0.5 })
  const waiting = []
  for (let i = 1; i <= 3; i++) waiting.push(await place({ to: `+861380000000${i}` }))
  await world.restart({ callsPerSecond: 100 })
  for (const { sid } of waiting) await becomes(sid, 'in-progress')
  for (let i = 1; i <= 3; i++) expect(await world.get(`/sim/phones/+861380000000${i}/rings`)).toHaveLength(1)
})

it('ends a talk that was cut off, with its callbacks and the end of its conference', async () => {
  world.product.twiml('/voice', '<Dial><Conference statusCallback="/conf" statusCallbackEvent="start end join leave">room</Conference></Dial>')
  await world.patient(li, '+8613800000002')
  const a = await place({ twiml: undefined, url: `${world.product.url}/voice` })
  const b = await place({ to: '+8613800000002', twiml: undefined, url: `${world.product.url}/voice` })
  await eventually(async () => (await world.client.conferences.list({ status: 'in-progress' })).length === 1, 'the conference')
  await world.restart()
  expect([await status(a.sid), await status(b.sid)]).toEqual(['completed', 'completed'])
  await eventually(() => world.product.to('/status').filter((h) => h.fields.CallStatus === 'completed').length === 2, 'the callbacks')
  await eventually(() => world.product.to('/conf').some((h) => h.fields.StatusCallbackEvent === 'conference-end'), 'the end')
  expect(world.product.to('/conf').filter((h) => h.fields.StatusCallbackEvent === 'participant-leave')).toHaveLength(2)
  expect(await world.client.conferences.list({ status: 'in-progress' })).toEqual([])
})

it('sends after the restart what it had not sent before', async () => {
  await world.send('PUT', '/sim/faults', { delayCallbacksMs: 60_000 })
  const { sid } = await place({ twiml: '<Response><Hangup/></Response>' })
  await becomes(sid, 'completed')
  expect(world.product.to('/status')).toHaveLength(0)
  await world.restart()
  await eventually(() => world.product.to('/status').length === 4, 'the callbacks')
  expect(new Set(world.product.to('/status').map((h) => h.fields.SequenceNumber))).toEqual(new Set(['0', '1', '2', '3']))
})

it('keeps personas, faults, rings, transcripts, messages and the ledger', async () => {
  await world.persona(li, { persona: 'hangs-up', patienceSeconds: 7 })
  await world.send('PUT', '/sim/faults', { repeatCallbacks: 0.25 })
  const { sid } = await place()
  await becomes(sid, 'completed')
  await world.client.messages.create({ to: li, from: ours, body: 'hello' })
  const hold = { paymentId: 'p', payerId: 'a', amount: { amount: 5, currency: 'CNY' }, caseId: 'c' }
  const held = await world.funds('PUT', '/holds/h', hold)
  await world.send('PUT', '/sim/faults', { repeatCallbacks: 0.25, fundsPending: 1, fundsConfirmationDelayMs: 60_000 })
  await world.funds('PUT', '/freezes/f', { paymentId: 'p', caseId: 'c' })
  const look = async () => [
    await world.get(`/sim/phones/${li}`),
    (await world.get('/sim/faults')).faults,
    await world.get(`/sim/phones/${li}/rings`),
    await world.get(`/sim/phones/${li}/calls`),
    await world.get(`/sim/phones/${li}/messages`),
    await world.get('/sim/ledger/payments/p'),
  ]
  const before = await look()
  await world.restart()
  expect(await look()).toEqual(before)
  expect((await world.funds('PUT', '/holds/h', hold)).body).toEqual(held.body)
  expect((await world.funds('GET', '/freezes/f')).body.status).toBe('pending')
})

it('confirms after the restart what was pending before', async () => {
  await world.send('PUT', '/sim/faults', { fundsPending: 1, fundsConfirmationDelayMs: 300 })
  await world.funds('PUT', '/holds/h', { paymentId: 'p', payerId: 'a', amount: { amount: 5, currency: 'CNY' }, caseId: 'c' })
  await world.restart()
  await eventually(() => world.product.to('/confirmations').length > 0, 'the confirmation')
  expect(await world.get('/sim/ledger/payments/p')).toMatchObject({ state: 'held' })
})

it('cuts off a line that a kill tore, and keeps everything before it', async () => {
  const { sid } = await place()
  await becomes(sid, 'in-progress')
  await world.restart({}, () => fs.appendFileSync(journal(), '[["calls","CA1",{"sid":"CA'))
  expect(await status(sid)).toBe('completed')
  await world.restart()
  expect(await status(sid)).toBe('completed')
})

it('refuses to start from a journal that is damaged in the middle', () => {
  const directory = fs.mkdtempSync(path.join(world.dataDir, 'damaged-'))
  fs.writeFileSync(path.join(directory, 'simulator.journal'), '[["a","1",1]]\nnonsense\n[["a","2",2]]\n')
  expect(() => openStore(directory)).toThrow(JournalDamaged)
})

it('shortens a long history to its sum without losing a row', async () => {
  const directory = fs.mkdtempSync(path.join(world.dataDir, 'long-'))
  const file = path.join(directory, 'simulator.journal')
  const first = openStore(directory)
  const rows = first.table<number>('rows')
  for (let i = 0; i < 25_000; i++) rows.put(`k${i % 100}`, i)
  await first.close()
  const long = fs.statSync(file).size
  const second = openStore(directory)
  second.table<number>('rows').put('new', -1)
  await second.close()
  expect(fs.statSync(file).size).toBeLessThan(long / 50)
  const third = openStore(directory)
  expect([...third.table<number>('rows').values()]).toEqual([...Array.from({ length: 100 }, (_, i) => 24_900 + i), -1])
  await third.close()
})

it('undoes in memory what did not reach the journal', () => {
  const store = openStore(fs.mkdtempSync(path.join(world.dataDir, 'undo-')))
  const rows = store.table<number>('rows')
  rows.put('a', 1)
  expect(() =>
    store.together(() => {
      rows.put('a', 2)
      rows.put('b', 3)
      throw new Error('No')
    }),
  ).toThrow('No')
  expect([rows.get('a'), rows.get('b')]).toEqual([1, undefined])
})
