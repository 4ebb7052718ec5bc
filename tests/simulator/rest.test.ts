import twilio from 'twilio'
import { accountSid, apiKeySecret, apiKeySid, createWorld, eventually, ours, type World } from './world'

const li = '+8613800000001'
const talk = '<Response><Say>Hello</Say><Pause length="600"/></Response>'
let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const status = async (sid: string) => (await world.client.calls(sid).fetch()).status
const becomes = (sid: string, wanted: string) => eventually(async () => (await status(sid)) === wanted, `call to be ${wanted}`)
const place = (more: object = {}) => world.client.calls.create({ to: li, from: ours, twiml: talk, ...more })
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: { code?: number; status?: number; moreInfo?: string }) => ({ code: error.code, status: error.status }),
  )
const post = (path: string, fields: Record<string, string>, authorization = basic(accountSid, 'the-auth-token')) =>
  fetch(`${world.url}/2010-04-01/Accounts/${accountSid}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers: { authorization } })
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

describe('authentication', () => {
  it('takes the account and an API key, and refuses anything else with 20003', async () => {
    const byKey = twilio(apiKeySid, apiKeySecret, { accountSid, httpClient: world.httpClient })
    await expect(byKey.calls.list()).resolves.toEqual([])
    const wrong = twilio(accountSid, 'wrong', { httpClient: world.httpClient })
    expect(await refusal(wrong.calls.list())).toEqual({ code: 20003, status: 401 })
    const answer = await post('/Calls.json', {}, '')
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 20003, status: 401, more_info: 'https://www.twilio.com/docs/errors/20003' })
  })

  it("does not know another account's path", async () => {
    const answer = await fetch(`${world.url}/2010-04-01/Accounts/AC${'0'.repeat(32)}/Calls.json`, {
      headers: { authorization: basic(accountSid, 'the-auth-token') },
    })
    expect([answer.status, ((await answer.json()) as { code: number }).code]).toEqual([404, 20404])
  })
})

describe('creating a call', () => {
  it.each([
    ['no To', { From: ours, Url: 'http://a.test/' }, 21201],
    ['no From', { To: li, Url: 'http://a.test/' }, 21213],
    ['no Url', { To: li, From: ours }, 21205],
    ['a Url that is none', { To: li, From: ours, Url: 'not a url' }, 21205],
    ['a number that cannot be', { To: '+86123', From: ours, Url: 'http://a.test/' }, 21211],
    ['words as a number', { To: 'somebody', From: ours, Url: 'http://a.test/' }, 21211],
    ['a From that is not ours', { To: li, From: '+861059999999', Url: 'http://a.test/' }, 21210],
    ['a From that is no number', { To: li, From: '123', Url: 'http://a.test/' }, 21212],
    ['a StatusCallback that is none', { To: li, From: ours, Url: 'http://a.test/', StatusCallback: 'nowhere' }, 21609],
    ['an event that a call does not have', { To: li, From: ours, Url: 'http://a.test/', StatusCallback: 'http://a.test/', StatusCallbackEvent: 'in-progress' }, 21626],
    ['keys that no telephone has', { To: li, From: ours, Url: 'http://a.test/', SendDigits: '12x' }, 21206],
    ['more keys than may be sent', { To: li, From: ours, Url: 'http://a.test/', SendDigits: '1'.repeat(33) }, 21206],
    ['a way to detect machines that there is not', { To: li, From: ours, Url: 'http://a.test/', MachineDetection: 'Yes' }, 21234],
    ['a speech threshold out of bounds', { To: li, From: ours, Url: 'http://a.test/', MachineDetectionSpeechThreshold: '999' }, 20001],
    ['a Timeout beyond ten minutes', { To: li, From: ours, Url: 'http://a.test/', Timeout: '601' }, 20001],
    ['recording on three channels', { To: li, From: ours, Url: 'http://a.test/', Record: 'true', RecordingChannels: 'three' }, 20001],
  ])('refuses %s', async (_what, fields, code) => {
    const answer = await post('/Calls.json', fields)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ code, status: 400, message: expect.any(String), more_info: `https://www.twilio.com/docs/errors/${code}` })
    expect(await world.client.calls.list()).toEqual([])
  })

  it('takes the Url when there is a Twiml too', async () => {
    world.product.twiml('/voice', '<Hangup/>')
    const { sid } = await world.client.calls.create({ to: li, from: ours, url: `${world.product.url}/voice`, twiml: talk })
    await becomes(sid, 'completed')
    expect(world.product.to('/voice')).toHaveLength(1)
  })

  it('answers 201 with every field of the contract, nulls included', async () => {
    const answer = await post('/Calls.json', { To: li, From: ours, Twiml: talk })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({
      sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
      date_created: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/),
      date_updated: expect.any(String),
      parent_call_sid: null,
      account_sid: accountSid,
      to: li,
      to_formatted: li,
      from: ours,
      from_formatted: ours,
      phone_number_sid: expect.stringMatching(/^PN/),
      status: 'queued',
      start_time: null,
      end_time: null,
      duration: null,
      price: null,
      price_unit: 'USD',
      direction: 'outbound-api',
      answered_by: null,
      annotation: null,
      api_version: '2010-04-01',
      forwarded_from: null,
      group_sid: null,
      caller_name: null,
      queue_time: expect.stringMatching(/^\d+$/),
      trunk_sid: null,
      uri: expect.stringMatching(/^\/2010-04-01\/Accounts\/AC\w+\/Calls\/CA\w+\.json$/),
      subresource_uris: expect.objectContaining({ recordings: expect.any(String) }),
    })
  })
})

