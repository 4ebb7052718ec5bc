import { defaultPolicy } from '../../domain/policy'
import { createBrowser, signIn, type Browser, type Json } from './browser'
import { openCase } from './flags'
import { password, startApi, type RunningApi } from './startApi'

let running: RunningApi
let admin: Browser

beforeAll(async () => {
  running = await startApi()
  admin = await running.as('admin-one')
})
afterAll(() => running.stop())

const trail = async (action: string) => running.db.auditEntry.findMany({ where: { action }, orderBy: { at: 'desc' } })

describe('the policy', () => {
  it('gets a new version, which new cases start with and open ones do not change to', async () => {
    const before = await openCase(running.db)
    const { body: shown } = await admin.send('GET', '/v1/admin/policy')
    expect(shown.current).toMatchObject({ version: 1, body: defaultPolicy, createdBy: 'system:installation' })
    const { status, body } = await admin.send('POST', '/v1/admin/policy', { ...defaultPolicy, maxAttempts: 7 })
    expect(status).toBe(201)
    expect(body).toMatchObject({ version: 2, body: { maxAttempts: 7 }, createdBy: 'admin:admin-one' })
    const after = await openCase(running.db)
    expect([before.policyVersion, after.policyVersion]).toEqual([1, 2])
    expect((await admin.send('GET', '/v1/admin/policy')).body.versions.map(({ version }: Json) => version)).toEqual([2, 1])
    expect((await admin.send('POST', '/v1/admin/policy?since=1', defaultPolicy)).status).toBe(409)
    expect((await trail('policy_changed'))[0]).toMatchObject({ subject: 'policy:2', actor: 'admin:admin-one', data: { maxAttempts: { from: 5, to: 7 } } })
  })
})

describe('accounts', () => {
  it('are made, may sign in, and are listed without their passwords', async () => {
    const { status, body } = await admin.send('POST', '/v1/admin/users', {
      email: 'New.Agent@demo.example',
      name: '新 Agent',
      role: 'agent',
      languages: ['zh'],
      password: 'twelve or more',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ email: 'new.agent@demo.example', role: 'agent', active: true, skills: [] })
    await signIn(running.url, 'new.agent@demo.example', 'twelve or more')
    const { body: list } = await admin.send('GET', '/v1/admin/users')
    expect(list.users.map(({ id }: Json) => id)).toContain(body.id)
    expect(JSON.stringify(list)).not.toMatch(/argon2|twelve or more|assword/)
    const again = await admin.send('POST', '/v1/admin/users', { email: 'NEW.agent@demo.example', name: 'Other', role: 'agent', password: 'twelve or more' })
    expect(again.status).toBe(409)
    expect((await trail('user_created')).length).toBe(1)
  })

  it.each([
    ['closed', { active: false }],
    ['given another role', { role: 'supervisor' }],
    ['given another password', { password: 'another long one' }],
  ])(
    'that are %s are signed out everywhere',
    async (_what, change) => {
      const { body: user } = await admin.send('POST', '/v1/admin/users', { email: `x${Math.random()}@demo.example`, name: 'X', role: 'agent', password })
      const browser = await signIn(running.url, user.email, password)
      const events = await browser.events('/v1/desk/events')
      expect((await admin.send('PATCH', `/v1/admin/users/${user.id}`, change)).status).toBe(200)
      expect((await browser.send('GET', '/v1/desk/softphone')).status).toBe(401)
      await events.ended
    },
    20_000,
  )

  it('keep their sessions when only the name or the languages change', async () => {
    const browser = await running.as('agent-three')
    const { body } = await admin.send('PATCH', '/v1/admin/users/agent-three', { name: 'Agent Three', languages: ['en'] })
    expect(body).toMatchObject({ name: 'Agent Three', languages: ['en'] })
    expect((await browser.send('GET', '/v1/session')).body.user.name).toBe('Agent Three')
  })

  it('cannot be taken away by oneself', async () => {
    expect((await admin.send('PATCH', '/v1/admin/users/admin-one', { active: false })).status).toBe(409)
    expect((await admin.send('PATCH', '/v1/admin/users/admin-one', { role: 'agent' })).status).toBe(409)
    expect((await admin.send('PATCH', '/v1/admin/users/nobody', { name: 'X' })).status).toBe(404)
  })
})

