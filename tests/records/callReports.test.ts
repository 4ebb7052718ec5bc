import fc from 'fast-check'
import { beginAttempt, storeCall } from '../../records/attempts'
import { markAsked } from '../../records/ringing'
import { recordCallReport, type CallReport } from '../../records/calls'
import { recordAnsweredBy, recordKeypress, recordPayerJoined, recordWantsPerson } from '../../records/contact'
import { reserveAgent } from '../../records/matching'
import { answerOffer } from '../../records/offers'
import { caseHeldBy, openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { availableAgents } from './people'

let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

/** An attempt that the provider has taken. */
async function dialled(opened: { caseId: string; payerId: string; policyVersion: number }, agentId?: string) {
  const { caseId, payerId, policyVersion } = opened
  const attempt = await beginAttempt(database.db, {
    caseId,
    payerId,
    number: 1,
    phone: '+8613800000001',
    mode: agentId ? 'agent_first' : 'automated',
    agentId,
    policyVersion,
    reason: 'first',
  })
  await markAsked(database.db, attempt)
  const callSid = `CA-${attempt.id}`
  await storeCall(database.db, attempt.id, callSid, 'created')
  return { ...opened, attemptId: attempt.id, callSid }
}

function report({ attemptId, callSid }: { attemptId: string; callSid: string }, status: string, sequence: number | string = status): CallReport {
  return { attemptId, callSid, status, key: `${callSid}:${sequence}:${status}`, source: 'callback' }
}
const take = (one: CallReport) => recordCallReport(database.db, one)
const attemptOf = (id: string) => database.db.attempt.findUniqueOrThrow({ where: { id } })
const eventsOf = async (caseId: string) => (await database.db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })).map(({ type }) => type)

describe('in any order and any repetition, a call’s reports lead to the same end', () => {
  const lives: [string, string[], object][] = [
    ['answered, no contact', ['initiated', 'ringing', 'in-progress', 'completed'], { status: 'ended', outcome: 'no_contact' }],
    ['not answered', ['initiated', 'ringing', 'no-answer'], { status: 'ended', outcome: 'no_answer' }],
    ['busy', ['initiated', 'ringing', 'busy'], { status: 'ended', outcome: 'busy' }],
    ['failed', ['initiated', 'failed'], { status: 'ended', outcome: 'failed' }],
    ['canceled while it rang', ['initiated', 'ringing', 'canceled'], { status: 'ended', outcome: 'canceled' }],
  ]
  test.each(lives)('%s', async (_, statuses, end) => {
    const heard = fc.array(fc.nat(statuses.length - 1), { maxLength: 8 }).map((repeats) => [...statuses.keys(), ...repeats])
    await fc.assert(
      fc.asyncProperty(
        heard.chain((order) => fc.shuffledSubarray(order, { minLength: order.length })),
        async (order) => {
          const call = await dialled(await openCase(database.db))
          const endings = []
          for (const index of order) endings.push((await take(report(call, statuses[index]!, index)))?.ended)
          expect(await attemptOf(call.attemptId)).toMatchObject(end)
          const events = await eventsOf(call.caseId)
          for (const once of ['call_ended', 'call_ringing', 'call_answered']) expect(events.filter((type) => type === once).length).toBeLessThanOrEqual(1)
          expect(events.filter((type) => type === 'call_ended')).toHaveLength(1)
          // Whoever tells the case does so from the first terminal report on, and always the same.
          expect(new Set(endings.filter(Boolean).map((ended) => ended!.outcome)).size).toBe(1)
          expect(await database.db.riskCase.findUnique({ where: { id: call.caseId } })).toMatchObject({ status: 'received' })
        },
      ),
      { numRuns: 12 },
    )
  })

  test('all at once', async () => {
    const call = await dialled(await openCase(database.db))
    const statuses = ['ringing', 'in-progress', 'completed', 'completed', 'ringing']
    await Promise.all(statuses.map((status, index) => take(report(call, status, index))))
    expect(await attemptOf(call.attemptId)).toMatchObject({ status: 'ended', outcome: 'no_contact' })
    expect((await eventsOf(call.caseId)).filter((type) => type === 'call_ended')).toHaveLength(1)
  })
})

