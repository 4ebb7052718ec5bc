import { beginAttempt, storeCall } from '../../records/attempts'
import { recordCallReport } from '../../records/calls'
import { recordPayerJoined } from '../../records/contact'
import { sqlOf } from '../../records/database'
import { pacingFigures } from '../../records/pacing'
import { defaultPolicy } from '../../domain/policy'
import { reserveAgent } from '../../records/matching'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { availableAgents } from './people'

let database: TestDatabase
beforeEach(async () => void (database = await startDatabase()))
afterEach(() => database.stop())

const figures = () => pacingFigures(sqlOf(database.db), defaultPolicy.pacing)

async function ring(mode: 'agent_first' | 'customer_first' = 'customer_first') {
  const opened = await openCase(database.db)
  const { caseId, payerId, policyVersion } = opened
  const attempt = await beginAttempt(database.db, { caseId, payerId, number: 1, phone: '+8613800000001', mode, policyVersion, reason: 'first' })
  const callSid = `CA-${attempt.id}`
  await storeCall(database.db, attempt.id, callSid, 'created')
  return { ...opened, attemptId: attempt.id, mode: attempt.mode, callSid }
}
const end = ({ attemptId, callSid }: { attemptId: string; callSid: string }) =>
  recordCallReport(database.db, { attemptId, callSid, status: 'completed', key: 'completed', source: 'callback' })

/** Calls of the last hours that went well. */
async function history(calls: number): Promise<void> {
  const { caseId } = await openCase(database.db)
  const at = new Date(Date.now() - 3_600_000)
  await database.db.attempt.createMany({
    data: Array.from({ length: calls }, (_, index) => ({
      id: `${caseId}.h${index}`, caseId, number: 100 + index, phone: '+8613800000001', mode: 'agent_first', status: 'ended', outcome: 'contact', payerJoinedAt: at, contactAt: at, endedAt: at,
    })),
  })
}

test('without calls to go by, a customer-first call is made by keypress instead, and the history says why', async () => {
  const call = await ring()
  expect(call.mode).toBe('automated')
  const event = await database.db.caseEvent.findFirstOrThrow({ where: { caseId: call.caseId, type: 'attempt_intended' } })
  expect(event.data).toMatchObject({ mode: 'automated', heldBack: 'pacing' })
})

test('raced for the last place, one call gets it', async () => {
  await history(33)
  const calls = await Promise.all(Array.from({ length: 5 }, () => ring()))
  expect(calls.filter(({ mode }) => mode === 'customer_first')).toHaveLength(1)
  expect(await figures()).toMatchObject({ live: 33, abandoned: 0, inFlight: 1 })
})

test('whoever is free has the payer at once: no abandoned call', async () => {
  await history(40)
  const [agent] = await availableAgents(database.db, 1)
  const call = await ring()
  expect((await recordPayerJoined(database.db, call.attemptId))?.reached).toEqual({ attemptId: call.attemptId, needsAgent: false, agentId: agent })
  expect((await recordPayerJoined(database.db, call.attemptId))?.reached).toMatchObject({ agentId: agent })
  expect(await database.db.presence.findUnique({ where: { userId: agent! } })).toMatchObject({ status: 'busy', caseId: call.caseId })
  expect(await database.db.offer.count({ where: { caseId: call.caseId, status: 'accepted' } })).toBe(1)
  expect((await end(call))?.ended).toMatchObject({ outcome: 'contact' })
  expect(await figures()).toEqual({ live: 41, abandoned: 0, inFlight: 0 })
})

test('a payer who finds nobody for more than two seconds is an abandoned call, once', async () => {
  await history(40)
  const call = await ring()
  expect((await recordPayerJoined(database.db, call.attemptId))?.reached).toMatchObject({ needsAgent: true })
  expect(await figures()).toEqual({ live: 40, abandoned: 0, inFlight: 1 })
  await database.db.attempt.update({ where: { id: call.attemptId }, data: { payerJoinedAt: new Date(Date.now() - 3_000) } })
  expect(await figures()).toEqual({ live: 41, abandoned: 1, inFlight: 0 })
  expect((await end(call))?.ended).toMatchObject({ outcome: 'no_contact', abandoned: true })
  expect(await figures()).toEqual({ live: 41, abandoned: 1, inFlight: 0 })
  expect(await database.db.caseEvent.count({ where: { caseId: call.caseId, type: 'call_abandoned' } })).toBe(1)
  // One of 41 is 2.4 %; another one could make it two of 42, which is 4.8 %.
  expect((await ring()).mode).toBe('automated')
})

test('a payer who hangs up within two seconds is none', async () => {
  await history(40)
  const call = await ring()
  await recordPayerJoined(database.db, call.attemptId)
  expect((await end(call))?.ended).not.toHaveProperty('abandoned')
  expect(await figures()).toEqual({ live: 41, abandoned: 0, inFlight: 0 })
})

test('a queue that dials customer first does so only with somebody free for each phone that rings', async () => {
  await history(100)
  await database.db.queue.create({ data: { id: 'q', name: 'Fast', position: 1, dialMode: 'customer_first', stages: [{ afterSeconds: 0, skills: {}, language: false, teams: [], agents: [] }] } })
  await availableAgents(database.db, 1)
  const look = async (more = {}) => {
    const { caseId, policyVersion } = await openCase(database.db)
    return reserveAgent(database.db, { caseId, policyVersion, fresh: true, intent: 'seek', ...more })
  }
  expect(await look()).toMatchObject({ dialNow: 'customer_first', dialMode: 'customer_first' })
  expect(await database.db.offer.count()).toBe(0)
  await ring()
  expect(await look()).not.toHaveProperty('dialNow')
  expect((await look({ personOnly: true })).dialNow).toBeUndefined()
})