describe('a call that exists', () => {
  it('can be redirected while it talks, hung up, and deleted when it is over', async () => {
    world.product.twiml('/next', '<Say>Something else</Say><Pause length="600"/>')
    await world.persona(li, { persona: 'manual' })
    const { sid } = await place()
    expect(await refusal(world.client.calls(sid).update({ url: `${world.product.url}/next` }))).toEqual({ code: 21220, status: 400 })
    await becomes(sid, 'ringing')
    await world.send('POST', `/sim/calls/${sid}/answer`)
    await becomes(sid, 'in-progress')
    await world.client.calls(sid).update({ url: `${world.product.url}/next` })
    await eventually(() => world.product.to('/next').length === 1, 'the redirect')
    expect(await refusal(world.client.calls(sid).remove())).toEqual({ code: 20009, status: 400 })
    expect((await world.client.calls(sid).update({ status: 'completed' })).status).toBe('completed')
    expect(await refusal(world.client.calls(sid).update({ status: 'completed' }))).toEqual({ code: 21220, status: 400 })
    expect(await world.client.calls(sid).remove()).toBe(true)
    expect(await refusal(world.client.calls(sid).fetch())).toEqual({ code: 20404, status: 404 })
  })

  it('is cancelled while it rings, and left alone by canceled when it talks', async () => {
    await world.persona(li, { persona: 'manual' })
    const { sid } = await place()
    await becomes(sid, 'ringing')
    expect((await world.client.calls(sid).update({ status: 'canceled' })).status).toBe('canceled')
    await world.persona(li, { persona: 'answers' })
    const second = await place()
    await becomes(second.sid, 'in-progress')
    expect((await world.client.calls(second.sid).update({ status: 'canceled' })).status).toBe('in-progress')
  })
})

describe('lists', () => {
  it('pages through all calls once, newest first, with links that the client follows', async () => {
    await world.persona(li, { persona: 'busy' })
    const placed = []
    for (let i = 0; i < 7; i++) placed.push((await place()).sid)
    const seen = (await world.client.calls.list({ pageSize: 3 })).map((c) => c.sid)
    expect(seen).toEqual(placed.reverse())
    const first = await world.client.calls.page({ pageSize: 3 })
    expect([first.instances.length, first.previousPageUrl, first.nextPageUrl !== undefined]).toEqual([3, undefined, true])
  })

  it('filters by number, status and start; a call that has not begun has no start', async () => {
    const other = '+8613800000002'
    await world.persona(li, { persona: 'busy' })
    const { sid } = await place()
    await becomes(sid, 'busy')
    const ringing = await place({ to: other })
    expect((await world.client.calls.list({ to: li })).map((c) => c.sid)).toEqual([sid])
    expect((await world.client.calls.list({ status: 'busy' })).map((c) => c.sid)).toEqual([sid])
    expect(await world.client.calls.list({ to: li, startTimeAfter: new Date(Date.now() + 60_000) })).toEqual([])
    expect(await world.client.calls.list({ to: li, startTimeAfter: new Date(Date.now() - 60_000) })).toHaveLength(1)
    await eventually(
      async () => (await world.client.calls.list({ to: other, startTimeAfter: new Date(Date.now() - 60_000) }))[0]?.sid === ringing.sid,
      'the start',
    )
  })
})

