import { Registry } from 'prom-client'
import { createTelephonyActivities, type DialRequest } from '../../activities/telephony'
import type { ActivityDependencies } from '../../activities/dependencies'
import { createLog } from '../../configuration/log'
import { CallNotTaken, CallOutcomeUnknown, CallRefused } from '../../providers/telephony'
import { setDialling } from '../../records/permission'
import { createMetrics } from '../../worker/metrics'
import { caseHeldBy, openCase, sendHome } from '../api/flags'
import { availableAgents } from '../records/people'
import { startDatabase, type TestDatabase } from '../support/database'
import { createPretendTelephony } from './pretendTelephony'

let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

function start(provider = createPretendTelephony()) {
  const activities = createTelephonyActivities({
    db: database.db,
    telephony: provider.telephony,
    configuration: { publicBaseUrl: 'https://calls.example' },
    log: createLog('test', 'silent'),
    metrics: createMetrics(new Registry()),
  } as unknown as ActivityDependencies)
  return { provider, ...activities }
}

let phones = 0
async function request(agentId?: string): Promise<DialRequest> {
  const phone = `+86139000010${String(phones++).padStart(2, '0')}`
  const { caseId, payerId, policyVersion } = agentId ? await caseHeldBy(database.db, agentId) : await openCase(database.db)
  return { caseId, payerId, number: 1, phone, mode: agentId ? 'agent_first' : 'automated', agentId, policyVersion, reason: 'first', ringSeconds: 25 }
}
const attemptOf = ({ caseId, number }: DialRequest) => database.db.attempt.findUniqueOrThrow({ where: { id: `${caseId}.${number}` } })
/** As if the question had been asked long ago: nothing can be under way any more. */
const longAgo = ({ caseId }: DialRequest) => database.db.$executeRaw`UPDATE attempt SET asked_at = now() - interval '1 minute' WHERE case_id = ${caseId}`

test('an attempt rings once, and says where its reports go', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  const result = await dial(wanted)
  expect(result).toEqual({ made: true, attemptId: `${wanted.caseId}.1`, callSid: provider.calls[0]!.callSid })
  expect(provider.creations).toMatchObject([
    {
      to: wanted.phone,
      from: '+14158675309',
      timeout: 25,
      url: `https://calls.example/telephony/calls/${wanted.caseId}.1/voice`,
      statusCallback: expect.stringMatching(/\/status#rc=5&rp=all$/),
    },
  ])
  expect(await attemptOf(wanted)).toMatchObject({ status: 'queued', callSid: provider.calls[0]!.callSid })
})

test('it shows the number that its attempt has', async () => {
  const { dial, provider } = start()
  const settings = { numbers: [{ phone: '+8613800000099', countries: ['CN'], queues: [], active: true, validated: true, attestation: '' }] }
  await database.db.arrangementVersion.create({ data: { kind: 'caller_numbers', subject: 'all', version: 1, body: settings, createdBy: 'admin:one' } })
  const wanted = await request()
  await dial(wanted)
  await database.db.arrangementVersion.create({ data: { kind: 'caller_numbers', subject: 'all', version: 2, body: { numbers: [] }, createdBy: 'admin:one' } })
  expect(provider.creations).toMatchObject([{ from: '+8613800000099' }])
  expect(await attemptOf(wanted)).toMatchObject({ fromNumber: '+8613800000099', script: 'callback/zh-CN@0' })
})

test('executed again, it returns the call that there is', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  expect(await dial(wanted)).toEqual(await dial(wanted))
  expect(provider.creations).toHaveLength(1)
})

test('the provider took the call and its answer was lost: it is found, nothing rings again', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  provider.answersOnce((take) => {
    take()
    throw new CallOutcomeUnknown('timeout')
  })
  await expect(dial(wanted)).rejects.toThrow(CallOutcomeUnknown)
  expect(await dial(wanted)).toMatchObject({ made: true, callSid: provider.calls[0]!.callSid })
  expect(provider.creations).toHaveLength(1)
  expect(await database.db.caseEvent.count({ where: { caseId: wanted.caseId, type: 'call_created', data: { path: ['how'], equals: 'reconciled' } } })).toBe(1)
})

test('the provider did not take it, and its answer was lost: asked again, once that is certain', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  provider.answersOnce(() => {
    throw new CallOutcomeUnknown('timeout')
  })
  await expect(dial(wanted)).rejects.toThrow(CallOutcomeUnknown)
  await longAgo(wanted)
  expect(await dial(wanted)).toMatchObject({ made: true })
  expect(provider.creations).toHaveLength(2)
  expect(provider.calls).toHaveLength(1)
})

test('"too many requests" was not taken: asked again at once', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  provider.answersOnce(() => {
    throw new CallNotTaken('429')
  })
  await expect(dial(wanted)).rejects.toThrow(CallNotTaken)
  expect(await attemptOf(wanted)).toMatchObject({ askedAt: null })
  expect(await dial(wanted)).toMatchObject({ made: true })
  expect(provider.calls).toHaveLength(1)
})

