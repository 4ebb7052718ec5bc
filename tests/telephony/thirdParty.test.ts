import type { Client } from '@temporalio/client'
import { Registry } from 'prom-client'
import { createThirdPartyActivities } from '../../activities/thirdParties'
import type { ActivityDependencies } from '../../activities/dependencies'
import { createLog } from '../../configuration/log'
import { defaultPolicy } from '../../domain/policy'
import { refusedNumber } from '../../domain/thirdParty/number'
import { CallOutcomeUnknown, CallRefused } from '../../providers/telephony'
import { recordCallReport } from '../../records/calls'
import { setDialling } from '../../records/permission'
import { dropThirdParty } from '../../records/thirdParty/leaving'
import { recordThirdPartyJoined, recordThirdPartyReport } from '../../records/thirdParty/reports'
import { createMetrics } from '../../worker/metrics'
import { startDatabase, type TestDatabase } from '../support/database'
import { thirdPartyIn } from './calls'
import { createPretendTelephony } from './pretendTelephony'

const agentId = 'agent-one'
let database: TestDatabase
beforeAll(async () => {
  database = await startDatabase()
  await database.db.staffUser.create({ data: { id: agentId, email: 'one@demo.example', name: 'One', role: 'agent', passwordHash: '', languages: [], skills: [] } })
})
afterAll(() => database.stop())

const told: string[] = []
/** A Temporal that only notes what it is told. */
const temporal = { workflow: { getHandle: (id: string) => ({ signal: async (signal: { name: string }) => void told.push(`${id} ${signal.name}`) }) } } as unknown as Client

function start() {
  const provider = createPretendTelephony()
  const activities = createThirdPartyActivities({
    db: database.db,
    temporal,
    telephony: provider.telephony,
    configuration: { publicBaseUrl: 'https://calls.example' },
    log: createLog('test', 'silent'),
    metrics: createMetrics(new Registry()),
  } as unknown as ActivityDependencies)
  return { provider, ...activities }
}

const added = (phone?: string) => thirdPartyIn(database.db, agentId, phone)
const rowOf = (id: string) => database.db.thirdParty.findUniqueOrThrow({ where: { id } })

test('they are rung once, with a number and documents of their own; executed again, nothing more rings', async () => {
  const { dialThirdParty, provider } = start()
  const { id, phone } = await added()
  expect(await dialThirdParty(id)).toEqual({ over: false, live: false, wanted: true, ringSeconds: 30 })
  await Promise.all([dialThirdParty(id), dialThirdParty(id)])
  expect(provider.creations).toMatchObject([{ to: phone, from: '+14158675309', timeout: 30, url: `https://calls.example/telephony/third-parties/${id}/voice` }])
  expect(await rowOf(id)).toMatchObject({ status: 'queued', callSid: provider.calls[0]!.callSid })
})

test('a worker that dies between the creation and its answer: another one finds the call, and nothing rings twice', async () => {
  const { dialThirdParty, provider } = start()
  const { id } = await added()
  provider.answersOnce((take) => {
    take()
    throw new CallOutcomeUnknown('the worker was killed')
  })
  await expect(dialThirdParty(id)).rejects.toThrow(CallOutcomeUnknown)
  expect(await dialThirdParty(id)).toMatchObject({ over: false })
  expect(provider.creations).toHaveLength(1)
  expect(await rowOf(id)).toMatchObject({ callSid: provider.calls[0]!.callSid })
})

test('dropped while the outcome is unknown: the call is looked up and ended, not made again', async () => {
  const { dialThirdParty, endThirdParty, provider } = start()
  const { id, caseId } = await added()
  provider.answersOnce((take) => {
    take()
    throw new CallOutcomeUnknown('timeout')
  })
  await expect(dialThirdParty(id)).rejects.toThrow(CallOutcomeUnknown)
  await dropThirdParty(database.db, caseId, agentId)
  provider.calls[0]!.status = 'canceled'
  expect(await endThirdParty(id)).toMatchObject({ over: true })
  expect(provider.creations).toHaveLength(1)
  expect(await rowOf(id)).toMatchObject({ status: 'ended', outcome: 'canceled', callSid: provider.calls[0]!.callSid })
})

