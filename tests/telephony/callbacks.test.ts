import twilio from 'twilio'
import { Client } from '@temporalio/client'
import { createDataConverter } from '../../configuration/payloadCodec'
import { caseWorkflowId, type RecordedFlag } from '../../domain/messages'
import { signalCase } from '../../providers/caseWorkflows'
import { unacknowledgedFlags } from '../../records/flags'
import { eventually } from '../api/eventually'
import { startApi, type RunningApi } from '../api/startApi'
import { startNamespace, type TestNamespace } from '../support/namespace'
import { dialled } from './calls'
import { createProvider } from './provider'

let temporal: TestNamespace
let api: RunningApi
let provider: ReturnType<typeof createProvider>
let client: Client
const endedBySomebody: string[] = []
beforeAll(async () => {
  temporal = await startNamespace()
  api = await startApi({
    environment: { TEMPORAL_NAMESPACE: temporal.namespace },
    telephony: {
      endCall: async (callSid: string) => void endedBySomebody.push(callSid),
      fetchCall: async (callSid: string) => ({ callSid, status: 'completed', answeredBy: null, createdAt: new Date(), queueMillis: 70 }),
    },
  })
  client = new Client({ connection: temporal.connection, namespace: temporal.namespace, dataConverter: createDataConverter(api.configuration.payloadKeys) })
  provider = createProvider(api)
})
afterAll(async () => {
  await api.stop()
  await temporal.stop()
})

/** A call whose case has a workflow, for which no worker works: what it is told stands in its history. */
async function call(mode: Parameters<typeof dialled>[1] = 'automated') {
  const made = await dialled(api.db, mode)
  const flag = (await unacknowledgedFlags(api.db, new Date(Date.now() + 1_000), 1_000)).find(({ caseId }) => caseId === made.caseId) as RecordedFlag
  await signalCase(client, flag)
  return made
}

async function toldTo(payerId: string): Promise<string[]> {
  const { events } = await client.workflow.getHandle(caseWorkflowId(payerId)).fetchHistory()
  return events!.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []).filter((name) => name !== 'paymentRecorded')
}
const attemptOf = (id: string) => api.db.attempt.findUniqueOrThrow({ where: { id } })

