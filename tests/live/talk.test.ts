import { eventually } from '../api/eventually'
import { createBrowser, signIn } from '../api/browser'
import { welcomeNow } from '../support/callingHours'
import { startStack, type Stack } from '../support/stack'
import { openDesk, payersTelephone, type Desk, type Leg } from './desk'

jest.setTimeout(90_000)

const patience = 30_000
let stack: Stack
let phone: ReturnType<typeof payersTelephone>
let one: Desk
let two: Desk
let boss: Desk

beforeAll(async () => {
  stack = await startStack({ simulatorSpeed: 20, policy: { wrapUpSeconds: 5, contactNeedsAgentLeg: true, transcribeCalls: true, thirdParty: { typedNumbers: true, countries: [], ringSeconds: 30, leaveTogether: true }, callingHours: welcomeNow() } })
  phone = payersTelephone(stack)
  await phone.ready()
  ;[one, two, boss] = [await openDesk(stack, 0), await openDesk(stack, 1), await openDesk(stack, 0, 'supervisor')]
})
afterAll(async () => {
  for (const desk of [one, two, boss]) desk?.vanish()
  await stack.stop()
})

/** Agent one talks with the payer. */
async function talk(paymentId: string) {
  const caseId = await phone.flag(paymentId)
  await one.available()
  await one.accept()
  const leg = await one.dialIn(caseId)
  await one.events.next('call', (call) => call.caseId === caseId && call.contactAt !== null)
  const { callSid } = (await phone.rings()).at(-1)!
  return { caseId, paymentId, leg, payer: callSid }
}
const closed = (caseId: string) => eventually(async () => (await stack.db.riskCase.findUniqueOrThrow({ where: { id: caseId } })).status === 'closed', patience)
const hears = (leg: Leg, text: string) => eventually(async () => leg.heard().includes(text), patience)
const payerHears = (callSid: string, text: string) => eventually(async () => (await phone.heard(callSid)).includes(text), patience)
const monitor = (caseId: string, mode: string) => boss.browser.send('POST', `/v1/supervision/cases/${caseId}/monitoring`, { mode })

