import { ApplicationError, parseTwiml } from '../../simulator/twiml/document'
import { createWorld, eventually, type Hit, ours, type World } from './world'

const li = '+8613800000001'
let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const over = (sid: string) => eventually(async () => (await world.client.calls(sid).fetch()).endTime, 'the end')
const lines = async (sid: string): Promise<string[]> =>
  (await world.get(`/sim/calls/${sid}`)).transcript.map((l: { who: string; text: string }) => `${l.who}: ${l.text}`)
const voice = (inner: string) => world.product.twiml('/voice', inner)
/** Rings Li, who carries out the voice URL's document. */
const place = (more: object = {}) => world.client.calls.create({ to: li, from: ours, url: `${world.product.url}/voice`, ...more })
const manual = async () => {
  await world.persona(li, { persona: 'manual' })
  const { sid } = await place()
  await eventually(async () => (await world.send('POST', `/sim/calls/${sid}/answer`)).status === 200, 'the answer')
  await eventually(async () => (await world.client.calls(sid).fetch()).status === 'in-progress', 'the talk')
  const listening = () => eventually(async () => (await world.get(`/sim/calls/${sid}`)).listening, 'a Gather')
  return {
    sid,
    listening,
    press: (digits: string) => world.send('POST', `/sim/calls/${sid}/digits`, { digits }),
    say: (text: string) => world.send('POST', `/sim/calls/${sid}/say`, { text }),
  }
}
const first = (path: string) => eventually((): Hit | undefined => world.product.to(path)[0], path)

describe('a document', () => {
  it.each([
    ['broken XML', '<Response><Say>Hello</Response>', 12100],
    ['no XML', 'Hello', 12100],
    ['an entity that XML does not know', '<Response><Say>&nbsp;</Say></Response>', 12100],
    ['another root', '<Answer/>', 12101],
    ['an unknown verb', '<Response><Shout>Hi</Shout></Response>', 12200],
    ['a verb in the wrong case', '<Response><say>Hi</say></Response>', 12200],
    ['a verb where it may not be', '<Response><Gather><Dial>+8613800000002</Dial></Gather></Response>', 12200],
    ['text outside a verb', '<Response>Hello</Response>', 12200],
  ])('with %s is an application error', (_what, xml, code) => {
    expect(() => parseTwiml(xml)).toThrow(expect.objectContaining({ constructor: ApplicationError, code }))
  })

  it('may have comments, CDATA, SSML and unknown attributes, of which it warns', () => {
    const { verbs, warnings } = parseTwiml(
      '<?xml version="1.0"?><!-- hi --><Response><Say voice="x" tone="y">Your code is <say-as interpret-as="digits">12</say-as><![CDATA[ & more]]></Say></Response>',
    )
    expect(verbs).toMatchObject([{ name: 'Say', text: 'Your code is 12 & more' }])
    expect(warnings).toEqual(["Attribute 'tone' is not allowed in <Say>"])
  })

  it.each([
    ['broken TwiML', { body: '<Response><Say>' }, 12100],
    ['the wrong content type', { body: '<Response/>', type: 'application/json' }, 12300],
    ['an attribute value that cannot be', { body: '<Response><Pause length="long"/></Response>' }, 12200],
  ])('with %s ends the call with an apology and an alert', async (_what, reply, code) => {
    world.product.reply('/voice', reply)
    const { sid } = await place()
    await over(sid)
    expect(await lines(sid)).toContainEqual(expect.stringContaining('application error'))
    expect((await world.get('/sim/alerts')).at(-1)).toMatchObject({ code, callSid: sid })
  })

  it('may be a sound file', async () => {
    world.product.reply('/voice', { body: 'RIFF', type: 'audio/wav' })
    const { sid } = await place()
    await over(sid)
    expect(await lines(sid)).toContainEqual(`voice: ${world.product.url}/voice`)
  })
})