describe('a webhook without the provider’s signature is refused, and changes nothing', () => {
  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['a forged one', { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' }],
    ['an empty one', { 'x-twilio-signature': '' }],
  ])('%s', async (_, headers) => {
    const { attemptId, callSid } = await dialled(api.db, 'automated')
    expect((await provider.post(`/calls/${attemptId}/status`, { CallSid: callSid, CallStatus: 'completed' }, headers)).status).toBe(403)
    expect((await provider.post(`/calls/${attemptId}/voice`, {}, headers)).status).toBe(403)
    expect(await attemptOf(attemptId)).toMatchObject({ status: 'queued' })
  })

  test('one of another address or another body', async () => {
    const { attemptId, callSid } = await dialled(api.db, 'automated')
    const form = { CallSid: callSid, CallStatus: 'completed' }
    const { publicBaseUrl, telephony } = api.configuration
    const sign = (path: string, body: object) => ({ 'x-twilio-signature': twilio.getExpectedTwilioSignature(telephony.authToken, publicBaseUrl + path, body) })
    const path = `/telephony/calls/${attemptId}/status`
    expect((await provider.post(`/calls/${attemptId}/status`, form, sign('/telephony/calls/other.1/status', form))).status).toBe(403)
    expect((await provider.post(`/calls/${attemptId}/status`, form, sign(path, { ...form, CallStatus: 'busy' }))).status).toBe(403)
    expect((await provider.post(`/calls/${attemptId}/status`, form, sign(path, form))).status).toBe(204)
  })

  test('the vector of Twilio’s own documentation is genuine', () => {
    const form = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' }
    expect(twilio.getExpectedTwilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', form)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  })
})

test('what a call reports is written down, and its end is told to the case with no worker up', async () => {
  const { attemptId, callSid, payerId, caseId } = await call()
  for (const [sequence, status] of ['ringing', 'in-progress', 'completed'].entries())
    expect((await provider.report(attemptId, callSid, status, sequence)).status).toBe(204)
  expect(await attemptOf(attemptId)).toMatchObject({ status: 'ended', outcome: 'no_contact', queueMillis: 70 })
  expect(await toldTo(payerId)).toEqual(['callEnded'])
  expect((await api.db.callWebhook.findMany({ where: { attemptId } })).map(({ kind }) => kind)).toEqual([
    'status:ringing',
    'status:in-progress',
    'status:completed',
  ])
  expect((await api.db.riskCase.findUniqueOrThrow({ where: { id: caseId } })).firstRingAt).not.toBeNull()
})

test('no telephone number is kept with the webhook', async () => {
  const { attemptId, callSid } = await call()
  await provider.report(attemptId, callSid, 'ringing', 0)
  const [kept] = await api.db.callWebhook.findMany({ where: { attemptId } })
  expect(JSON.stringify(kept!.form)).not.toMatch(/\+\d/)
})

test('repeated and reordered, they change nothing, and the end is told again: the first telling may have been lost', async () => {
  const { attemptId, callSid, payerId, caseId } = await call()
  const reports: [string, number][] = [
    ['completed', 2],
    ['ringing', 0],
    ['in-progress', 1],
    ['completed', 2],
    ['completed', 2],
  ]
  for (const [status, sequence] of reports) await provider.report(attemptId, callSid, status, sequence)
  expect(await attemptOf(attemptId)).toMatchObject({ status: 'ended', outcome: 'no_contact' })
  expect(await api.db.caseEvent.count({ where: { caseId, type: 'call_ended' } })).toBe(1)
  expect(new Set(await toldTo(payerId))).toEqual(new Set(['callEnded']))
  expect(await api.db.callWebhook.count({ where: { attemptId } })).toBe(3)
})

test('a case that is over needs no telling', async () => {
  const { attemptId, callSid } = await dialled(api.db, 'automated')
  expect((await provider.report(attemptId, callSid, 'completed', 0)).status).toBe(204)
})

test('an unknown attempt is answered, so that nobody asks for ever', async () => {
  expect((await provider.report('case_none.1', 'CAnone', 'completed', 0)).status).toBe(204)
})

test('a second call for one attempt is ended', async () => {
  const { attemptId, payerId } = await call()
  await provider.report(attemptId, 'CAsecond', 'ringing', 0)
  expect(endedBySomebody).toContain('CAsecond')
  expect(await toldTo(payerId)).toEqual([])
})

test('a machine is told of, a human is not', async () => {
  const [machine, human] = [await call(), await call()]
  await provider.post(`/calls/${machine.attemptId}/answered-by`, { CallSid: machine.callSid, AnsweredBy: 'machine_end_beep' })
  await provider.post(`/calls/${human.attemptId}/answered-by`, { CallSid: human.callSid, AnsweredBy: 'human' })
  expect(await toldTo(machine.payerId)).toEqual(['machineAnswered'])
  expect(await toldTo(human.payerId)).toEqual([])
})

test('the payer’s leg in the conference is told of; the agent’s leaving while they stay, too', async () => {
  const { attemptId, callSid, caseId, payerId } = await call('customer_first')
  await provider.report(attemptId, callSid, 'in-progress', 1)
  const leg = (StatusCallbackEvent: string, ParticipantLabel: string, CallSid: string) =>
    provider.post(`/conferences/${caseId}/status`, { StatusCallbackEvent, ParticipantLabel, CallSid })
  for (const event of ['conference-start', 'participant-mute']) expect((await leg(event, 'payer-1', callSid)).status).toBe(204)
  await leg('participant-join', 'payer-1', callSid)
  await leg('participant-join', 'supervisor-x', 'CAs')
  await leg('participant-join', 'agent-agent-one', 'CAa')
  await leg('participant-leave', 'agent-agent-one', 'CAa')
  expect(await toldTo(payerId)).toEqual(['payerReached', 'agentLeft'])
})

test('an agent’s browser that goes away in mid-call is told of, and not as a leg that left', async () => {
  const { attemptId, callSid, caseId, payerId } = await call('agent_first')
  await provider.report(attemptId, callSid, 'in-progress', 1)
  await api.db.presence.create({ data: { userId: 'agent-one', status: 'busy', caseId } })
  await api.db.riskCase.update({ where: { id: caseId }, data: { agentId: 'agent-one' } })
  const events = await (await api.as('agent-one')).events('/v1/desk/events')
  await events.next('presence')
  events.close()
  await eventually(async () => (await toldTo(payerId)).length > 0)
  expect(await toldTo(payerId)).toEqual(['agentLeft'])
  expect(await api.db.caseEvent.count({ where: { caseId, type: 'agent_left' } })).toBe(0)
})

test('a keypress is told with its payment', async () => {
  const { attemptId, paymentId, payerId } = await call()
  await provider.post(`/calls/${attemptId}/answer?payment=${paymentId}&turn=1&person=false`, { Digits: '2' })
  expect(await toldTo(payerId)).toEqual(['keyPressed'])
})

test('fields too long, of wrong kind or with characters that cannot be stored are no fault of ours', async () => {
  const { attemptId } = await dialled(api.db, 'automated')
  for (const form of [
    {},
    { CallStatus: 'completed' },
    { CallSid: 'CA\0', CallStatus: 'ringing' },
    { CallSid: 'CA'.repeat(5_000), CallStatus: 'ringing' },
    { CallSid: 'CAx', CallStatus: 'never-heard-of' },
  ])
    expect((await provider.post(`/calls/${attemptId}/status`, form as Record<string, string>)).status).toBeLessThan(500)
})

describe('Temporal is away', () => {
  let lonely: RunningApi
  beforeAll(async () => void (lonely = await startApi({ temporalAddress: '127.0.0.1:9', environment: { TEMPORAL_NAMESPACE: 'none' } })))
  afterAll(() => lonely.stop())

  test('the end of a call is written down and answered with 503, so that the provider tells it again', async () => {
    const provider2 = createProvider(lonely)
    const { attemptId, callSid } = await dialled(lonely.db, 'automated')
    expect((await provider2.report(attemptId, callSid, 'ringing', 0)).status).toBe(204)
    expect((await provider2.report(attemptId, callSid, 'completed', 1)).status).toBe(503)
    expect(await lonely.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: 'ended' })
  })

  test('the payer still hears what they should', async () => {
    const provider2 = createProvider(lonely)
    const { attemptId } = await dialled(lonely.db, 'automated')
    const voice = await provider2.document(`/calls/${attemptId}/voice`)
    expect((await provider2.document(voice.action(), { Digits: '1' })).verbs).toEqual(['Gather'])
  })

  test('a keypress is kept, and the payer is led on', async () => {
    const provider2 = createProvider(lonely)
    const { attemptId, paymentId, caseId } = await dialled(lonely.db, 'automated')
    const next = await provider2.document(`/calls/${attemptId}/answer?payment=${paymentId}&turn=1&person=false`, { Digits: '2' })
    expect(next.verbs).toEqual(['Say', 'Dial'])
    expect(await lonely.db.caseEvent.count({ where: { caseId, type: 'keypress' } })).toBeGreaterThanOrEqual(1)
  })
})

describe('PostgreSQL is away', () => {
  let lonely: RunningApi
  beforeAll(async () => void (lonely = await startApi({ databaseUrl: 'postgresql://nobody@127.0.0.1:9/none' })))
  afterAll(() => lonely.stop())

  test('nothing is half done: 503', async () => {
    expect((await createProvider(lonely).report('case_any.1', 'CAany', 'completed', 1)).status).toBe(503)
  })
})
