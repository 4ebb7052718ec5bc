import { beginAttempt, storeCall } from '../../records/attempts'
import { markAsked } from '../../records/ringing'
import { takeOver } from '../../records/handover'
import { recordCallReport } from '../../records/calls'
import type { Browser } from '../api/browser'
import { caseHeldBy, openCase, sendHome } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'
import { createProvider } from '../telephony/provider'

let api: RunningApi
let provider: ReturnType<typeof createProvider>
let agent: Browser
let supervisor: Browser
const asked: string[] = []
let providerIsAway = false

beforeAll(async () => {
  api = await startApi({
    telephony: {
      async seatLeg(conference, callSid, { muted, coached }) {
        if (providerIsAway) throw new Error('away')
        asked.push(`${callSid} ${muted ? 'muted' : coached ? `heard by ${coached}` : 'heard by all'}`)
      },
      removeLeg: async (conference, callSid) => void asked.push(`${callSid} out`),
    },
  })
  provider = createProvider(api)
  agent = await api.as('agent-one')
  supervisor = await api.as('supervisor-one')
})
afterEach(async () => {
  providerIsAway = false
  asked.length = 0
  await api.db.monitoring.updateMany({ data: { endedAt: new Date() } })
  await sendHome(api.db)
})
afterAll(() => api.stop())

/** Agent one talks with the payer; both legs are in the conference. */
async function talk() {
  const held = await caseHeldBy(api.db, 'agent-one')
  const { caseId, payerId, policyVersion } = held
  const attempt = await beginAttempt(api.db, {
    caseId,
    payerId,
    number: 1,
    phone: '+8613800000001',
    mode: 'agent_first',
    agentId: 'agent-one',
    policyVersion,
    reason: 'first',
  })
  await markAsked(api.db, attempt)
  const callSid = `CA${attempt.id.replace(/\W/g, '').slice(-30)}`
  await storeCall(api.db, attempt.id, callSid, 'created')
  const leg = (label: string, sid: string, event = 'participant-join') =>
    provider.post(`/conferences/${caseId}/status`, { StatusCallbackEvent: event, ParticipantLabel: label, CallSid: sid })
  await leg('agent-agent-one', 'CAagent')
  await leg('payer-1', callSid)
  return { ...held, callSid, attemptId: attempt.id, leg }
}
const join = (caseId: string, mode: string, who = supervisor) => who.send('POST', `/v1/supervision/cases/${caseId}/monitoring`, { mode })
const dialsIn = (caseId: string, from = 'supervisor-one') => provider.document('/agent', { From: `client:${from}`, caseId })
const story = async (caseId: string) =>
  (
    await api.db.caseEvent.findMany({
      where: { caseId, type: { in: ['monitoring_started', 'monitoring_changed', 'monitoring_ended', 'case_taken_over'] } },
      orderBy: { id: 'asc' },
    })
  ).map(({ actor, type, data }) => [actor, type, data])

test('to listen, whisper, talk and leave is on record before it is heard, in the case and in the audit log', async () => {
  const { caseId, leg } = await talk()
  expect((await join(caseId, 'listen')).body.monitoring).toMatchObject({ caseId, mode: 'listen' })
  const document = await dialsIn(caseId)
  expect([document.attribute('Conference', 'muted'), document.attribute('Conference', 'beep'), document.attribute('Conference', 'coach')]).toEqual([
    'true',
    'false',
    undefined,
  ])
  expect(document.attribute('Conference', 'participantLabel')).toBe('supervisor-supervisor-one')
  await leg('supervisor-supervisor-one', 'CAboss')
  await join(caseId, 'whisper')
  await join(caseId, 'whisper')
  await join(caseId, 'barge')
  await join(caseId, 'listen')
  expect(asked).toEqual(['CAboss muted', 'CAboss heard by CAagent', 'CAboss heard by CAagent', 'CAboss heard by all', 'CAboss muted'])
  expect((await supervisor.send('GET', '/v1/supervision/monitoring')).body.monitoring).toMatchObject({ caseId, mode: 'listen' })
  expect((await supervisor.send('DELETE', `/v1/supervision/cases/${caseId}/monitoring`)).status).toBe(204)
  expect(asked.at(-1)).toBe('CAboss out')
  expect((await supervisor.send('GET', '/v1/supervision/monitoring')).body.monitoring).toBeNull()

  const boss = 'supervisor:supervisor-one'
  const told = [
    [boss, 'monitoring_started', { how: 'listen' }],
    [boss, 'monitoring_changed', { before: 'listen', how: 'whisper' }],
    [boss, 'monitoring_changed', { before: 'whisper', how: 'barge' }],
    [boss, 'monitoring_changed', { before: 'barge', how: 'listen' }],
    [boss, 'monitoring_ended', { how: 'listen', why: 'left' }],
  ]
  expect(await story(caseId)).toEqual(told)
  const { body } = await supervisor.send('GET', `/v1/supervision/audit?subject=${caseId}`)
  const audited = body.entries
    .filter(({ action }: { action: string }) => action.startsWith('monitoring_'))
    .map(({ actor, action }: { actor: string; action: string }) => [actor, action])
  expect(audited.toReversed()).toEqual(told.map(([actor, action]) => [actor, action]))
})

