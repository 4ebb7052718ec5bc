import jwt from 'jsonwebtoken'
import twilio from 'twilio'
import { accountSid, apiKeySecret, apiKeySid, appSid, createWorld, eventually, ours, type World } from './world'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const tokenFor = (identity: string, { app = appSid, incoming = true, ttl = 3_600, secret = apiKeySecret } = {}) => {
  const token = new twilio.jwt.AccessToken(accountSid, apiKeySid, secret, { identity, ttl })
  token.addGrant(new twilio.jwt.AccessToken.VoiceGrant({ outgoingApplicationSid: app, incomingAllow: incoming }))
  return token.toJwt()
}
const as = (identity: string, method: string, path: string, body?: unknown) =>
  world.send(method, `/sim/softphone${path}`, body, { authorization: `Bearer ${tokenFor(identity)}` })
const dial = (identity = 'agent-1') => as(identity, 'POST', '/calls', { params: { caseId: 'case-1' } })
const status = async (sid: string) => (await world.client.calls(sid).fetch()).status

/** A browser's event stream. */
async function listen(path: string, identity = 'agent-1') {
  const controller = new AbortController()
  const answer = await fetch(`${world.url}/sim/softphone${path}?token=${tokenFor(identity)}`, { signal: controller.signal })
  const events: { event: string; data: Record<string, unknown> }[] = []
  let ended = false
  void (async () => {
    let text = ''
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk as Uint8Array).toString()
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const [, event, data] = /event: (\w+)\ndata: (.*)/.exec(text.slice(0, end)) ?? []
        if (event) events.push({ event, data: JSON.parse(data!) })
        text = text.slice(end + 2)
      }
    }
    ended = true
  })().catch(() => {})
  return {
    events,
    close: () => controller.abort(),
    states: () => events.filter((e) => e.event === 'state').map((e) => e.data.state),
    ended: () => ended,
    status: answer.status,
  }
}

it("dials through the TwiML app, with the browser's parameters and its identity", async () => {
  world.product.twiml('/app', '<Dial><Conference participantLabel="agent">room</Conference></Dial>')
  const { status: code, body } = await dial()
  expect(code).toBe(201)
  const stream = await listen(`/calls/${body.callSid}/events`)
  await eventually(() => stream.states().includes('open'), 'the open line')
  expect(world.product.to('/app')[0]!.fields).toMatchObject({
    caseId: 'case-1',
    From: 'client:agent-1',
    CallSid: body.callSid,
    Direction: 'inbound',
    ApplicationSid: appSid,
  })

  const li = '+8613800000001'
  await world.persona(li, { persona: 'answers', says: ['It was me'], patienceSeconds: 3_600 })
  await world.client.conferences('room').participants.create({ to: li, from: ours, label: 'customer' })
  await eventually(() => stream.events.some((e) => e.event === 'transcript' && e.data.who === 'customer' && e.data.text === 'It was me'), 'the customer')
  await eventually(() => stream.events.some((e) => e.event === 'state' && String(e.data.participants) === 'agent,customer'), 'the participants')

  await as('agent-1', 'POST', `/calls/${body.callSid}/say`, { text: 'Thank you' })
  const heard = async () => (await world.get(`/sim/phones/${li}/calls`))[0].transcript.map((l: { text: string }) => l.text)
  await eventually(async () => (await heard()).includes('Thank you'), 'the agent to be heard')
  expect((await as('agent-1', 'POST', `/calls/${body.callSid}/mute`, { muted: true })).body).toMatchObject({ muted: true, state: 'open' })
  await as('agent-1', 'POST', `/calls/${body.callSid}/say`, { text: 'Nobody hears this' })
  expect(await heard()).not.toContain('Nobody hears this')

  expect((await as('agent-1', 'DELETE', `/calls/${body.callSid}`)).status).toBe(204)
  await eventually(() => stream.ended(), 'the end of the stream')
  expect(stream.states().at(-1)).toBe('closed')
  const late = await listen(`/calls/${body.callSid}/events`)
  await eventually(() => late.ended(), 'the late stream')
  expect(late.states()).toEqual(['closed'])
})

