import { signature } from '../../simulator/webhooks/signature'
import { connectionOverrides } from '../../simulator/webhooks/overrides'
import { createWorld, eventually, ours, type World } from './world'

const li = '+8613800000001'
let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const all = ['initiated', 'ringing', 'answered', 'completed']
const place = (fragment = '', events?: string[]) =>
  world.client.calls.create({
    to: li,
    from: ours,
    twiml: '<Response><Hangup/></Response>',
    statusCallback: `${world.product.url}/status?a=1${fragment}`,
    statusCallbackEvent: events,
  })
const over = (sid: string) => eventually(async () => (await world.client.calls(sid).fetch()).endTime, 'the end')
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const faults = (body: object) => world.send('PUT', '/sim/faults', body)

it("signs as Twilio's published example does", () => {
  const fields = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' }
  expect(signature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
})

it('reads connection overrides, ignoring what is out of range', () => {
  const { url, overrides } = connectionOverrides('https://a.test/x?y=1#rc=5&rp=4xx,5xx&ct=50&rt=2000&tt=9000')
  expect(url).toBe('https://a.test/x?y=1')
  expect({ ...overrides, retryOn: [...overrides.retryOn] }).toEqual({ connectMs: 5_000, readMs: 2_000, totalMs: 9_000, retries: 5, retryOn: ['4xx', '5xx'] })
  expect([...connectionOverrides('https://a.test/').overrides.retryOn]).toEqual(['ct'])
})

it('sends the completed event alone when no events were asked for, without the fragment in the URL', async () => {
  const call = await place('#rc=5&rp=all')
  await over(call.sid)
  await eventually(() => world.product.to('/status').length === 1, 'the callback')
  const [hit] = world.product.to('/status')
  expect([hit!.path, hit!.signed, hit!.fields.CallStatus, hit!.fields.SequenceNumber]).toEqual(['/status?a=1', true, 'completed', '0'])
})

it('does not retry an answer of 500 unless the URL asks for it', async () => {
  world.product.reply('/status', { status: 500 })
  await over((await place()).sid)
  await pause(400)
  expect(world.product.to('/status')).toHaveLength(1)
  await over((await place('#rc=3&rp=5xx')).sid)
  await eventually(() => world.product.to('/status').length === 5, 'three retries')
  const tokens = world.product
    .to('/status')
    .slice(1)
    .map((h) => h.headers['i-twilio-idempotency-token'])
  expect(new Set(tokens).size).toBe(1)
})

it('stops retrying at the first 2xx, and after the read timeout tries again', async () => {
  let count = 0
  world.product.reply('/status', () => (++count === 1 ? { hang: true } : { status: 204 }))
  await over((await place('#rc=5&rp=rt&rt=1000')).sid)
  await eventually(() => count === 2, 'one retry')
  await pause(1_300)
  expect(count).toBe(2)
})

it('drops, repeats and delays callbacks as it is told', async () => {
  await faults({ dropCallbacks: 1 })
  await over((await place('', all)).sid)
  await pause(100)
  expect(world.product.to('/status')).toHaveLength(0)
  await faults({ repeatCallbacks: true })
  await over((await place('', ['completed'])).sid)
  await eventually(() => world.product.to('/status').length === 2, 'the repeat')
  await faults({ delayCallbacksMs: 300 })
  const start = Date.now()
  await over((await place('', ['completed'])).sid)
  await eventually(() => world.product.to('/status').length === 3, 'the late one')
  expect(Date.now() - start).toBeGreaterThanOrEqual(300)
})

it('lets later callbacks overtake earlier ones when it is told to', async () => {
  await faults({ reorderCallbacks: 1 })
  for (let i = 0; i < 4; i++) await over((await place('', all)).sid)
  await eventually(() => world.product.to('/status').length === 16, 'all callbacks')
  const hits = world.product.to('/status')
  const orders = [...new Set(hits.map((h) => h.fields.CallSid))].map((sid) =>
    hits
      .filter((h) => h.fields.CallSid === sid)
      .map((h) => h.fields.SequenceNumber)
      .join(''),
  )
  expect(orders.some((order) => order !== '0123')).toBe(true)
})

it('fails the API as it is told: before, after, or without an answer', async () => {
  const outcome = () =>
    world.client.calls.create({ to: li, from: ours, twiml: '<Response/>' }).then(
      () => 'created',
      (e: { status?: number; code?: number | string }) => e.status ?? e.code,
    )
  const calls = async () => {
    await world.send('DELETE', '/sim/faults')
    return (await world.client.calls.list()).length
  }
  await faults({ answer429: 1 })
  expect([await outcome(), await calls()]).toEqual([429, 0])
  await faults({ answer500: 1 })
  expect([await outcome(), await calls()]).toEqual([500, 0])
  await faults({ hangBeforeAccepting: 1, hangMs: 50 })
  expect([await outcome(), await calls()]).toEqual(['ECONNRESET', 0])
  await faults({ answer500AfterAccepting: 1 })
  expect([await outcome(), await calls()]).toEqual([500, 1])
  await faults({ hang: 1, hangMs: 50 })
  expect([await outcome(), await calls()]).toEqual(['ECONNRESET', 2])
})

it('refuses faults that it does not know, naming them, and explains those that it does', async () => {
  const answer = await faults({ dropCallbacks: 0.5, dropEverything: 1 })
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.body.errors).toEqual([{ field: 'dropEverything', message: 'is not known here' }])
  expect((await faults({ dropCallbacks: 2 })).status).toBe(422)
  const shown = await world.get('/sim/faults')
  expect(shown.faults).toEqual({})
  expect(shown.meanings.hang).toMatch(/never answered/)
})

it('asks the fallback URL when the voice URL fails, and apologises when both do', async () => {
  world.product.reply('/voice', { status: 503 })
  world.product.twiml('/fallback', '<Say>Plan B</Say>')
  const wish = { to: li, from: ours, url: `${world.product.url}/voice` }
  const saved = await world.client.calls.create({ ...wish, fallbackUrl: `${world.product.url}/fallback` })
  await over(saved.sid)
  expect(world.product.to('/fallback')[0]!.fields).toMatchObject({ ErrorCode: '11200', ErrorUrl: `${world.product.url}/voice`, CallSid: saved.sid })
  const lost = await world.client.calls.create(wish)
  await over(lost.sid)
  expect((await world.client.calls(lost.sid).fetch()).status).toBe('completed')
  expect((await world.get(`/sim/calls/${lost.sid}`)).transcript.map((l: { text: string }) => l.text)).toContainEqual(
    expect.stringContaining('application error'),
  )
  expect((await world.get('/sim/alerts')).at(-1)).toMatchObject({ code: 11200, callSid: lost.sid })
})