test('whoever whispers is heard by the agent’s leg alone, also after the agent has come back with another', async () => {
  const { caseId, leg } = await talk()
  await join(caseId, 'whisper')
  const document = await dialsIn(caseId)
  expect([document.attribute('Conference', 'coach'), document.attribute('Conference', 'muted')]).toEqual(['CAagent', undefined])
  await leg('supervisor-supervisor-one', 'CAboss')
  await leg('agent-agent-one', 'CAagent', 'participant-leave')
  expect((await dialsIn(caseId)).attribute('Conference', 'muted')).toBe('true')
  await leg('agent-agent-one', 'CAagain')
  expect(asked).toEqual(['CAboss heard by CAagent', 'CAboss heard by CAagain'])
})

test('when the provider does not do it, it stays as it was, and the record says so', async () => {
  const { caseId, leg } = await talk()
  await join(caseId, 'listen')
  await leg('supervisor-supervisor-one', 'CAboss')
  providerIsAway = true
  expect((await join(caseId, 'barge')).status).toBe(503)
  expect((await supervisor.send('GET', '/v1/supervision/monitoring')).body.monitoring.mode).toBe('listen')
  expect((await story(caseId)).map(([, , data]) => data)).toEqual([{ how: 'listen' }, { before: 'listen', how: 'barge' }, { before: 'barge', how: 'listen' }])
})

test('it ends with the call, or with the supervisor’s line', async () => {
  const first = await talk()
  await join(first.caseId, 'listen')
  await first.leg('supervisor-supervisor-one', 'CAboss')
  await first.leg('supervisor-supervisor-one', 'CAolder', 'participant-leave')
  expect(await api.db.monitoring.count({ where: { caseId: first.caseId, endedAt: null } })).toBe(1)
  await first.leg('supervisor-supervisor-one', 'CAboss', 'participant-leave')
  expect((await story(first.caseId)).at(-1)).toEqual(['supervisor:supervisor-one', 'monitoring_ended', { how: 'listen', why: 'line_lost' }])
  await sendHome(api.db)

  const { caseId, attemptId, callSid } = await talk()
  await join(caseId, 'listen')
  await recordCallReport(api.db, { attemptId, callSid, status: 'completed', key: 'end', source: 'callback' })
  expect((await story(caseId)).at(-1)).toEqual(['supervisor:supervisor-one', 'monitoring_ended', { how: 'listen', why: 'call_ended' }])
  expect((await dialsIn(caseId)).verbs).toEqual(['Reject'])
})

test('it is for supervisors, one call at a time, and for calls with an agent in them', async () => {
  const { caseId } = await talk()
  for (const who of ['agent-two', 'compliance-one', 'admin-one']) expect((await join(caseId, 'listen', await api.as(who))).status).toBe(403)
  expect((await dialsIn(caseId)).verbs).toEqual(['Reject'])
  expect((await join(caseId, 'shout')).body.errors).toMatchObject([{ field: 'mode' }])
  expect((await join('case_nothing', 'listen')).status).toBe(404)
  expect((await join((await openCase(api.db)).caseId, 'listen')).status).toBe(409)
  await join(caseId, 'listen')
  await api.db.presence.updateMany({ data: { caseId: null, status: 'offline' } })
  expect((await join((await talk()).caseId, 'listen')).body.detail).toBe('You are in another call. Leave it first.')
})