test.each([
  ['the payer has gone', ({ attemptId, callSid }: { attemptId: string; callSid: string }) => recordCallReport(database.db, { attemptId, callSid, status: 'completed', key: 'over', source: 'callback' }), { outcome: 'canceled' }],
  ['all dialling is stopped', () => setDialling(database.db, 'supervisor:test', { paused: true }), { outcome: 'failed', errorCode: 'dialling_paused' }],
])('nobody is rung any more when %s', async (_, happens, expected) => {
  const { dialThirdParty, provider } = start()
  const line = await added()
  await happens(line)
  expect(await dialThirdParty(line.id)).toMatchObject({ over: true })
  expect(provider.creations).toEqual([])
  expect(await rowOf(line.id)).toMatchObject({ status: 'ended', ...expected })
  expect(told).toContain(`third-party/${line.id} thirdPartyEnded`)
  await setDialling(database.db, 'supervisor:test', { paused: false })
})

test('a late report of an earlier call of the case drops nobody from the talk that goes on', async () => {
  const { id, caseId, attemptId, callSid } = await added()
  await database.db.attempt.create({ data: { id: `${caseId}.9`, caseId, number: 9, phone: '+8613800000001', mode: 'agent_first', status: 'in_progress', callSid: `${callSid}9` } })
  await database.db.thirdParty.update({ where: { id }, data: { attemptId: `${caseId}.9` } })
  for (const key of ['over', 'repeated'])
    expect((await recordCallReport(database.db, { attemptId, callSid, status: 'completed', key, source: 'callback' }))?.thirdPartyId).toBeUndefined()
  expect(await rowOf(id)).toMatchObject({ droppedAt: null })
})

test('a refusal of the provider, a call that nobody heard of any more, and an answering machine are told', async () => {
  const { dialThirdParty, pollThirdParty, provider } = start()
  const refused = await added()
  provider.answersOnce(() => {
    throw new CallRefused(21_211, 'not a valid phone number')
  })
  expect(await dialThirdParty(refused.id)).toMatchObject({ over: true })
  expect(await rowOf(refused.id)).toMatchObject({ outcome: 'failed', errorCode: '21211' })

  const lost = await added()
  await dialThirdParty(lost.id)
  provider.calls[0]!.status = 'no-answer'
  expect(await pollThirdParty(lost.id)).toMatchObject({ over: true })
  expect(await rowOf(lost.id)).toMatchObject({ outcome: 'no_answer' })

  const machine = await added()
  await dialThirdParty(machine.id)
  const { callSid } = await rowOf(machine.id)
  await recordThirdPartyJoined(database.db, machine.id)
  await database.db.thirdParty.update({ where: { id: machine.id }, data: { answeredBy: 'machine_start' } })
  const report = { id: machine.id, callSid: callSid!, source: 'callback' } as const
  expect(await recordThirdPartyReport(database.db, { ...report, status: 'completed' })).toMatchObject({ ended: true })
  expect(await recordThirdPartyReport(database.db, { ...report, status: 'ringing' })).toMatchObject({ ended: true })
  expect(await recordThirdPartyReport(database.db, { ...report, callSid: 'CAother', status: 'ringing' })).toMatchObject({ foreignCallSid: true })
  expect(await rowOf(machine.id)).toMatchObject({ status: 'ended', outcome: 'voicemail', consentAt: expect.any(Date) })
})

test.each([
  ['a number of another country', '+12015550123'],
  ['the payer’s own number', '+8613800000001'],
])('%s is refused by name', async (_, phone) => {
  await expect(added(phone)).rejects.toMatchObject({ reason: 'phone' })
})

test('a number that costs extra is refused although its country is allowed', () => {
  const policy = { ...defaultPolicy.thirdParty, countries: ['GB'] }
  expect(refusedNumber('+449098790000', policy, '+442071838750')).toMatch(/cost extra/)
  expect(refusedNumber('+442071838751', policy, '+8613800000001')).toBeUndefined()
  expect(refusedNumber('+442071838751', { ...policy, typedNumbers: false }, '+8613800000001')).toMatch(/directory/)
})

test('a number that asked not to be called is not rung because an agent enters it', async () => {
  await database.db.doNotCall.create({ data: { phone: '+8613900002099', reason: 'asked', addedBy: 'supervisor:test' } })
  await expect(added('+8613900002099')).rejects.toMatchObject({ reason: 'phone', message: 'this number asked not to be called' })
})
