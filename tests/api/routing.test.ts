import { offerWaitingCase, reserveAgent } from '../../records/matching'
import { setPresence } from '../../records/presence'
import type { Browser, Json } from './browser'
import { flag, openCase, sendHome } from './flags'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let supervisor: Browser

beforeAll(async () => {
  running = await startApi()
  supervisor = await running.as('supervisor-one')
})
afterEach(async () => {
  await sendHome(running.db)
  await running.db.queue.updateMany({ data: { active: false } })
})
afterAll(() => running.stop())

const settings = (name: string, changes: Json = {}) => ({
  name,
  position: 1,
  criteria: { languages: ['en'] },
  stages: [{ afterSeconds: 0, skills: { disputes: 2 } }, { afterSeconds: 3_600 }],
  ...changes,
})
const agentOf = async (id: string) => (await supervisor.send('GET', '/v1/routing/agents')).body.agents.find((one: Json) => one.id === id)
async function skill(id: string, skills: Record<string, number>, teams: string[] = []): Promise<void> {
  const { version } = await agentOf(id)
  const { status } = await supervisor.send('PUT', `/v1/routing/agents/${id}`, { since: version, settings: { skills, languages: ['zh', 'en'], teams } })
  expect(status).toBe(200)
}
const english = () => ({ payer: { id: `payer-${Math.random()}`, name: 'Payer', phones: ['+8613800000001'] as [string], locale: 'en-GB' } })
const seek = (opened: { caseId: string; policyVersion: number }, fresh = true) => reserveAgent(running.db, { ...opened, fresh, intent: 'seek' })

it('a queue gives its cases to those who have the skill, and to others when its time has come', async () => {
  const { status, body: queue } = await supervisor.send('POST', '/v1/routing/queues', settings('Disputes in English'))
  expect(status).toBe(201)
  await skill('agent-one', { disputes: 1 })
  await skill('agent-two', { disputes: 3 })
  for (const agent of ['agent-one', 'agent-two']) await setPresence(running.db, agent, { status: 'available' })
  const opened = await openCase(running.db, english())
  const chinese = await openCase(running.db)
  expect((await seek(chinese)).offer?.agentId).toBe('agent-one')
  const look = await seek(opened)
  expect(look).toMatchObject({ offer: { agentId: 'agent-two' }, dialMode: 'adaptive', widensAt: expect.any(String) })
  await supervisor.send('PUT', `/v1/routing/queues/${queue.id}`, { since: 1, settings: settings('Disputes in English', { active: false }) })
})

it('an agent without the skill gets the case once the queue has opened it to all', async () => {
  await supervisor.send('POST', '/v1/routing/queues', settings('Opens at once', { stages: [{ afterSeconds: 0, skills: { nobody_has_it: 1 } }, { afterSeconds: 60 }] }))
  await setPresence(running.db, 'agent-three', { status: 'available' })
  const opened = await openCase(running.db, english())
  expect((await seek(opened)).offer).toBeUndefined()
  expect(await offerWaitingCase(running.db, 'agent-three')).toBeUndefined()
  await running.db.riskCase.update({ where: { id: opened.caseId }, data: { queuedAt: new Date(Date.now() - 61_000) } })
  const look = await seek(opened, false)
  expect(look.offer?.agentId).toBe('agent-three')
  expect(look.widensAt).toBeUndefined()
  const events = await running.db.caseEvent.findMany({ where: { caseId: opened.caseId, type: { in: ['case_queued', 'queue_widened'] } }, orderBy: { id: 'asc' } })
  expect(events.map(({ type, data }) => [type, (data as Json).stage])).toEqual([
    ['case_queued', 1],
    ['queue_widened', 2],
  ])
})

