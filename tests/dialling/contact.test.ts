import { recordAgentJoined, recordPayerJoined } from '../../records/contact'
import { defaultPolicy } from '../../domain/policy'
import { startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

/** A call that was answered, of a case that an agent has. */
async function talk(name: string, policy: Partial<typeof defaultPolicy>) {
  const { db } = database
  const { version } = await db.policy.create({ data: { body: { ...defaultPolicy, ...policy }, createdBy: 'system:test' } })
  const caseId = `case_${name}`
  const payer = { id: name, name: 'Payer', phones: ['+8613800000001'], locale: 'en', security: {} }
  await db.riskCase.create({ data: { id: caseId, payerId: name, payer, locale: 'en', priority: 1, policyVersion: version, deadline: new Date(), agentId: 'agent-one', status: 'calling' } })
  const attempt = { id: `${caseId}.1`, caseId, number: 1, phone: '+8613800000001', mode: 'agent_first', status: 'in_progress', callSid: `CA${name}` }
  await db.attempt.create({ data: attempt })
  const contact = async () => (await db.attempt.findUniqueOrThrow({ where: { id: attempt.id } })).contactAt !== null
  return { caseId, attemptId: attempt.id, contact }
}

test('the payer’s leg and an agent who accepted are contact', async () => {
  const { attemptId, contact } = await talk('plain', {})
  const heard = await recordPayerJoined(database.db, attemptId)
  expect(heard?.reached).toEqual({ attemptId, needsAgent: false })
  expect(await contact()).toBe(true)
})

test.each([['payer first'], ['agent first']])('where policy wants the agent’s leg too, contact is when both are there (%s)', async (order) => {
  const { caseId, attemptId, contact } = await talk(order.replace(' ', '-'), { contactNeedsAgentLeg: true })
  const payer = () => recordPayerJoined(database.db, attemptId)
  const agent = () => recordAgentJoined(database.db, caseId, 'agent-one', 'CAagent')
  const [first, second] = order === 'payer first' ? [payer, agent] : [agent, payer]
  expect((await first())?.reached).toBeUndefined()
  expect(await contact()).toBe(false)
  expect((await second())?.reached).toMatchObject({ attemptId, needsAgent: false })
  expect(await contact()).toBe(true)
})

test('another agent’s leg is no contact', async () => {
  const { caseId, attemptId, contact } = await talk('stranger', { contactNeedsAgentLeg: true })
  await recordPayerJoined(database.db, attemptId)
  await recordAgentJoined(database.db, caseId, 'agent-two', 'CAother')
  expect(await contact()).toBe(false)
})

test('a machine is no contact', async () => {
  const { attemptId, contact } = await talk('machine', {})
  await database.db.attempt.update({ where: { id: attemptId }, data: { answeredBy: 'machine_start' } })
  expect((await recordPayerJoined(database.db, attemptId))?.reached).toBeUndefined()
  expect(await contact()).toBe(false)
})