test('the call of another attempt to the same number is not taken for ours', async () => {
  const { dial, provider } = start()
  const [first, second] = [await request(), await request()]
  second.phone = first.phone
  await dial(first)
  provider.answersOnce(() => {
    throw new CallOutcomeUnknown('timeout')
  })
  await expect(dial(second)).rejects.toThrow(CallOutcomeUnknown)
  await longAgo(second)
  const result = await dial(second)
  expect(result).toMatchObject({ made: true })
  expect(provider.calls).toHaveLength(2)
  expect(result.made && result.callSid).not.toBe((await attemptOf(first)).callSid)
})

test('executed five times at once, it rings once', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => dial(wanted)))
  expect(provider.creations).toHaveLength(1)
  for (const one of all) if (one.status === 'fulfilled') expect(one.value).toMatchObject({ made: true, callSid: provider.calls[0]!.callSid })
})

test('a refusal rings nothing, ends the attempt with the provider’s code, and frees its agent', async () => {
  const { dial, provider } = start()
  const [agent] = await availableAgents(database.db, 1)
  const wanted = await request(agent)
  provider.answersOnce(() => {
    throw new CallRefused(21_211, 'not a valid phone number')
  })
  expect(await dial(wanted)).toMatchObject({ made: false, reason: 'provider_refused_21211' })
  expect(await attemptOf(wanted)).toMatchObject({ status: 'ended', outcome: 'failed', errorCode: '21211' })
  expect(await database.db.presence.findUnique({ where: { userId: agent! } })).toMatchObject({ status: 'available', caseId: null })
  expect(await dial(wanted)).toMatchObject({ made: false })
  expect(provider.creations).toHaveLength(1)
})

test('a person who was called too often today is not called, whatever the case', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  await database.db.attempt.createMany({
    data: Array.from({ length: 12 }, (_, n) => ({
      id: `${wanted.caseId}.${n + 100}`,
      caseId: wanted.caseId,
      number: n + 100,
      phone: wanted.phone,
      mode: 'automated',
      status: 'ended',
    })),
  })
  expect(await dial(wanted)).toMatchObject({ made: false, reason: 'person_cap' })
  expect(provider.creations).toEqual([])
  expect(await database.db.caseEvent.count({ where: { caseId: wanted.caseId, type: 'attempt_not_made' } })).toBe(1)
})

test('while dialling is stopped nothing rings, and nothing is lost', async () => {
  const { dial, provider } = start()
  const wanted = await request()
  await setDialling(database.db, 'supervisor:test', { paused: true, reason: 'drill' })
  await expect(dial(wanted)).rejects.toMatchObject({ type: 'DiallingPaused', nonRetryable: false })
  await setDialling(database.db, 'supervisor:test', { paused: false })
  expect(await dial(wanted)).toMatchObject({ made: true })
  expect(provider.creations).toHaveLength(1)
})

describe('asking the provider about a call that was not heard of', () => {
  test('finds its end, and says it like a report would', async () => {
    const { dial, pollCall, provider } = start()
    const wanted = await request()
    const { attemptId } = await dial(wanted)
    provider.calls[0]!.status = 'no-answer'
    expect(await pollCall(attemptId)).toMatchObject({ ended: { attemptId, outcome: 'no_answer' }, live: false })
    expect(await pollCall(attemptId)).toMatchObject({ ended: { outcome: 'no_answer' } })
    expect(await attemptOf(wanted)).toMatchObject({ status: 'ended', outcome: 'no_answer' })
  })

  test('finds it still going on', async () => {
    const { dial, pollCall, provider } = start()
    const { attemptId } = await dial(await request())
    provider.calls[0]!.status = 'in-progress'
    expect(await pollCall(attemptId)).toMatchObject({ live: true })
  })

  test('finds that the agent has left the talk unheard: the payer is told, and so is the case, however often it asks', async () => {
    await sendHome(database.db)
    const [agentId] = await availableAgents(database.db, 1)
    const { dial, pollCall, provider } = start()
    const wanted = await request(agentId)
    const { attemptId } = await dial(wanted)
    const call = provider.calls[0]!
    call.status = 'in-progress'
    provider.legs.push({ callSid: call.callSid, label: 'payer-1' }, { callSid: 'CAagent', label: `agent-${agentId}` })
    expect(await pollCall(attemptId)).toMatchObject({ live: true, reached: { attemptId } })
    provider.legs.pop()
    for (let nth = 0; nth < 2; nth++) expect(await pollCall(attemptId)).toMatchObject({ live: true, goneAgentId: agentId })
    expect(provider.announced).toEqual([`${call.callSid}: line-broken`])
    expect(await database.db.caseEvent.count({ where: { caseId: wanted.caseId, type: 'agent_left' } })).toBe(1)
    provider.legs.push({ callSid: 'CAback', label: `agent-${agentId}` })
    expect((await pollCall(attemptId)).goneAgentId).toBeUndefined()
  })

  test('finds that the provider knows no such call: it rings nowhere', async () => {
    const { dial, pollCall, provider } = start()
    const { attemptId } = await dial(await request())
    provider.calls.length = 0
    expect(await pollCall(attemptId)).toMatchObject({ ended: { outcome: 'failed' }, live: false })
  })
})