it('sends the keys that are pressed in the browser', async () => {
  world.product.twiml('/app', '<Gather numDigits="1" action="/keys" timeout="60"/>')
  const { body } = await dial()
  await listen(`/calls/${body.callSid}/events`)
  await eventually(async () => (await world.get(`/sim/calls/${body.callSid}`)).listening, 'the Gather')
  await as('agent-1', 'POST', `/calls/${body.callSid}/digits`, { digits: '5' })
  await eventually(() => world.product.to('/keys')[0]?.fields.Digits === '5', 'the key')
})

it('hangs up for a browser that went away, but not for one that came back', async () => {
  world.product.twiml('/app', '<Pause length="3600"/><Say>x</Say>')
  const { body } = await dial()
  const stream = await listen(`/calls/${body.callSid}/events`)
  stream.close()
  const again = await listen(`/calls/${body.callSid}/events`)
  await new Promise((resolve) => setTimeout(resolve, 1_300))
  expect(await status(body.callSid)).not.toBe('completed')
  again.close()
  await eventually(async () => /completed|canceled/.test(await status(body.callSid)), 'the hang-up')
})

it('rings a registered browser, which answers or declines', async () => {
  world.product.twiml('/inbound', '<Dial action="/after"><Client><Identity>agent-1</Identity><Parameter name="caseId" value="case-7"/></Client></Dial>')
  world.product.twiml('/after', '<Hangup/>')
  const incoming = await listen('/incoming')
  await eventually(() => incoming.events[0]?.event === 'registered', 'the registration')
  const ringUp = async (count: number) => {
    await world.send('POST', '/sim/phones/+8613800000001/calls', { to: ours })
    await eventually(() => incoming.events.filter((e) => e.event === 'incoming').length === count, 'the ring')
    return incoming.events.at(-1)!.data as { callSid: string; params: object }
  }
  const declined = await ringUp(1)
  expect(declined.params).toMatchObject({ caseId: 'case-7' })
  expect((await as('agent-2', 'POST', `/calls/${declined.callSid}/answer`)).status).toBe(404)
  await as('agent-1', 'POST', `/calls/${declined.callSid}/decline`)
  await eventually(() => world.product.to('/after')[0]?.fields.DialCallStatus === 'busy', 'the refusal')
  const taken = await ringUp(2)
  await as('agent-1', 'POST', `/calls/${taken.callSid}/answer`)
  await eventually(async () => (await status(taken.callSid)) === 'in-progress', 'the talk')
})

describe('a token', () => {
  const refused = async (token: string) => (await world.send('POST', '/sim/softphone/calls', {}, { authorization: `Bearer ${token}` })).status
  const claims = { grants: { identity: 'agent-1', voice: { outgoing: { application_sid: appSid } } } }
  const signed = (payload: object, options: jwt.SignOptions = {}, header: object = { cty: 'twilio-fpa;v=1' }) =>
    jwt.sign(payload, apiKeySecret, { issuer: apiKeySid, subject: accountSid, expiresIn: 60, header: { alg: 'HS256', ...header }, ...options })

  it.each([
    ['that is none', () => 'abc', 401],
    ['signed by another key', () => tokenFor('agent-1', { secret: 'another-secret-another-secret-xx' }), 401],
    ['for another app', () => tokenFor('agent-1', { app: `AP${'0'.repeat(32)}` }), 403],
    ['without the content type', () => signed(claims, {}, {}), 401],
    ['of another account', () => signed(claims, { subject: `AC${'0'.repeat(32)}` }), 401],
    ['that has expired', () => signed(claims, { expiresIn: -1 }), 401],
    ['that lives too long', () => signed(claims, { expiresIn: 90_000 }), 401],
    ['without an identity', () => signed({ grants: { voice: {} } }), 401],
    ['without a voice grant', () => signed({ grants: { identity: 'agent-1' } }), 403],
  ])('%s is refused', async (_what, token, code) => {
    expect(await refused(token())).toBe(code)
  })

  it('lets nobody touch the call of another agent', async () => {
    world.product.twiml('/app', '<Pause length="3600"/>')
    const { body } = await dial()
    expect((await as('agent-2', 'DELETE', `/calls/${body.callSid}`)).status).toBe(404)
  })
})

it('lets pages of this machine in, and no others', async () => {
  const allowed = async (origin: string) =>
    (await world.send('OPTIONS', '/sim/softphone/calls', undefined, { origin })).headers.get('access-control-allow-origin')
  expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173')
  expect(await allowed('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000')
  expect(await allowed('https://evil.example')).toBeNull()
  expect(await allowed('http://localhost.evil.example')).toBeNull()
})