test('a payee who presses 0 talks with an agent; they hear nothing of the payer, whose name only those see who work on it', async () => {
  const request = {
    transferId: 'live-wrong-transfer',
    kind: 'wrong_transfer',
    reason: 'One digit was wrong.',
    transferredAt: new Date(Date.now() - 3_600_000).toISOString(),
    amount: { amount: 500_000, currency: 'CNY' },
    payer: { id: 'li-live', name: '李先生', phones: ['+8613800000021'] },
    payee: { id: 'lopez-live', name: 'Maria Lopez', phone: '+8613800000022', locale: 'en' },
  }
  const payees = payersTelephone(stack, request.payee.phone, ['1', '0'])
  await payees.ready()
  const { transferId: paymentId, amount } = request
  const moved = { paymentId, from: 'payer:li-live', to: 'payee:lopez-live', amount, caseId: 'live' }
  const sent = await fetch(`${stack.simulator.url}/sim/ledger/transfers/live`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(moved) })
  expect(sent.status).toBe(200)
  await one.available()
  const app = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.payerKey}` })
  const { caseId } = (await app.send('POST', '/v1/payer/transfer-help', request)).body

  const offer = await one.events.next('offer', (made) => made.caseId === caseId)
  expect(offer).toMatchObject({ kind: 'transfer_help', mode: 'automated', payer: { name: '李**' }, payments: [] })
  expect((await one.browser.send('POST', `/v1/desk/offers/${offer.offerId}/accept`)).status).toBe(200)
  const leg = await one.dialIn(caseId)
  await one.events.next('call', (call) => call.caseId === caseId && call.contactAt !== null)
  const { callSid } = (await payees.rings()).at(-1)!
  await leg.say('you asked for a person')
  await eventually(async () => (await payees.heard(callSid)).includes('you asked for a person'), patience)
  await payees.say(callSid, 'what is this about?')
  await hears(leg, 'what is this about?')
  expect((await payees.heard(callSid)).join()).not.toMatch(/李|li-live|One digit|800000021/)

  const help = async (desk: Desk) => (await desk.browser.send('GET', `/v1/transfer-help/${caseId}`)).body
  expect(await help(one)).toMatchObject({ payer: { name: '李先生' }, payee: { name: 'Maria Lopez', phone: '+8613800000022' } })
  expect(await help(two)).toMatchObject({ payer: { name: '李**' }, payee: { name: 'M**** L****', phone: '+86138****0022' } })
  expect((await two.browser.send('GET', `/v1/desk/cases/${caseId}`)).status).toBe(403)
  // What the agent is to say greets whoever is on the line.
  const { script } = (await one.browser.send('GET', `/v1/desk/cases/${caseId}`)).body
  expect(JSON.stringify(script)).toContain('Maria Lopez')
  expect(JSON.stringify(script)).not.toContain('李')

  expect((await one.browser.send('POST', `/v1/transfer-help/${caseId}/payee-answer`, { answer: 'return' })).status).toBe(202)
  await one.browser.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await closed(caseId)
  expect(await stack.db.riskCase.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({ outcome: 'returned' })
})

test('a whisper reaches the agent and not the payer; then the supervisor talks with both, and takes the call over', async () => {
  const { caseId, paymentId, leg, payer } = await talk('live-whisper')
  expect((await monitor(caseId, 'listen')).status).toBe(200)
  const supervisor = await boss.dialIn(caseId)
  await eventually(async () => (await stack.db.monitoring.count({ where: { callSid: supervisor.callSid } })) === 1, patience)
  await phone.say(payer, 'hello?')
  await hears(supervisor, 'hello?')
  await supervisor.say('nobody hears this')
  expect((await monitor(caseId, 'whisper')).status).toBe(200)
  await supervisor.say('ask where they are')
  await hears(leg, 'ask where they are')
  await leg.say('where are you?')
  await payerHears(payer, 'where are you?')
  expect((await monitor(caseId, 'barge')).status).toBe(200)
  await supervisor.say('this is the supervisor')
  await payerHears(payer, 'this is the supervisor')
  expect([await phone.heard(payer), leg.heard()].flat()).not.toContain('nobody hears this')
  expect(await phone.heard(payer)).not.toContain('ask where they are')

  expect((await monitor(caseId, 'whisper')).status).toBe(200)
  expect((await monitor(caseId, 'take_over')).status).toBe(200)
  await boss.events.next('case', (held) => held.caseId === caseId && held.agent.id === boss.id)
  await eventually(async () => leg.state() === 'closed', patience)
  // The telephone follows the case within moments.
  await eventually(async () => {
    await supervisor.say('you talk with me now')
    return (await phone.heard(payer)).includes('you talk with me now')
  }, patience)
  expect(await one.verdict(caseId, paymentId)).toBe(403)
  expect(await boss.verdict(caseId, paymentId)).toBe(200)
  await boss.browser.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await closed(caseId)
  const { verdictBy } = await stack.db.flaggedPayment.findUniqueOrThrow({ where: { id: paymentId } })
  expect(verdictBy).toBe(`agent:${boss.id}`)
  const joins = await stack.db.auditEntry.findMany({
    where: { subject: caseId, action: { in: ['monitoring_started', 'monitoring_changed', 'case_taken_over'] } },
    orderBy: { seq: 'asc' },
  })
  expect(joins.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    `monitoring_started supervisor:${boss.id}`,
    ...Array.from({ length: 3 }, () => `monitoring_changed supervisor:${boss.id}`),
    `case_taken_over supervisor:${boss.id}`,
  ])
})

test('a talk is recorded and written down from the announcement on, not while card data is spoken, and is listened to and read on record', async () => {
  const { caseId, paymentId, payer, leg } = await talk('live-recorded')
  const recordings = async () => (await boss.browser.send('GET', `/v1/supervision/cases/${caseId}/recordings`)).body.recordings
  await eventually(async () => (await recordings())[0]?.status === 'recording', patience)
  const [{ recordingSid, consentAt, consentWording }] = await recordings()
  expect([consentAt, consentWording]).toEqual([expect.any(String), expect.any(String)])
  const { accountSid, authToken, apiBaseUrl } = stack.configuration.telephony
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const atProvider = async () => {
    const answer = await fetch(`${apiBaseUrl}/2010-04-01/Accounts/${accountSid}/Calls/${payer}/Recordings.json`, { headers: { authorization } })
    return ((await answer.json()) as { recordings: { sid: string; status: string; channels: number }[] }).recordings
  }
  expect(await atProvider()).toMatchObject([{ sid: recordingSid, status: 'in-progress', channels: 2 }])

  const written = async () => (await stack.db.transcriptLine.findMany({ where: { recording: { caseId } } })).map(({ speaker, text }) => `${speaker}: ${text}`)
  await eventually(async () => (await stack.db.recording.count({ where: { caseId, transcriptionSid: { not: null } } })) === 1, patience)
  await phone.say(payer, 'not me, and my card is 6222 0212 3456 7890 123')
  await eventually(async () => (await written()).includes('payer: not me, and my card is ••••'), patience)
  await leg.say('please say no number yet')
  await eventually(async () => (await written()).includes('company: please say no number yet'), patience)

  const pause = (paused: boolean) => one.browser.send('POST', `/v1/desk/cases/${caseId}/recording`, { paused })
  expect((await two.browser.send('POST', `/v1/desk/cases/${caseId}/recording`, { paused: true })).status).toBe(403)
  expect((await pause(true)).status).toBe(204)
  expect(await atProvider()).toMatchObject([{ status: 'paused' }])
  await phone.say(payer, 'for nobody else')
  expect((await pause(false)).status).toBe(204)
  expect(await atProvider()).toMatchObject([{ status: 'in-progress' }])
  await phone.say(payer, 'that was all')
  await eventually(async () => (await written()).includes('payer: that was all'), patience)
  expect((await written()).join()).not.toContain('for nobody else')
  await one.verdict(caseId, paymentId)
  await one.browser.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await eventually(async () => (await recordings())[0]?.status === 'completed', patience)

  const transcript = `/v1/supervision/cases/${caseId}/transcript`
  expect((await one.browser.send('GET', transcript)).status).toBe(403)
  const { lines } = (await boss.browser.send('GET', transcript)).body
  expect(lines.at(-1)).toMatchObject({ attemptId: `${caseId}.1`, speaker: 'payer', text: 'that was all', seconds: expect.any(Number) })
  expect(await stack.db.caseEvent.count({ where: { caseId, type: 'transcript_read', actor: `supervisor:${boss.id}` } })).toBe(1)
  const media = `/v1/supervision/recordings/${recordingSid}/media`
  expect((await one.browser.send('GET', media)).status).toBe(403)
  const whole = await boss.browser.download(media)
  expect([whole.status, whole.file.subarray(0, 4).toString()]).toEqual([200, 'RIFF'])
  const part = await boss.browser.download(media, { range: 'bytes=0-43' })
  expect([part.status, part.headers.get('content-range'), part.file.length]).toEqual([206, `bytes 0-43/${whole.file.length}`, 44])
  const events = await stack.db.caseEvent.findMany({ where: { caseId, type: { startsWith: 'recording_' } }, orderBy: { id: 'asc' } })
  expect(events.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
    'recording_announced system:telephony',
    'recording_started provider',
    `recording_paused agent:${one.id}`,
    `recording_resumed agent:${one.id}`,
    'recording_completed provider',
    `recording_played supervisor:${boss.id}`,
  ])
})

test('a call is handed over: the colleague comes in, is introduced, and has the case and its verdict once the first agent leaves', async () => {
  const { caseId, paymentId, leg, payer } = await talk('live-transfer')
  const transfer = (desk: Desk, method: string, rest = '') => desk.browser.send(method, `/v1/desk/cases/${caseId}/transfer${rest}`)
  expect((await transfer(one, 'POST')).body.detail).toBe('No colleague is free.')
  await two.available()
  expect((await one.browser.send('POST', `/v1/desk/cases/${caseId}/transfer`, { toAgentId: two.id, note: 'knows the merchant' })).status).toBe(204)
  const offer = await two.events.next('offer', ({ transfer: wish }) => wish?.note === 'knows the merchant')
  await two.browser.send('POST', `/v1/desk/offers/${offer.offerId}/accept`)
  await one.events.next('call', (call) => call.transfer?.state === 'consulting' && call.transfer.to.id === two.id)
  expect(await two.verdict(caseId, paymentId)).toBe(403)
  expect((await transfer(one, 'POST', '/complete')).body.detail).toBe('Your colleague is not on the line yet.')
  const second = await two.dialIn(caseId)
  await eventually(async () => (await transfer(one, 'POST', '/complete')).status === 204, patience)
  await eventually(async () => leg.state() === 'closed', patience)
  await second.say('now you talk with me')
  await payerHears(payer, 'now you talk with me')
  expect(await one.verdict(caseId, paymentId)).toBe(403)
  expect(await two.verdict(caseId, paymentId)).toBe(200)
  await two.browser.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await closed(caseId)
  expect(await stack.db.caseEvent.count({ where: { caseId, type: 'handover_completed', actor: `agent:${one.id}` } })).toBe(1)
})

describe('somebody is added to the talk by telephone', () => {
  const third = (caseId: string, method: string, body?: object, rest = '') => one.browser.send(method, `/v1/desk/cases/${caseId}/third-party${rest}`, body)
  const told = (caseId: string, fits: (added: { status: string; joined: boolean; outcome: string | null; machine: boolean }) => boolean) =>
    one.events.next('call', (call) => call.caseId === caseId && call.thirdParty !== null && fits(call.thirdParty))
  const faults = (settings: object) =>
    fetch(`${stack.simulator.url}/sim/faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(settings) })

  test('an interpreter of the directory is rung once although the provider’s answer was lost, talks with both, and is dropped', async () => {
    const interpreter = payersTelephone(stack, '+14155550131')
    await interpreter.ready()
    const entries = [{ id: 'interpreters', name: { en: 'Interpreters', zh: '口译服务' }, phone: '+14155550131', purpose: 'day and night', language: 'en', active: true }]
    expect((await boss.browser.send('PUT', '/v1/directory', { since: 0, settings: { entries } })).status).toBe(403)
    const account = stack.users.find(({ role }) => role === 'admin')!
    const admin = await signIn(stack.api.url, account.email, account.password)
    expect((await admin.send('PUT', '/v1/directory', { since: 0, settings: { entries } })).status).toBe(200)

    const { caseId, paymentId, leg, payer } = await talk('live-third-party')
    expect((await third(caseId, 'GET')).body).toMatchObject({ entries: [{ id: 'interpreters', phone: '+14155550131' }], typedNumbers: true })
    expect((await third(caseId, 'POST', { phone: '+14155550131' })).body.errors).toMatchObject([{ field: 'phone' }])
    expect((await two.browser.send('POST', `/v1/desk/cases/${caseId}/third-party`, { entryId: 'interpreters' })).status).toBe(403)
    await faults({ answer500AfterAccepting: 1 })
    expect((await third(caseId, 'POST', { entryId: 'interpreters' })).status).toBe(202)
    expect((await third(caseId, 'POST', { entryId: 'interpreters' })).status).toBe(409)
    await eventually(async () => (await interpreter.rings()).length > 0, patience)
    await faults({})
    await told(caseId, ({ joined }) => joined)
    const [ring, ...more] = await interpreter.rings()
    expect(more).toEqual([])
    await interpreter.say(ring!.callSid, 'how may I help?')
    await hears(leg, 'how may I help?')
    await payerHears(payer, 'how may I help?')
    const heard = (await interpreter.heard(ring!.callSid)).join()
    expect(heard).toMatch(/recorded/)
    expect(heard).not.toMatch(/7,587|Air tickets|李/)

    const hold = (on: boolean) => one.browser.send('POST', `/v1/desk/cases/${caseId}/hold`, { hold: on })
    expect((await hold(true)).status).toBe(204)
    await leg.say('between us')
    await eventually(async () => (await interpreter.heard(ring!.callSid)).includes('between us'), patience)
    expect((await hold(false)).status).toBe(204)
    expect((await third(caseId, 'DELETE')).status).toBe(204)
    await told(caseId, ({ outcome }) => outcome === 'contact')
    await leg.say('now without them')
    await payerHears(payer, 'now without them')
    expect(await phone.heard(payer)).not.toContain('between us')
    expect(await one.verdict(caseId, paymentId)).toBe(200)
    await one.browser.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
    await closed(caseId)
    const events = await stack.db.caseEvent.findMany({ where: { caseId, type: { startsWith: 'third_party_' } }, orderBy: { id: 'asc' } })
    // A ring that is reported before its creation is answered says by itself that there is a call.
    expect(events.map(({ type, actor }) => `${type} ${actor}`).filter((event) => !event.startsWith('third_party_called'))).toEqual([
      `third_party_added agent:${one.id}`,
      'third_party_ringing provider',
      'third_party_announced system:telephony',
      'third_party_joined third-party',
      `third_party_dropped agent:${one.id}`,
      'third_party_ended provider',
    ])
    expect(await stack.db.auditEntry.count({ where: { subject: caseId, action: { startsWith: 'third_party_' } } })).toBe(events.length)
  })

  test('a line that is busy is told plainly; left together with the payer by policy, the payer’s leaving ends the other call', async () => {
    const bank = payersTelephone(stack, '+8613800000032')
    const { caseId, paymentId, leg, payer } = await talk('live-third-party-left')
    await fetch(`${stack.simulator.url}/sim/phones/${encodeURIComponent('+8613800000031')}`, {
      method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ persona: 'busy' }),
    })
    expect((await third(caseId, 'POST', { phone: '+8613800000031' })).status).toBe(202)
    await told(caseId, ({ outcome }) => outcome === 'busy')
    await bank.ready()
    expect((await third(caseId, 'POST', { phone: '+8613800000032' })).status).toBe(202)
    await told(caseId, ({ joined }) => joined)
    expect((await third(caseId, 'POST', undefined, '/leave')).body.detail).toMatch(/verdicts first/)
    expect(await one.verdict(caseId, paymentId)).toBe(200)
    await eventually(async () => (await third(caseId, 'POST', undefined, '/leave')).status === 204, patience)
    await eventually(async () => leg.state() === 'closed', patience)
    const [ring] = await bank.rings()
    await bank.say(ring!.callSid, 'only you and me')
    await payerHears(payer, 'only you and me')
    await phone.hangUp(payer)
    await closed(caseId)
    await eventually(async () => (await stack.db.thirdParty.findFirstOrThrow({ where: { caseId, phone: '+8613800000032' } })).status === 'ended', patience)
    expect(await stack.db.caseEvent.count({ where: { caseId, type: 'agent_lost' } })).toBe(0)
    expect((await phone.heard(payer)).join()).not.toMatch(/线路中断/)
  })
})