it('says, plays, pauses, redirects and hangs up, in that order', async () => {
  voice('<Say language="zh-CN" loop="2">您好</Say><Play>/music.mp3</Play><Pause length="2"/><Redirect>/next?turn=2</Redirect><Say>never</Say>')
  world.product.twiml('/next', '<Say>The end</Say><Hangup/><Say>never</Say>')
  const { sid } = await place()
  await over(sid)
  expect((await lines(sid)).filter((l) => l.startsWith('voice'))).toEqual(['voice: 您好', 'voice: 您好', 'voice: /music.mp3', 'voice: The end'])
  expect(world.product.to('/next')[0]).toMatchObject({ path: '/next?turn=2', method: 'POST', signed: true })
})

describe('Gather', () => {
  it('falls through to the next verb when nothing is pressed', async () => {
    voice('<Gather action="/keys" timeout="2"><Say>Press</Say></Gather><Say>Nothing</Say>')
    const { sid } = await place()
    await over(sid)
    expect([await lines(sid), world.product.to('/keys')]).toEqual([expect.arrayContaining(['voice: Nothing']), []])
  })

  it('asks its action without digits when it is told to', async () => {
    voice('<Gather action="/keys" timeout="2" actionOnEmptyResult="true"/>')
    world.product.twiml('/keys', '<Hangup/>')
    await place()
    expect((await first('/keys')).fields).toMatchObject({ Digits: '', msg: 'Gather End' })
  })

  it('takes the digits up to the finishing key, or after a silence', async () => {
    voice('<Gather action="/keys" timeout="60"/>')
    world.product.twiml('/keys', '<Gather action="/more" timeout="60"/>')
    const call = await manual()
    await call.listening()
    await call.press('123#')
    expect((await first('/keys')).fields).toMatchObject({ Digits: '123', FinishedOnKey: '#' })
    await call.listening()
    await call.press('45')
    expect((await first('/more')).fields.Digits).toBe('45')
  })

  it('stops the prompt at the first key, and does not keep keys that were pressed before it', async () => {
    voice('<Pause length="5"/><Gather action="/keys" numDigits="1" timeout="60"><Say>One</Say><Pause length="500"/></Gather>')
    const call = await manual()
    await call.press('9')
    await eventually(async () => (await lines(call.sid)).includes('voice: One'), 'the prompt')
    await call.press('1')
    expect((await first('/keys')).fields.Digits).toBe('1')
  })

  it('takes words when its input is speech', async () => {
    voice('<Gather action="/words" input="dtmf speech" timeout="60"/>')
    const call = await manual()
    await call.listening()
    await call.say('是我本人')
    expect((await first('/words')).fields).toMatchObject({ SpeechResult: '是我本人', Confidence: '0.95' })
  })

  it('gets the digits of a persona, one entry a Gather', async () => {
    await world.persona(li, { persona: 'answers', presses: ['1', '22#'] })
    voice('<Gather numDigits="1" action="/first"/>')
    world.product.twiml('/first', '<Gather action="/second"><Say>Again</Say></Gather>')
    world.product.twiml('/second', '<Gather action="/third" timeout="3"/><Say>Nothing more</Say>')
    const { sid } = await place()
    await over(sid)
    expect([world.product.to('/first')[0]!.fields.Digits, world.product.to('/second')[0]!.fields.Digits, world.product.to('/third')]).toEqual(['1', '22', []])
  })
})