test('a terminal state sticks, whatever comes after it', async () => {
  const call = await dialled(await openCase(database.db))
  await take(report(call, 'busy'))
  const before = await attemptOf(call.attemptId)
  for (const status of ['ringing', 'in-progress', 'completed', 'failed', 'no-answer', 'queued', 'something-new']) await take(report(call, status))
  expect(await attemptOf(call.attemptId)).toEqual(before)
})

test('a callback that is faster than the answer to the request is taken, and the answer changes nothing back', async () => {
  const { caseId, payerId, policyVersion } = await openCase(database.db)
  const attempt = await beginAttempt(database.db, { caseId, payerId, number: 1, phone: '+8613800000001', mode: 'automated', policyVersion, reason: 'first' })
  await markAsked(database.db, attempt)
  const call = { attemptId: attempt.id, callSid: 'CA-fast' }
  await take(report(call, 'ringing'))
  await storeCall(database.db, attempt.id, 'CA-fast', 'created')
  expect(await attemptOf(attempt.id)).toMatchObject({ status: 'ringing', callSid: 'CA-fast' })
})

test('a second call for one attempt is told as what it is, and changes nothing', async () => {
  const call = await dialled(await openCase(database.db))
  expect(await take(report({ ...call, callSid: 'CA-second' }, 'ringing'))).toMatchObject({ foreignCallSid: true })
  expect(await attemptOf(call.attemptId)).toMatchObject({ status: 'queued', callSid: call.callSid })
})

test('reports of an unknown attempt are nobody’s', async () => {
  expect(await take(report({ attemptId: 'case_none.1', callSid: 'CA-none' }, 'completed'))).toBeUndefined()
})