test('a call that was taken over is the supervisor’s, once, and the agent wraps up', async () => {
  const { caseId, leg } = await talk()
  await join(caseId, 'whisper')
  await leg('supervisor-supervisor-one', 'CAboss')
  const results = await Promise.all(['supervisor-one', 'supervisor-one'].map((id) => takeOver(api.db, caseId, id)))
  expect(results.map(({ toAgentId, fromAgentId }) => [toAgentId, fromAgentId])).toEqual(results.map(() => ['supervisor-one', 'agent-one']))
  expect((await story(caseId)).slice(-2)).toEqual([
    ['supervisor:supervisor-one', 'monitoring_ended', { how: 'whisper', why: 'took_over' }],
    ['supervisor:supervisor-one', 'case_taken_over', { agentId: 'agent-one', toAgentId: 'supervisor-one' }],
  ])
  const presence = await api.db.presence.findMany({ where: { caseId }, orderBy: { userId: 'asc' } })
  expect(presence.map(({ userId, status, next }) => [userId, status, next])).toEqual([
    ['agent-one', 'wrap_up', 'available'],
    ['supervisor-one', 'busy', 'offline'],
  ])
  expect((await supervisor.send('GET', `/v1/desk/cases/${caseId}`)).body.agent).toEqual({ id: 'supervisor-one', name: 'supervisor-one' })
  expect((await dialsIn(caseId, 'agent-one')).verbs).toEqual(['Reject'])
  await leg('supervisor-supervisor-one', 'CAboss', 'participant-leave')
  expect(await api.db.caseEvent.count({ where: { caseId, type: 'agent_left', actor: 'agent:supervisor-one' } })).toBe(1)

  const busy = await caseHeldBy(api.db, 'agent-two')
  await expect(takeOver(api.db, busy.caseId, 'supervisor-one')).rejects.toMatchObject({ reason: 'no_call' })
})

test('help is asked for in a call, seen by supervisors, answered by joining, and over with the call', async () => {
  const idle = await caseHeldBy(api.db, 'agent-one')
  const ask = (caseId: string, reason?: string) => agent.send('POST', `/v1/desk/cases/${caseId}/help`, reason ? { reason } : undefined)
  expect((await ask(idle.caseId)).status).toBe(409)
  await sendHome(api.db)
  const { caseId, attemptId, callSid } = await talk()
  expect((await (await api.as('agent-two')).send('POST', `/v1/desk/cases/${caseId}/help`)).status).toBe(403)
  for (const reason of ['wants my superior', 'again']) expect((await ask(caseId, reason)).status).toBe(204)
  const board = async () => (await supervisor.send('GET', '/v1/supervision/wallboard')).body
  const onBoard = async () => (await board()).cases.find((one: { caseId: string }) => one.caseId === caseId)
  expect((await board()).alerts).toMatchObject([{ kind: 'help_asked', caseId, said: 'wants my superior' }])
  expect(await onBoard()).toMatchObject({ live: true, monitors: [], help: { reason: 'wants my superior', answeredBy: null } })

  await agent.send('DELETE', `/v1/desk/cases/${caseId}/help`)
  expect((await board()).alerts).toEqual([])
  await ask(caseId)
  await join(caseId, 'listen')
  expect(await onBoard()).toMatchObject({ monitors: [{ id: 'supervisor-one', mode: 'listen' }], help: { answeredBy: 'supervisor-one' } })
  const events = await agent.events('/v1/desk/events')
  expect(await events.next('call')).toMatchObject({ help: { answeredBy: 'supervisor-one' }, supervisor: { name: 'supervisor-one', mode: 'listen' } })
  events.close()
  await recordCallReport(api.db, { attemptId, callSid, status: 'completed', key: 'end', source: 'callback' })
  expect(await api.db.helpRequest.count({ where: { caseId, endedAt: null } })).toBe(0)
  const told = await api.db.caseEvent.findMany({ where: { caseId, type: { startsWith: 'help_' } }, orderBy: { id: 'asc' } })
  expect(told.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
    'help_asked agent:agent-one',
    'help_withdrawn agent:agent-one',
    'help_asked agent:agent-one',
    'help_answered supervisor:supervisor-one',
  ])
})

test('an agent is not told of a supervisor who only listens', async () => {
  const { caseId } = await talk()
  await join(caseId, 'listen')
  const events = await agent.events('/v1/desk/events')
  expect(await events.next('call')).toMatchObject({ help: null, supervisor: null })
  await join(caseId, 'whisper')
  expect(await events.next('call', ({ supervisor: who }) => who !== null)).toMatchObject({ supervisor: { name: 'supervisor-one', mode: 'whisper' } })
  events.close()
})

test('a wrap-up is made longer once', async () => {
  const { caseId, attemptId, callSid } = await talk()
  const extend = () => agent.send('POST', '/v1/desk/wrap-up/extension')
  expect((await extend()).status).toBe(409)
  await recordCallReport(api.db, { attemptId, callSid, status: 'completed', key: 'end', source: 'callback' })
  const before = await api.db.presence.findUniqueOrThrow({ where: { userId: 'agent-one' } })
  const [first, second] = [await extend(), await extend()]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(Date.parse(first.body.wrapUpUntil) - before.wrapUpUntil!.getTime()).toBe(60_000)
  expect([first.body.wrapUpExtended, second.body.wrapUpUntil]).toEqual([true, first.body.wrapUpUntil])
  expect(await api.db.auditEntry.count({ where: { subject: caseId, action: 'wrap_up_extended' } })).toBe(1)
})
