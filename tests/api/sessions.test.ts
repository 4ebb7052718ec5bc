import { createBrowser, signIn } from './browser'
import { password, startApi, type RunningApi } from './startApi'

let running: RunningApi
const email = 'agent-one@demo.example'

beforeAll(async () => {
  running = await startApi()
})
afterAll(() => running.stop())

const trail = (action: string) => running.db.auditEntry.findMany({ where: { action }, orderBy: { at: 'desc' } })

describe('signing in', () => {
  it('sets a cookie that scripts and other sites cannot use, and tells who is signed in', async () => {
    const browser = createBrowser(running.url)
    const { status, headers, body } = await browser.send('POST', '/v1/session', { email: ' Agent-One@DEMO.example ', password })
    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toMatch(/^session=.+; Path=\/; HttpOnly; SameSite=Strict$/)
    const user = { id: 'agent-one', name: 'agent-one', email, role: 'agent', languages: ['zh', 'en'] }
    expect(body).toEqual({ user })
    expect((await browser.send('GET', '/v1/session')).body).toEqual({ user })
    expect((await trail('signed_in'))[0]).toMatchObject({ actor: 'agent:agent-one', subject: 'user:agent-one' })
  })

  it('refuses a wrong password and an unknown account in the same words, and notes both', async () => {
    const browser = createBrowser(running.url)
    const wrong = await browser.send('POST', '/v1/session', { email, password: 'not this one' })
    const unknown = await browser.send('POST', '/v1/session', { email: 'nobody@demo.example', password: 'not this one' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(wrong.body.detail).toBe(unknown.body.detail)
    const refused = await trail('sign_in_refused')
    expect(refused.map(({ subject }) => subject)).toContain('user:agent-one')
    expect(JSON.stringify(refused.map(({ subject, data }) => ({ subject, data })))).not.toContain('nobody@demo.example')
  })

  it('takes a new session id, so that one planted before is worth nothing', async () => {
    const first = await signIn(running.url, email, password)
    const planted = first.cookie
    await first.send('POST', '/v1/session', { email, password })
    expect(first.cookie).not.toBe(planted)
    const thief = createBrowser(running.url, { cookie: planted! })
    expect((await thief.send('GET', '/v1/session')).body).toEqual({ user: null })
  })

  it('is nobody’s before and after', async () => {
    const browser = createBrowser(running.url)
    expect((await browser.send('GET', '/v1/session')).body).toEqual({ user: null })
    await browser.send('POST', '/v1/session', { email, password })
    const { cookie } = browser
    expect((await browser.send('DELETE', '/v1/session')).status).toBe(204)
    const again = createBrowser(running.url, { cookie: cookie! })
    expect((await again.send('GET', '/v1/session')).body).toEqual({ user: null })
    expect((await again.send('GET', '/v1/desk/softphone')).status).toBe(401)
    expect((await trail('signed_out')).length).toBe(1)
  })

  it('ends when nobody used it for half an hour, and after twelve hours in any case', async () => {
    const idle = await signIn(running.url, email, password)
    await running.pool.query(`UPDATE session SET expire = now() AT TIME ZONE current_setting('timezone') - interval '1 second'`)
    expect((await idle.send('GET', '/v1/session')).body).toEqual({ user: null })

    const old = await signIn(running.url, email, password)
    const { rows } = await running.pool.query(
      `SELECT extract(epoch FROM expire - now() AT TIME ZONE current_setting('timezone'))::int AS idle FROM session ORDER BY expire DESC LIMIT 1`,
    )
    expect(rows[0].idle).toBeGreaterThan(29 * 60)
    expect(rows[0].idle).toBeLessThanOrEqual(30 * 60 + 1)
    await running.pool.query(`UPDATE session SET sess = jsonb_set(sess::jsonb, '{endsAt}', to_jsonb(${Date.now() - 1}))::json`)
    expect((await old.send('GET', '/v1/session')).body).toEqual({ user: null })
  })

  it('goes on while it is used', async () => {
    const browser = await signIn(running.url, email, password)
    await running.pool.query(`UPDATE session SET expire = now() AT TIME ZONE current_setting('timezone') + interval '5 minutes'`)
    await browser.send('GET', '/v1/session')
    const { rows } = await running.pool.query(`SELECT extract(epoch FROM max(expire) - now() AT TIME ZONE current_setting('timezone'))::int AS idle FROM session`)
    expect(rows[0].idle).toBeGreaterThan(29 * 60)
  })

  it('is over at once for somebody whose account was closed', async () => {
    const browser = await signIn(running.url, 'agent-two@demo.example', password)
    await running.db.staffUser.update({ where: { id: 'agent-two' }, data: { active: false } })
    expect((await browser.send('GET', '/v1/desk/softphone')).status).toBe(401)
    const again = await createBrowser(running.url).send('POST', '/v1/session', { email: 'agent-two@demo.example', password })
    expect(again.status).toBe(401)
  })
})

describe('requests forged by another site', () => {
  it.each([
    ['an Origin that is not ours', { origin: 'https://evil.example' }],
    ['no origin at all to speak of', { origin: 'null' }],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister domain', { 'sec-fetch-site': 'same-site' }],
  ])('are refused: %s', async (_what, headers) => {
    const browser = await signIn(running.url, email, password)
    const { status, body } = await browser.send('PUT', '/v1/desk/presence', { status: 'break' }, headers)
    expect(status).toBe(403)
    expect(body.type).toBe('/problems/forbidden')
    const signingIn = await createBrowser(running.url).send('POST', '/v1/session', { email, password }, headers)
    expect(signingIn.status).toBe(403)
  })

  it('are refused when they come as a form', async () => {
    const browser = await signIn(running.url, email, password)
    for (const path of ['/v1/desk/offers/o/decline', '/v1/desk/cases/c/hang-up']) {
      const { status } = await browser.send('POST', path, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })
      expect(status).toBe(415)
    }
  })

  it('leave our own pages alone', async () => {
    const browser = await signIn(running.url, email, password)
    const ours = { origin: running.url, 'sec-fetch-site': 'same-origin' }
    expect((await browser.send('PUT', '/v1/desk/presence', { status: 'break' }, ours)).status).toBe(200)
    expect((await browser.send('GET', '/v1/session', undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(200)
  })
})
