import { createWorld, eventually, ours, type World } from './world'

const li = '+8613800000001'
const agent = '+8613900000001'
let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const waits = '<Response><Pause length="600"/></Response>'
const place = (more: object = {}) => world.client.calls.create({ to: li, from: ours, twiml: waits, ...more })
const becomes = (sid: string, wanted: string) => eventually(async () => (await world.client.calls(sid).fetch()).status === wanted, `call to be ${wanted}`)
const texts = async (sid: string): Promise<string[]> => (await world.get(`/sim/calls/${sid}`)).transcript.map((l: { text: string }) => l.text)

it('answers by default, with nobody having said so', async () => {
  expect(await world.get(`/sim/phones/${li}`)).toMatchObject({ persona: 'answers', answersAfterSeconds: 2, patienceSeconds: 20, presses: [], rings: 0 })
  await becomes((await place()).sid, 'in-progress')
})

it('lets two calls ring and answers the third', async () => {
  await world.persona(li, { persona: 'answers-third' })
  for (const end of ['no-answer', 'no-answer', 'in-progress']) {
    const { sid } = await place({ timeout: 5 })
    await becomes(sid, end)
  }
  expect(await world.get(`/sim/phones/${li}/rings`)).toHaveLength(3)
})

it('rings on for five seconds more than the timeout, as Twilio does', async () => {
  await world.persona(li, { persona: 'answers', answersAfterSeconds: 8 })
  await becomes((await place({ timeout: 5 })).sid, 'in-progress')
  await world.persona('+8613800000002', { persona: 'answers', answersAfterSeconds: 12 })
  await becomes((await place({ to: '+8613800000002', timeout: 5 })).sid, 'no-answer')
})

it('does not answer a second call while talking, and hears it knock', async () => {
  const first = await place()
  await becomes(first.sid, 'in-progress')
  const second = await place({ timeout: 5 })
  await becomes(second.sid, 'no-answer')
  expect(await world.get(`/sim/phones/${li}/rings`)).toHaveLength(2)
  expect((await world.client.calls(first.sid).fetch()).status).toBe('in-progress')
})

it('is driven by hand when it is manual', async () => {
  await world.persona(li, { persona: 'manual' })
  world.product.twiml('/keys', '<Pause length="600"/>')
  const { sid } = await place({ twiml: `<Response><Gather numDigits="2" timeout="60" action="${world.product.url}/keys"/></Response>` })
  await becomes(sid, 'ringing')
  expect(await world.get(`/sim/phones/${li}`)).toMatchObject({ currentCall: { callSid: sid, status: 'ringing' } })
  expect((await world.send('POST', `/sim/calls/${sid}/digits`, { digits: '1' })).status).toBe(409)
  await world.send('POST', `/sim/calls/${sid}/answer`)
  await becomes(sid, 'in-progress')
  await world.send('POST', `/sim/calls/${sid}/digits`, { digits: '12' })
  await eventually(() => world.product.to('/keys')[0]?.fields.Digits === '12', 'the keys')
  await world.send('POST', `/sim/calls/${sid}/say`, { text: '是我' })
  expect(await texts(sid)).toEqual(['12', '是我'])
  await world.send('POST', `/sim/calls/${sid}/hangup`)
  await becomes(sid, 'completed')
  const declined = await place()
  await becomes(declined.sid, 'ringing')
  await world.send('POST', `/sim/calls/${declined.sid}/decline`)
  await becomes(declined.sid, 'busy')
})

it('loses patience alone on hold music, and stays while somebody is there', async () => {
  world.product.twiml('/voice', '<Dial><Conference>room</Conference></Dial>')
  await world.persona(li, { persona: 'answers', patienceSeconds: 5 })
  const alone = await place({ twiml: undefined, url: `${world.product.url}/voice` })
  await becomes(alone.sid, 'completed')

  await world.persona(agent, { persona: 'answers', patienceSeconds: 600, says: ['您好', '请问是您本人吗'] })
  await world.client.conferences('room').participants.create({ to: agent, from: ours })
  await eventually(async () => (await world.client.conferences.list({ friendlyName: 'room' }))[0]?.status === 'init', 'the agent to wait')
  const together = await place({ twiml: undefined, url: `${world.product.url}/voice` })
  await eventually(async () => (await texts(together.sid)).includes('请问是您本人吗'), 'the talk')
  expect(await texts(together.sid)).toEqual(expect.arrayContaining(['喂，你好。', '对，是我。']))
  expect((await world.client.calls(together.sid).fetch()).status).toBe('in-progress')
  const [room] = await world.client.conferences.list({ friendlyName: 'room', status: 'in-progress' })
  await world.client.conferences(room!.sid).update({ status: 'completed' })
  await becomes(together.sid, 'completed')
})

describe('answering machines', () => {
  const amd = (persona: string, more: object) =>
    world
      .persona(li, { persona })
      .then(() => place({ machineDetection: 'Enable', asyncAmd: 'true', asyncAmdStatusCallback: `${world.product.url}/amd`, ...more }))
  const heard = () => eventually(() => world.product.to('/amd')[0], 'the detection')

  it.each([
    ['answers', {}, 'human'],
    ['voicemail', {}, 'machine_start'],
    ['voicemail', { machineDetection: 'DetectMessageEnd' }, 'machine_end_beep'],
  ])('asynchronous: %s with %j is %s', async (persona, more, answeredBy) => {
    const { sid } = await amd(persona, more)
    const hit = await heard()
    expect(hit.signed).toBe(true)
    expect(hit.fields).toMatchObject({ CallSid: sid, AnsweredBy: answeredBy, MachineDetectionDuration: expect.stringMatching(/^\d+$/) })
    expect((await world.client.calls(sid).fetch()).answeredBy).toBe(answeredBy)
  })

  it('synchronous: the voice URL is asked only when it is known who answered', async () => {
    world.product.twiml('/voice', '<Hangup/>')
    await amd('voicemail', { asyncAmd: undefined, asyncAmdStatusCallback: undefined, twiml: undefined, url: `${world.product.url}/voice` })
    const hit = await eventually(() => world.product.to('/voice')[0], 'the voice URL')
    expect(hit.fields.AnsweredBy).toBe('machine_start')
  })
})

it('lets a person ring one of our numbers', async () => {
  world.product.twiml('/inbound', '<Say>Welcome</Say><Pause length="600"/>')
  const { status, body } = await world.send('POST', `/sim/phones/${li}/calls`, { to: ours })
  expect(status).toBe(201)
  await eventually(() => world.product.to('/inbound').length === 1, 'the voice webhook')
  expect(world.product.to('/inbound')[0]!.fields).toMatchObject({ CallSid: body.callSid, Direction: 'inbound', From: li, To: ours, CallStatus: 'ringing' })
  await becomes(body.callSid, 'in-progress')
  expect((await world.send('POST', `/sim/phones/${li}/calls`, { to: '+861000000000' })).status).toBe(422)
})

it('refuses a persona that it does not know, naming the field', async () => {
  const answer = await world.persona(li, { persona: 'sleeps', patience: 3 })
  expect(answer.status).toBe(422)
  expect(answer.body.errors.map((e: { field: string }) => e.field).sort()).toEqual(['patience', 'persona'])
  expect((await world.persona('12345', { persona: 'busy' })).status).toBe(422)
})
