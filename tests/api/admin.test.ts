import { randomUUID } from 'node:crypto'
import { defaultPolicy } from '../../domain/policy'
import { createBrowser, signIn, type Browser, type Json } from './browser'
import { openCase } from './flags'
import { startApi, type RunningApi } from './startApi'

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
  const secretOf = (link: string) => new URL(link).hash.slice(1)
  const invite = async (account: Json = {}) => {
    const { status, body } = await admin.send('POST', '/v1/admin/users', { email: `${randomUUID()}@demo.example`, name: '新 Agent', role: 'agent', languages: ['zh'], ...account })
    expect(status).toBe(201)
    return body
  }
  /** A browser in which somebody has come in by their link. */
  const enter = async (link: string, chosen = 'twelve or more'): Promise<Browser> => {
    const browser = createBrowser(running.url)
    expect((await browser.send('PUT', '/v1/session/password', { link: secretOf(link), password: chosen })).status).toBe(200)
    return browser
  }

  it('are made by an invitation: whoever has the link chooses a password, once, and is let in from then on', async () => {
    const forecast = await admin.send('POST', '/v1/admin/users/invitation-forecast', { email: 'new.agent@demo.example', name: 'New', role: 'agent' })
    expect([forecast.status, await running.db.staffUser.count({ where: { email: 'new.agent@demo.example' } })]).toEqual([200, 0])
    const { user, link } = await invite({ email: 'New.Agent@demo.example' })
    expect(user).toMatchObject({ email: 'new.agent@demo.example', role: 'agent', active: false, waysIn: [], sessions: 0, link: { expiresAt: expect.any(String) } })
    expect(new URL(link).pathname).toBe('/welcome')
    const visitor = createBrowser(running.url)
    expect((await visitor.send('POST', '/v1/session/link', { link: secretOf(link) })).body).toMatchObject({ name: '新 Agent', role: 'agent', first: true })
    for (const weak of ['short', 'aaaaaaaaaaaaaa', 'my New.Agent@demo.example'])
      expect((await visitor.send('PUT', '/v1/session/password', { link: secretOf(link), password: weak })).body.errors).toMatchObject([{ field: 'password' }])
    expect((await admin.send('PATCH', `/v1/admin/users/${user.id}`, { active: true })).status).toBe(409)

    const browser = await enter(link)
    expect((await browser.send('GET', '/v1/session')).body.user).toMatchObject({ id: user.id })
    expect((await createBrowser(running.url).send('PUT', '/v1/session/password', { link: secretOf(link), password: 'twelve or more' })).status).toBe(404)
    await signIn(running.url, 'new.agent@demo.example', 'twelve or more')
    const { body: list } = await admin.send('GET', '/v1/admin/users')
    expect(list.users.find(({ id }: Json) => id === user.id)).toMatchObject({ active: true, waysIn: ['password'], sessions: 2, link: null })
    expect(JSON.stringify(list)).not.toMatch(/argon2|twelve or more|passwordHash/)
    expect((await admin.send('POST', '/v1/admin/users/invitation-forecast', { email: 'NEW.agent@demo.example', name: 'Other', role: 'agent' })).status).toBe(409)
    expect(JSON.stringify(await running.db.auditEntry.findMany({ select: { subject: true, data: true } }))).not.toContain(secretOf(link))
    const { versions } = (await admin.send('GET', `/v1/admin/versions?kind=user&subject=${user.id}`)).body
    expect(versions.map(({ body, createdBy }: Json) => [body.active, createdBy])).toEqual([
      [true, `agent:${user.id}`],
      [false, 'admin:admin-one'],
    ])
  })

  it('get a new link that makes the old one worthless; one that was taken back or has run out is no good', async () => {
    const { user, link } = await invite()
    const { status, body: second } = await admin.send('POST', `/v1/admin/users/${user.id}/link`)
    const read = async (address: string) => (await createBrowser(running.url).send('POST', '/v1/session/link', { link: secretOf(address) })).status
    expect([status, await read(link), await read(second.link)]).toEqual([201, 404, 200])
    await running.db.passwordLink.update({ where: { userId: user.id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await read(second.link)).toBe(404)
    const { body: third } = await admin.send('POST', `/v1/admin/users/${user.id}/link`)
    expect((await admin.send('DELETE', `/v1/admin/users/${user.id}/link`)).status).toBe(204)
    expect(await read(third.link)).toBe(404)
  })

  it.each([
    ['locked out', { active: false }],
    ['given another role', { role: 'supervisor' }],
  ])(
    'that are %s are signed out everywhere at once, as the review has told',
    async (_what, change) => {
      const { user, link } = await invite()
      const browser = await enter(link)
      const events = await browser.events('/v1/desk/events')
      const { body: forecast } = await admin.send('POST', `/v1/admin/users/${user.id}/forecast`, { since: 2, ...change })
      expect(forecast).toMatchObject({ sessionsEnd: 1, engagedIn: null })
      expect((await browser.send('GET', '/v1/desk/softphone')).status).toBe(200)
      expect((await admin.send('PATCH', `/v1/admin/users/${user.id}`, { since: 1, ...change })).status).toBe(409)
      expect((await admin.send('PATCH', `/v1/admin/users/${user.id}`, { since: 2, ...change })).body.version).toBe(3)
      const told = Date.now()
      await events.ended
      expect(Date.now() - told).toBeLessThan(8_000) // a heartbeat comes every ten seconds
      expect((await browser.send('GET', '/v1/desk/softphone')).status).toBe(401)
    },
    20_000,
  )

  it('that choose another password by a link are signed out everywhere else', async () => {
    const { user, link } = await invite()
    const before = await enter(link)
    const { body } = await admin.send('POST', `/v1/admin/users/${user.id}/link`)
    expect((await before.send('GET', '/v1/session')).body.user.id).toBe(user.id)
    const after = await enter(body.link, 'another long one')
    expect((await before.send('GET', '/v1/session')).body.user).toBeNull()
    expect((await after.send('GET', '/v1/session')).body.user.id).toBe(user.id)
  })

  it('are signed out everywhere by an administrator, and are not available any more', async () => {
    const browsers = [await running.as('agent-two'), await running.as('agent-two')]
    await browsers[0]!.send('PUT', '/v1/desk/presence', { status: 'available' })
    const events = await browsers[1]!.events('/v1/desk/events')
    const { body: forecast } = await admin.send('POST', '/v1/admin/users/agent-two/sign-out/forecast')
    expect(forecast).toEqual({ sessionsEnd: 2, engagedIn: null })
    expect((await admin.send('POST', '/v1/admin/users/agent-two/sign-out')).body).toEqual(forecast)
    await events.ended
    for (const browser of browsers) expect((await browser.send('GET', '/v1/session')).body.user).toBeNull()
    expect(await running.db.presence.findUnique({ where: { userId: 'agent-two' } })).toMatchObject({ status: 'offline' })
    expect((await browsers[0]!.send('POST', '/v1/admin/users/agent-two/sign-out')).status).toBe(401)
  })

  it('see where they are signed in, and end what they do not know; nobody else’s', async () => {
    const [mine, other] = [await running.as('compliance-one'), await running.as('compliance-one')]
    const foreign = await running.as('agent-three')
    const list = async (browser: Browser) => (await browser.send('GET', '/v1/sessions')).body.sessions
    const sessions = await list(mine)
    expect(sessions.map(({ current }: Json) => current)).toEqual([false, true])
    expect(sessions[0]).toMatchObject({ startedAt: expect.any(String), from: expect.stringContaining('127.0.0.1'), browser: expect.any(String) })
    expect((await foreign.send('DELETE', `/v1/sessions/${sessions[0].id}`)).status).toBe(404)
    expect((await mine.send('DELETE', `/v1/sessions/${sessions[0].id}`)).status).toBe(204)
    expect((await other.send('GET', '/v1/session')).body.user).toBeNull()
    await running.as('compliance-one')
    expect((await mine.send('DELETE', '/v1/sessions')).body).toEqual({ ended: 1 })
    expect(await list(mine)).toHaveLength(1)
  })

  it('keep their sessions when only the name changes; the last agent of a queue is told to be the last', async () => {
    const browser = await running.as('agent-three')
    const { body } = await admin.send('PATCH', '/v1/admin/users/agent-three', { name: 'Agent Three' })
    expect(body).toMatchObject({ name: 'Agent Three', languages: ['zh', 'en'], version: 2 })
    expect((await browser.send('GET', '/v1/session')).body.user.name).toBe('Agent Three')
    await running.db.queue.create({ data: { id: 'his', name: 'His own', position: 1, dialMode: 'adaptive', stages: [{ afterSeconds: 0, skills: {}, language: false, teams: [], agents: ['agent-three'] }] } })
    const { body: forecast } = await admin.send('POST', '/v1/admin/users/agent-three/forecast', { active: false })
    expect(forecast.queues).toContainEqual({ queueId: 'his', name: 'His own', waiting: 0, agentsBefore: 1, agentsAfter: 0 })
    const { versions } = (await admin.send('GET', '/v1/admin/versions?kind=user&subject=agent-three')).body
    expect(versions.map((one: Json) => [one.version, one.body.name, one.createdBy])).toEqual([
      [2, 'Agent Three', 'admin:admin-one'],
      [1, 'agent-three', 'system:installation'],
    ])
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
    const forecast = await admin.send('POST', `/v1/admin/outbound-events/${event!.id}/redelivery-forecast`)
    expect(forecast.body).toEqual({ url: null, earlierWaiting: 0, laterDelivered: 0 })
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
