import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { createBrowser } from './browser'
import { eventually } from './eventually'
import { openCase } from './flags'
import { startApi, type RunningApi } from './startApi'

const nobody = 'postgres://postgres:postgres@127.0.0.1:9/nothing'

describe('with everything there', () => {
  let running: RunningApi
  beforeAll(async () => {
    running = await startApi()
  })
  afterAll(() => running.stop())
  const visitor = () => createBrowser(running.url)

  it('is alive and ready', async () => {
    expect(await visitor().send('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } })
    // Live changes may take a moment; they are no condition of being ready.
    await eventually(async () => (await visitor().send('GET', '/readyz')).body.parts.live.state === 'up')
    const { status, body } = await visitor().send('GET', '/readyz')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'ready', parts: { postgresql: { state: 'up' }, temporal: { state: 'up' }, live: { state: 'up' } } })
  })

  it('counts requests by route, and what the records hold', async () => {
    await openCase(running.db)
    await visitor().send('GET', '/v1/cases/case_1')
    const { body, headers } = await visitor().send('GET', '/metrics')
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(body).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/v1\/cases\/:caseId",status="401"\} 1/)
    expect(body).toMatch(/^risk_callback_open_cases 1$/m)
    expect(body).not.toContain('case_1')
  })

  it('sends the headers that keep browsers safe', async () => {
    const { headers } = await visitor().send('GET', '/v1/session')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toBeNull()
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:9 ws://127.0.0.1:9")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('upgrade-insecure-requests')
  })
})

describe('behind TLS', () => {
  it('its cookies are for TLS alone, and browsers are told to stay there', async () => {
    const running = await startApi({ environment: { PUBLIC_BASE_URL: 'https://callback.example.com', SOFTPHONE_URL: '' } })
    try {
      const proxied = createBrowser(running.url, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.5', origin: 'https://callback.example.com' })
      const { headers, status } = await proxied.send('POST', '/v1/session', { email: 'agent-one@demo.example', password: 'correct horse battery staple' })
      expect(status).toBe(200)
      expect(headers.get('set-cookie')).toMatch(/^__Host-session=.+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
      expect(headers.get('content-security-policy')).toMatch(/connect-src 'self' wss:\/\/\*\.twilio\.com/)
      const [entry] = await running.db.auditEntry.findMany({ where: { action: 'signed_in' } })
      expect(entry?.data).toEqual({ ip: '203.0.113.5' })
    } finally {
      await running.stop()
    }
  })
})

describe('without PostgreSQL', () => {
  let running: RunningApi
  beforeAll(async () => {
    running = await startApi({ databaseUrl: nobody })
  })
  afterAll(() => running.stop())

  it('is alive, not ready, and names the part that is away', async () => {
    const visitor = createBrowser(running.url)
    expect((await visitor.send('GET', '/healthz')).status).toBe(200)
    const { status, body } = await visitor.send('GET', '/readyz')
    expect(status).toBe(503)
    expect(body).toMatchObject({
      status: 'not_ready',
      parts: { postgresql: { state: 'down', reason: 'cannot be reached' }, temporal: { state: 'up' }, live: { state: 'down' } },
    })
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|password/)
    expect((await visitor.send('GET', '/metrics')).body).toMatch(/^risk_callback_open_cases Nan$/m)
  })

  it.each([
    ['POST', '/v1/flagged-payments', {}],
    ['GET', '/v1/cases', undefined],
    ['POST', '/v1/session', { email: 'a@b.example', password: 'x' }],
  ])('%s %s answers 503 and when to come back', async (method, path, body) => {
    const { status, headers, body: problem } = await running.riskEngine().send(method, path, body)
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(problem).toMatchObject({ type: '/problems/unavailable', detail: 'The database cannot be reached.' })
  })

  it('a session that cannot be looked up answers 503 too', async () => {
    const browser = createBrowser(running.url, { cookie: 'session=s%3Aabcdefghijklmnopqrstuvwxyz123456.x' })
    expect([401, 503]).toContain((await browser.send('GET', '/v1/desk/softphone')).status)
  })
})

describe('with a PostgreSQL that swallows packets', () => {
  let silent: Server
  beforeAll(async () => {
    silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
  })
  afterAll(() => void silent.close())

  it('answers all the same, within seconds', async () => {
    const { port } = silent.address() as { port: number }
    const running = await startApi({ databaseUrl: `postgres://postgres:postgres@127.0.0.1:${port}/nothing` })
    try {
      const visitor = createBrowser(running.url)
      const start = Date.now()
      const { status, body } = await visitor.send('GET', '/readyz')
      expect([status, body.parts.postgresql.state]).toEqual([503, 'down'])
      expect(Date.now() - start).toBeLessThan(4_000)
      expect((await running.riskEngine().send('GET', '/v1/cases')).status).toBe(503)
    } finally {
      await running.stop()
    }
  })
})

describe('without Temporal', () => {
  let running: RunningApi
  beforeAll(async () => {
    running = await startApi({ temporalAddress: '127.0.0.1:9' })
  })
  afterAll(() => running.stop())

  it('is not ready, says so, and goes on with what needs PostgreSQL alone', async () => {
    const { status, body } = await createBrowser(running.url).send('GET', '/readyz')
    expect(status).toBe(503)
    expect(body.parts).toMatchObject({ postgresql: { state: 'up' }, temporal: { state: 'down' } })
    const agent = await running.as('agent-one')
    expect((await agent.send('PUT', '/v1/desk/presence', { status: 'available' })).status).toBe(200)
    expect((await running.riskEngine().send('GET', '/v1/cases')).status).toBe(200)
  })
})