describe('API keys', () => {
  it('are shown once, kept as hashes, work until revoked', async () => {
    const { status, body } = await admin.send('POST', '/v1/admin/api-keys', { name: 'Staging', scopes: ['risk-engine'] })
    expect(status).toBe(201)
    expect(body.key).toMatch(/^rck_[\w-]{43}$/)
    const engine = createBrowser(running.url, { authorization: `Bearer ${body.key}` })
    expect((await engine.send('GET', '/v1/cases')).status).toBe(200)
    const { body: list } = await admin.send('GET', '/v1/admin/api-keys')
    expect(list.apiKeys.find(({ id }: Json) => id === body.id)).toMatchObject({ name: 'Staging', scopes: ['risk-engine'], revokedAt: null })
    expect(JSON.stringify(list)).not.toContain(body.key)
    expect(JSON.stringify(await running.db.apiKey.findMany())).not.toContain(body.key)

    const { body: forecast } = await admin.send('POST', `/v1/admin/api-keys/${body.id}/revocation-forecast`)
    expect(forecast).toMatchObject({ key: { id: body.id, lastUsedAt: expect.any(String), lastUsedFrom: expect.stringContaining('127.0.0.1') }, others: [{ scope: 'risk-engine', keys: 1 }] })
    expect((await engine.send('GET', '/v1/cases')).status).toBe(200)

    expect((await admin.send('DELETE', `/v1/admin/api-keys/${body.id}`)).status).toBe(204)
    expect((await admin.send('DELETE', `/v1/admin/api-keys/${body.id}`)).status).toBe(204)
    expect((await engine.send('GET', '/v1/cases')).status).toBe(401)
    const { versions } = (await admin.send('GET', `/v1/admin/versions?kind=api_key&subject=${body.id}`)).body
    expect(versions.map(({ version, body: was, createdByName }: Json) => [version, was.revoked, createdByName])).toEqual([
      [2, true, 'admin-one'],
      [1, false, 'admin-one'],
    ])
    expect(await trail('api_key_changed')).toMatchObject([{ data: { revoked: { from: false, to: true } } }, { data: { name: { to: 'Staging' } } }])
  })

  it('the last one of its kind is told to be the last, and asking makes none', async () => {
    const before = await running.db.apiKey.count()
    const { body } = await admin.send('POST', '/v1/admin/api-keys/forecast', { name: 'App', scopes: ['payer', 'risk-engine'] })
    expect(body.others).toEqual([
      { scope: 'risk-engine', keys: 1 },
      { scope: 'payer', keys: 0 },
    ])
    expect(await running.db.apiKey.count()).toBe(before)
    const supervisor = await running.as('supervisor-one')
    expect((await supervisor.send('GET', '/v1/admin/versions?kind=api_key&subject=tests')).status).toBe(403)
    expect((await supervisor.send('GET', '/v1/routing/versions?kind=api_key&subject=tests')).status).toBe(422)
  })
})

describe('events for the risk engine', () => {
  it('that were given up are listed, and tried again when told so', async () => {
    const { caseId } = await openCase(running.db)
    const [event] = await running.db.outboundEvent.findMany({ where: { caseId } })
    await running.db.outboundEvent.update({ where: { id: event!.id }, data: { status: 'dead', attempts: 80, lastError: 'HTTP 500' } })
    const { body } = await admin.send('GET', '/v1/admin/outbound-events?status=dead')
    expect(body).toMatchObject({
      events: [{ id: event!.id, caseId, type: 'risk-callback.case.opened', attempts: 80, lastError: 'HTTP 500' }],
      nextCursor: null,
    })
    const again = await admin.send('POST', `/v1/admin/outbound-events/${event!.id}/redeliver`)
    expect([again.status, again.body.status, again.body.attempts]).toEqual([202, 'waiting', 0])
    expect((await admin.send('POST', `/v1/admin/outbound-events/${event!.id}/redeliver`)).status).toBe(409)
    expect((await admin.send('GET', '/v1/admin/outbound-events')).body.events).toEqual([])
    expect((await trail('event_redelivered'))[0]).toMatchObject({ subject: caseId, data: { eventId: event!.id } })
  })
})

it('the receiver of events is shown without its secrets, and whether there is one', async () => {
  const { status, body } = await admin.send('GET', '/v1/admin/event-receiver')
  expect([status, body.url]).toEqual([200, null])
  expect(body).toMatchObject({ waiting: expect.any(Number), dead: expect.any(Number) })
})

it('two administrators who lock each other out at once: one of them stays', async () => {
  const { db } = running
  const second = await db.staffUser.findUniqueOrThrow({ where: { id: 'supervisor-one' } })
  await db.staffUser.update({ where: { id: second.id }, data: { role: 'admin' } })
  const [one, other] = [await running.as('admin-one'), await running.as('supervisor-one')]
  await db.staffUser.updateMany({ where: { role: 'admin', id: { notIn: ['admin-one', second.id] } }, data: { active: false } })
  const replies = await Promise.all([
    one.send('PATCH', `/v1/admin/users/${second.id}`, { active: false }),
    other.send('PATCH', '/v1/admin/users/admin-one', { role: 'agent' }),
  ])
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await db.staffUser.count({ where: { role: 'admin', active: true } })).toBe(1)
})