test('one intent is written once, and one execution of it asks', async () => {
  const { caseId, payerId, policyVersion } = await openCase(database.db)
  const intent = { caseId, payerId, number: 1, phone: '+8613800000001', mode: 'automated' as const, policyVersion, reason: 'first' }
  const begun = await Promise.allSettled(Array.from({ length: 5 }, () => beginAttempt(database.db, intent)))
  const [attempt] = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(await database.db.attempt.count({ where: { caseId } })).toBe(1)
  const asked = await Promise.allSettled(Array.from({ length: 5 }, () => markAsked(database.db, attempt!)))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('the first ring keeps the promise of every payment that waited, and is the case’s first ring for ever', async () => {
  const { payerId, ...opened } = await openCase(database.db)
  await openCase(database.db, { payerId })
  const call = await dialled({ payerId, ...opened })
  await take(report(call, 'ringing'))
  const payments = await database.db.flaggedPayment.findMany({ where: { caseId: call.caseId } })
  expect(payments.map(({ rangAt, breachStep }) => ({ rang: rangAt !== null, breachStep }))).toEqual([
    { rang: true, breachStep: null },
    { rang: true, breachStep: null },
  ])
  expect((await eventsOf(call.caseId)).filter((type) => type === 'promise_kept')).toHaveLength(2)
  expect((await database.db.riskCase.findUniqueOrThrow({ where: { id: call.caseId } })).firstRingAt).toEqual(payments[0]!.rangAt)
})

describe('contact', () => {
  test('a keypress makes an answered call one', async () => {
    const opened = await openCase(database.db)
    const call = await dialled(opened)
    await take(report(call, 'in-progress'))
    await recordKeypress(database.db, { attemptId: call.attemptId, paymentId: opened.paymentId, digit: '2' })
    expect((await take(report(call, 'completed')))?.ended).toMatchObject({ outcome: 'contact', keys: [{ paymentId: opened.paymentId, digit: '2' }] })
  })

  test('an answered call is none by itself', async () => {
    const call = await dialled(await openCase(database.db))
    await take(report(call, 'in-progress'))
    await take(report(call, 'completed'))
    expect(await attemptOf(call.attemptId)).toMatchObject({ outcome: 'no_contact', contactAt: null })
  })

  test('a machine is none, and ends as voicemail', async () => {
    const call = await dialled(await openCase(database.db))
    await take(report(call, 'in-progress'))
    expect(await recordAnsweredBy(database.db, call.attemptId, 'machine_start')).toMatchObject({ machine: true })
    expect((await recordPayerJoined(database.db, call.attemptId))?.reached).toBeUndefined()
    await take(report(call, 'completed'))
    expect(await attemptOf(call.attemptId)).toMatchObject({ outcome: 'voicemail', contactAt: null })
  })

  test('somebody who pressed a key is no machine, whatever detection thinks', async () => {
    const opened = await openCase(database.db)
    const call = await dialled(opened)
    await take(report(call, 'in-progress'))
    await recordKeypress(database.db, { attemptId: call.attemptId, paymentId: opened.paymentId, digit: '1' })
    expect(await recordAnsweredBy(database.db, call.attemptId, 'machine_start')).toMatchObject({ machine: false })
    await take(report(call, 'completed'))
    expect(await attemptOf(call.attemptId)).toMatchObject({ outcome: 'contact' })
  })

  test('a payer who waits for a person is in contact from the moment in which one accepts', async () => {
    const opened = await openCase(database.db)
    const call = await dialled(opened)
    await take(report(call, 'in-progress'))
    expect(await recordPayerJoined(database.db, call.attemptId)).toMatchObject({ reached: { needsAgent: true } })
    expect((await attemptOf(call.attemptId)).contactAt).toBeNull()
    const [agent] = await availableAgents(database.db, 1, 'waited-for')
    const { offer } = await reserveAgent(database.db, { ...opened, fresh: true, intent: 'seek', preferredAgentId: agent! })
    await answerOffer(database.db, { offerId: offer!.offerId, agentId: agent!, accepted: true })
    expect((await attemptOf(call.attemptId)).contactAt).not.toBeNull()
    expect(await database.db.riskCase.findUnique({ where: { id: call.caseId } })).toMatchObject({ status: 'talking' })
  })

  test('0 asks for a person: contact, and only a person may go on', async () => {
    const call = await dialled(await openCase(database.db))
    await take(report(call, 'in-progress'))
    expect(await recordWantsPerson(database.db, call.attemptId, '0', 'payer')).toMatchObject({ reached: { needsAgent: true } })
    expect(await database.db.riskCase.findUnique({ where: { id: call.caseId } })).toMatchObject({ needsPerson: true, status: 'talking' })
  })
})

describe('the agent of a call that is over', () => {
  test('has a wrap-up after a talk', async () => {
    const [agent] = await availableAgents(database.db, 1, 'talked')
    await database.db.presence.updateMany({ where: { userId: { not: agent! } }, data: { status: 'offline' } })
    const call = await dialled(await caseHeldBy(database.db, agent!), agent)
    await take(report(call, 'in-progress'))
    await recordPayerJoined(database.db, call.attemptId)
    await take(report(call, 'completed'))
    const presence = await database.db.presence.findUniqueOrThrow({ where: { userId: agent! } })
    expect(presence).toMatchObject({ status: 'wrap_up', caseId: call.caseId })
    expect(presence.wrapUpUntil!.getTime()).toBeGreaterThan(Date.now() + 25_000)
    expect(await database.db.riskCase.findUnique({ where: { id: call.caseId } })).toMatchObject({ status: 'awaiting_verdict' })
  })

  test('is free at once when nobody answered, and told so once', async () => {
    const [agent] = await availableAgents(database.db, 1, 'rang')
    await database.db.presence.updateMany({ where: { userId: { not: agent! } }, data: { status: 'offline' } })
    const call = await dialled(await caseHeldBy(database.db, agent!), agent)
    expect(await take(report(call, 'no-answer'))).toMatchObject({ freedAgentId: agent })
    expect((await take(report(call, 'no-answer')))?.freedAgentId).toBeUndefined()
    expect(await database.db.presence.findUnique({ where: { userId: agent! } })).toMatchObject({ status: 'available', caseId: null })
  })
})