it('a team has its cases, and a change of the queue counts for cases that wait', async () => {
  const { body: team } = await supervisor.send('POST', '/v1/routing/teams', { name: 'Night' })
  await skill('agent-two', {}, [team.id])
  const { body: carried } = await running.riskEngine().send('POST', '/v1/flagged-payments', flag(english()))
  const body = settings('Night shift', { stages: [{ afterSeconds: 0, teams: [team.id] }] })
  const { body: queue } = await supervisor.send('POST', '/v1/routing/queues', body)
  await setPresence(running.db, 'agent-one', { status: 'available' })
  expect((await seek({ caseId: carried.caseId, policyVersion: 1 })).offer).toBeUndefined()
  const forecast = await supervisor.send('POST', '/v1/routing/queues/forecast', { queueId: queue.id, settings: settings('Night shift', { stages: [{ afterSeconds: 0 }] }) })
  expect(forecast.body).toMatchObject({ waitingCases: 1, stages: [{ afterSeconds: 0, availableNow: 1 }] })
  expect((await supervisor.send('GET', '/v1/routing/queues')).body.queues.find((one: Json) => one.id === queue.id).settings.stages).toEqual(queue.settings.stages)
  await supervisor.send('PUT', `/v1/routing/queues/${queue.id}`, { since: 1, settings: settings('Night shift', { stages: [{ afterSeconds: 0 }] }) })
  expect(await running.db.presence.findUnique({ where: { userId: 'agent-one' } })).toMatchObject({ status: 'offered', caseId: carried.caseId })
})

it('keeps every version with who and what it was, and refuses a change of what was changed meanwhile', async () => {
  const { body: queue } = await supervisor.send('POST', '/v1/routing/queues', settings('Versions'))
  const path = `/v1/routing/queues/${queue.id}`
  expect((await supervisor.send('PUT', path, { since: 1, settings: settings('Versions', { position: 9 }) })).status).toBe(200)
  const late = await supervisor.send('PUT', path, { since: 1, settings: settings('Versions', { position: 7 }) })
  expect([late.status, late.body.type]).toEqual([409, '/problems/conflict'])
  expect((await supervisor.send('POST', '/v1/routing/queues', settings('Versions'))).status).toBe(409)
  const { body } = await supervisor.send('GET', `/v1/routing/versions?kind=queue&subject=${queue.id}`)
  expect(body.versions).toMatchObject([
    { version: 2, body: { position: 9 }, createdBy: 'supervisor:supervisor-one', createdByName: 'supervisor-one' },
    { version: 1, body: { position: 1 } },
  ])
  const [entry] = await running.db.auditEntry.findMany({ where: { subject: `queue:${queue.id}` }, orderBy: { at: 'desc' } })
  expect(entry).toMatchObject({ action: 'queue_changed', actor: 'supervisor:supervisor-one', data: { version: 2, position: { from: 1, to: 9 } } })
})

it('what a change of an agent or a team would do is told beforehand, and one based on an old version is refused', async () => {
  await supervisor.send('POST', '/v1/routing/queues', settings('Needs a skill', { stages: [{ afterSeconds: 0, skills: { rare: 1 } }] }))
  await skill('agent-one', { rare: 2 })
  const opened = await openCase(running.db, english())
  expect((await seek(opened)).offer).toBeUndefined()
  const { version, settings: held } = await agentOf('agent-one')
  const without = { since: version, settings: { ...held, skills: {} } }
  const { status, body } = await supervisor.send('POST', '/v1/routing/agents/agent-one/forecast', without)
  expect([status, body.queues]).toEqual([200, [expect.objectContaining({ name: 'Needs a skill', waiting: 1, agentsBefore: 1, agentsAfter: 0 })]])
  expect((await agentOf('agent-one')).settings.skills).toEqual({ rare: 2 })
  for (const [method, path] of [['POST', '/v1/routing/agents/agent-one/forecast'], ['PUT', '/v1/routing/agents/agent-one']] as const)
    expect((await supervisor.send(method, path, { ...without, since: version - 1 })).status).toBe(409)

  const { body: team } = await supervisor.send('POST', '/v1/routing/teams', { name: 'Closing' })
  await skill('agent-two', {}, [team.id])
  await supervisor.send('POST', '/v1/routing/queues', settings('For the team', { stages: [{ afterSeconds: 0, teams: [team.id] }] }))
  const closing = await supervisor.send('POST', '/v1/routing/teams/forecast', { teamId: team.id, since: 1, settings: { name: 'Closing', active: false } })
  expect(closing.body).toEqual({ members: 1, queues: ['For the team'] })
  expect(await running.db.team.findUnique({ where: { id: team.id } })).toMatchObject({ active: true })
})
