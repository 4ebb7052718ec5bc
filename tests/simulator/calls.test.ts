import { createWorld, eventually, ours, type World } from './world'

const li = '+8613800000001'
let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const finished = (sid: string, status: string) => eventually(async () => (await world.client.calls(sid).fetch()).status === status, `call to be ${status}`)

it('rings a phone, asks the voice URL for TwiML, and reports each step in order', async () => {
  world.product.twiml('/voice', '<Say language="zh-CN">您好</Say>')
  const call = await world.client.calls.create({
    to: li,
    from: ours,
    url: `${world.product.url}/voice?case=1`,
    statusCallback: `${world.product.url}/status?attempt=7#rc=5&rp=all`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  })
  expect(call.status).toBe('queued')
  await finished(call.sid, 'completed')
  await eventually(() => world.product.to('/status').length === 4, '4 callbacks')

  expect(world.product.hits.every((h) => h.signed)).toBe(true)
  const steps = world.product.to('/status').map((h) => `${h.fields.SequenceNumber} ${h.fields.CallStatus}`)
  expect(new Set(steps)).toEqual(new Set(['0 initiated', '1 ringing', '2 in-progress', '3 completed']))
  expect(world.product.to('/voice')[0]!.fields).toMatchObject({ CallSid: call.sid, CallStatus: 'in-progress', Direction: 'outbound-api', To: li, From: ours })
  const last = world.product.to('/status').find((h) => h.fields.CallStatus === 'completed')!.fields
  expect(last).toMatchObject({
    CallbackSource: 'call-progress-events',
    CallDuration: expect.stringMatching(/^\d+$/),
    Timestamp: expect.stringMatching(/\+0000$/),
  })
  expect(await world.get(`/sim/phones/${li}/rings`)).toEqual([{ at: expect.any(String), callSid: call.sid }])
  const [phoneCall] = await world.get(`/sim/phones/${li}/calls`)
  expect(phoneCall.transcript.map((l: { text: string }) => l.text)).toContain('您好')
})

it('gathers the keys that the person presses and goes on with the action', async () => {
  await world.persona(li, { persona: 'answers', presses: ['1'] })
  world.product.twiml('/voice', '<Gather numDigits="1" action="/keys" timeout="5"><Say>Press one</Say></Gather><Say>Nothing pressed</Say>')
  world.product.twiml('/keys', '<Say>Thank you</Say><Hangup/>')
  const call = await world.client.calls.create({ to: li, from: ours, url: `${world.product.url}/voice` })
  await finished(call.sid, 'completed')
  expect(world.product.to('/keys')[0]!.fields.Digits).toBe('1')
})

it('joins two calls in a conference, where each hears the other', async () => {
  await world.persona(li, { persona: 'answers', says: ['It was me.'], patienceSeconds: 3_600 })
  world.product.twiml(
    '/voice',
    `<Dial><Conference statusCallback="/conference" statusCallbackEvent="start end join leave" participantLabel="customer" endConferenceOnExit="true">case-1</Conference></Dial>`,
  )
  const call = await world.client.calls.create({ to: li, from: ours, url: `${world.product.url}/voice` })
  await eventually(() => world.product.to('/conference').length === 1, 'the customer to join')
  const agent = '+8613900000001'
  await world.persona(agent, { persona: 'answers', says: [], patienceSeconds: 3_600 })
  await world.client.conferences('case-1').participants.create({ to: agent, from: ours, label: 'agent' })
  await eventually(
    async () => (await world.get(`/sim/phones/${agent}/calls`))[0]?.transcript.some((l: { text: string }) => l.text === 'It was me.'),
    'the agent to hear the customer',
  )
  await world.send('POST', `/sim/calls/${call.sid}/hangup`)
  await eventually(() => world.product.to('/conference').some((h) => h.fields.StatusCallbackEvent === 'conference-end'), 'the end')
  const events = world.product.to('/conference').map((h) => h.fields)
  expect(new Set(events.map((e) => Number(e.SequenceNumber)))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  expect(events.find((e) => e.StatusCallbackEvent === 'conference-end')).toMatchObject({
    ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
    CallSidEndingConference: call.sid,
    FriendlyName: 'case-1',
  })
  expect(world.product.hits.every((h) => h.signed)).toBe(true)
})

it.each([
  ['no-answer', 'no-answer', 1],
  ['busy', 'busy', 0],
  ['rejects', 'busy', 1],
  ['unreachable', 'failed', 0],
  ['hangs-up', 'completed', 1],
  ['voicemail', 'completed', 1],
])('a phone that %s ends the call as %s after %d ring', async (persona, status, rings) => {
  await world.persona(li, { persona })
  const call = await world.client.calls.create({ to: li, from: ours, twiml: '<Response><Say>Hello</Say></Response>', timeout: 10 })
  await finished(call.sid, status)
  expect(await world.get(`/sim/phones/${li}/rings`)).toHaveLength(rings)
})