describe('conferences', () => {
  it('holds, mutes, coaches and removes participants, telling each change', async () => {
    await world.patient(li, '+8613800000002', '+8613800000003')
    world.product.twiml('/hold', '<Say>Please wait</Say>')
    const events = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'announcement']
    const conference = { conferenceStatusCallback: `${world.product.url}/conference`, conferenceStatusCallbackEvent: events }
    const add = (to: string, more: object) => world.client.conferences('case-1').participants.create({ to, from: ours, ...conference, ...more })
    const customer = await add(li, { label: 'customer' })
    expect(customer).toMatchObject({ label: 'customer', muted: false, hold: false, coaching: false, status: expect.stringMatching(/queued|connecting|ringing|connected/) })
    const agent = await add('+8613800000002', { label: 'agent' })
    const room = () => world.client.conferences(customer.conferenceSid)
    await eventually(async () => (await room().fetch()).status === 'in-progress', 'the start')

    await room()
      .participants('customer')
      .update({ hold: true, holdUrl: `${world.product.url}/hold` })
    await eventually(() => world.product.to('/hold').length === 1, 'hold music')
    expect((await room().participants.list({ hold: true })).map((p) => p.label)).toEqual(['customer'])
    await room().participants('customer').update({ hold: false })
    await room().participants('agent').update({ muted: true })
    const supervisor = await add('+8613800000003', { label: 'supervisor', coaching: true, callSidToCoach: agent.callSid })
    await becomes(supervisor.callSid, 'in-progress')
    expect((await room().participants('supervisor').update({ coaching: false })).coaching).toBe(false)
    expect(await room().participants('agent').remove()).toBe(true)
    expect(await refusal(room().participants('agent').fetch())).toEqual({ code: 20404, status: 404 })
    const ended = await room().update({ status: 'completed' })
    expect([ended.status, ended.reasonConferenceEnded]).toEqual(['completed', 'conference-ended-via-api'])

    await eventually(() => world.product.to('/conference').some((h) => h.fields.StatusCallbackEvent === 'conference-end'), 'the end')
    const told = world.product.to('/conference').map((h) => h.fields.StatusCallbackEvent)
    for (const event of [
      'conference-start',
      'participant-join',
      'participant-hold',
      'participant-unhold',
      'participant-mute',
      'participant-modify',
      'participant-leave',
    ])
      expect(told).toContain(event)
    expect(world.product.hits.every((h) => h.signed)).toBe(true)
  })

  it('reports a participant that never came, and ends the empty conference', async () => {
    await world.persona(li, { persona: 'busy' })
    const p = await world.client.conferences('case-2').participants.create({ to: li, from: ours })
    await becomes(p.callSid, 'busy')
    expect((await world.client.conferences(p.conferenceSid).fetch()).status).toBe('completed')
  })
})

describe('recordings', () => {
  it('records a call on request, pauses, stops, and gives a playable file', async () => {
    const { sid } = await place()
    await becomes(sid, 'in-progress')
    const recordings = () => world.client.calls(sid).recordings
    const started = await recordings().create({ recordingStatusCallback: `${world.product.url}/recording` })
    expect(started).toMatchObject({ status: 'in-progress', source: 'StartCallRecordingAPI', callSid: sid, duration: null })
    expect((await recordings()('Twilio.CURRENT').update({ status: 'paused' })).status).toBe('paused')
    expect((await recordings()(started.sid).update({ status: 'in-progress' })).status).toBe('in-progress')
    expect((await recordings()(started.sid).update({ status: 'stopped' })).status).toBe('completed')
    await eventually(() => world.product.to('/recording').length === 1, 'the recording callback')
    const told = world.product.to('/recording')[0]!
    expect(told.signed).toBe(true)
    expect(told.fields).toMatchObject({
      RecordingSid: started.sid,
      RecordingStatus: 'completed',
      CallSid: sid,
      RecordingDuration: expect.stringMatching(/^\d+$/),
    })
    const media = await fetch(`${told.fields.RecordingUrl}.wav`, { headers: { authorization: basic(accountSid, 'the-auth-token') } })
    const bytes = Buffer.from(await media.arrayBuffer())
    expect([media.headers.get('content-type'), bytes.toString('latin1', 0, 4), bytes.length - 44]).toEqual(['audio/wav', 'RIFF', bytes.readUInt32LE(40)])
    expect((await world.client.recordings.list({ callSid: sid })).map((r) => r.sid)).toEqual([started.sid])
    expect(await world.client.recordings(started.sid).remove()).toBe(true)
    expect(await refusal(world.client.recordings(started.sid).fetch())).toEqual({ code: 20404, status: 404 })
  })
})

it('delivers a message into the inbox of the phone', async () => {
  const sent = await world.client.messages.create({ to: li, from: ours, body: '您好', statusCallback: `${world.product.url}/sms` })
  expect(sent.status).toBe('queued')
  expect((await world.client.messages(sent.sid).fetch()).status).toBe('delivered')
  expect(await world.get(`/sim/phones/${li}/messages`)).toEqual([{ at: expect.any(String), sid: sent.sid, from: ours, body: '您好' }])
  await eventually(() => world.product.to('/sms').some((h) => h.fields.MessageStatus === 'delivered'), 'the report')
})

it('lists the numbers of the account', async () => {
  expect((await world.client.incomingPhoneNumbers.list()).map((n) => n.phoneNumber)).toEqual([ours])
})