describe('Dial', () => {
  const shop = '+8613800000009'

  it('connects a number, lets both hear each other, and tells the action how it ended', async () => {
    await world.persona(shop, { persona: 'answers', says: ['Shop here'] })
    voice(
      `<Dial action="/after" timeout="20" callerId="${ours}"><Number statusCallback="/leg" statusCallbackEvent="ringing answered completed">${shop}</Number></Dial>`,
    )
    world.product.twiml('/after', '<Hangup/>')
    await world.persona(li, { persona: 'answers', says: ['Li here'] })
    const { sid } = await place()
    await eventually(async () => (await lines(sid)).some((l) => l.endsWith('Shop here')), 'the shop')
    const [leg] = await world.client.calls.list({ parentCallSid: sid })
    expect(leg).toMatchObject({ to: shop, from: ours, direction: 'outbound-dial' })
    await eventually(async () => (await lines(leg!.sid)).some((l) => l.endsWith('Li here')), 'Li')
    await world.send('POST', `/sim/calls/${leg!.sid}/hangup`)
    expect((await first('/after')).fields).toMatchObject({ DialCallStatus: 'completed', DialCallSid: leg!.sid, DialBridged: 'true' })
    await eventually(() => world.product.to('/leg').length === 3, 'the leg callbacks')
    expect(world.product.to('/leg')[0]!.fields.ParentCallSid).toBe(sid)
  })

  it.each([
    ['no-answer', 'no-answer'],
    ['busy', 'busy'],
    ['unreachable', 'failed'],
  ])('goes on when the number is %s', async (persona, status) => {
    await world.persona(shop, { persona })
    voice(`<Dial action="/after" timeout="5">${shop}</Dial>`)
    world.product.twiml('/after', '<Hangup/>')
    await place()
    expect((await first('/after')).fields).toMatchObject({ DialCallStatus: status, DialBridged: 'false' })
  })

  it('rings several numbers at once; the first to answer has the call', async () => {
    await world.persona(shop, { persona: 'answers', answersAfterSeconds: 30 })
    await world.persona('+8613800000008', { persona: 'answers', answersAfterSeconds: 5 })
    voice(`<Dial timeout="60"><Number>${shop}</Number><Number>+8613800000008</Number></Dial>`)
    const { sid } = await place()
    const legs = () => world.client.calls.list({ parentCallSid: sid })
    await eventually(async () => (await legs()).some((l) => l.status === 'in-progress'), 'an answer')
    expect(Object.fromEntries((await legs()).map((l) => [l.to, l.status]))).toEqual({ [shop]: 'canceled', '+8613800000008': 'in-progress' })
  })

  it('whispers to who answers, records the talk, and ends it at a star', async () => {
    await world.persona(shop, { persona: 'answers', says: [] })
    voice(
      `<Dial action="/after" hangupOnStar="true" record="record-from-answer" recordingStatusCallback="/taped"><Number url="/whisper">${shop}</Number></Dial>`,
    )
    world.product.twiml('/whisper', '<Say>A call for you</Say>')
    world.product.twiml('/after', '<Hangup/>')
    const call = await manual()
    const [leg] = await eventually(async () => {
      const legs = await world.client.calls.list({ parentCallSid: call.sid })
      return legs.length > 0 && legs
    }, 'the leg')
    await eventually(async () => (await world.get(`/sim/calls/${call.sid}`)).company === 'together', 'the talk')
    expect(await lines(leg!.sid)).toContain('voice: A call for you')
    await call.press('*')
    expect((await first('/after')).fields).toMatchObject({ DialCallStatus: 'completed', RecordingSid: expect.stringMatching(/^RE/) })
    expect((await first('/taped')).fields).toMatchObject({ RecordingSource: 'DialVerb', CallSid: call.sid })
  })

  it('shows nobody a number that is not ours', async () => {
    voice(`<Dial action="/after" callerId="+861059999999">${shop}</Dial>`)
    world.product.twiml('/after', '<Hangup/>')
    await place()
    expect((await first('/after')).fields.DialCallStatus).toBe('failed')
    expect([(await world.get('/sim/alerts')).at(-1).code, await world.get(`/sim/phones/${shop}/rings`)]).toEqual([13214, []])
  })

  it('does not reach a browser that nobody registered', async () => {
    voice('<Dial action="/after"><Client>agent-9</Client></Dial>')
    await place()
    expect((await first('/after')).fields.DialCallStatus).toBe('no-answer')
  })

  it('plays the wait URL to whoever is alone in a conference, and fails a label that is taken', async () => {
    voice(
      '<Dial action="/after"><Conference participantLabel="customer" waitUrl="/wait" statusCallback="/conf" statusCallbackEvent="join">room</Conference></Dial>',
    )
    await world.patient(li)
    world.product.twiml('/wait', '<Say>Please hold</Say><Redirect/>')
    world.product.twiml('/after', '<Hangup/>')
    const { sid } = await place()
    await eventually(() => world.product.to('/wait').length >= 3, 'the loop')
    expect(await lines(sid)).toContain('voice: Please hold')
    const second = await place({ to: shop })
    await over(second.sid)
    expect((await first('/after')).fields).toMatchObject({ CallSid: second.sid, DialCallStatus: 'failed' })
    expect((await world.get('/sim/alerts')).at(-1).code).toBe(16025)
  })

  it('goes on with the next verb when the conference is over', async () => {
    voice('<Dial><Conference endConferenceOnExit="true">room</Conference></Dial>')
    await world.patient(li, shop)
    const boss = await place()
    world.product.twiml('/guest', '<Dial action="/after"><Conference>room</Conference></Dial>')
    world.product.twiml('/after', '<Say>Bye</Say>')
    const guest = await place({ to: shop, url: `${world.product.url}/guest` })
    await eventually(async () => (await world.client.conferences.list({ status: 'in-progress' })).length === 1, 'the conference')
    await world.client.calls(boss.sid).update({ status: 'completed' })
    expect((await first('/after')).fields).toMatchObject({ CallSid: guest.sid, DialCallStatus: 'answered' })
  })

  it('records a conference from its start and tells where the recording is', async () => {
    voice('<Dial><Conference record="record-from-start" recordingStatusCallback="/taped" endConferenceOnExit="true">room</Conference></Dial>')
    await world.patient(li, shop)
    const a = await place()
    await place({ to: shop })
    await eventually(async () => (await world.client.conferences.list({ status: 'in-progress' })).length === 1, 'the conference')
    const [room] = await world.client.conferences.list({ status: 'in-progress' })
    expect(await world.client.conferences(room!.sid).recordings.list()).toMatchObject([{ status: 'in-progress', source: 'Conference' }])
    await world.client.calls(a.sid).update({ status: 'completed' })
    expect((await first('/taped')).fields).toMatchObject({
      ConferenceSid: room!.sid,
      RecordingStatus: 'completed',
      RecordingUrl: expect.stringContaining('/Recordings/RE'),
    })
  })
})

it('records a message until a key, and passes it to the action', async () => {
  voice('<Record action="/recorded" timeout="20" finishOnKey="#"/>')
  world.product.twiml('/recorded', '<Hangup/>')
  const call = await manual()
  await eventually(async () => (await lines(call.sid)).includes('voice: beep'), 'the tone')
  await call.say('Please ring me back')
  await call.press('#')
  expect((await first('/recorded')).fields).toMatchObject({ Digits: '#', RecordingSid: expect.stringMatching(/^RE/), RecordingUrl: expect.any(String) })
})

it('rejects a call that comes in, without having answered it', async () => {
  world.product.twiml('/inbound', '<Reject reason="busy"/>')
  const { body } = await world.send('POST', `/sim/phones/${li}/calls`, { to: ours })
  await over(body.callSid)
  expect(await world.client.calls(body.callSid).fetch()).toMatchObject({ status: 'busy', duration: '0' })
})

it('waits in a queue until the wait document says Leave', async () => {
  voice('<Enqueue waitUrl="/queue" action="/left">support</Enqueue>')
  let asked = 0
  world.product.reply('/queue', () => ({ body: `<Response>${++asked < 3 ? '<Pause length="1"/><Redirect/>' : '<Leave/>'}</Response>` }))
  world.product.twiml('/left', '<Hangup/>')
  await place()
  expect((await first('/left')).fields).toMatchObject({ QueueResult: 'leave', QueueSid: expect.stringMatching(/^QU/) })
  expect(asked).toBe(3)
})
