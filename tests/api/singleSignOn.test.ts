import { freePort } from '../../embedded/ports'
import { createBrowser } from './browser'
import { startOpenIdProvider, type OpenIdProvider, type Person } from './openIdProvider'
import { startApi, password, type RunningApi } from './startApi'

const people: Person[] = [
  { sub: 'ann', name: 'Ann Example', email: 'ann@bank.example', email_verified: true, locale: 'zh-CN', roles: ['callback-agents', 'everybody'] },
  { sub: 'bea', name: 'Bea Example', email: 'bea@bank.example', roles: ['everybody'] },
  { sub: 'cleo', name: 'Cleo Example', email: 'Agent-One@demo.example', email_verified: true, roles: ['callback-leads'] },
  { sub: 'dora', name: 'Dora Example', email: 'agent-two@demo.example', roles: ['callback-agents'] },
  { sub: 'eve', email: 'agent-three@demo.example', email_verified: true, roles: ['callback-agents'] },
  { sub: 'fay', name: 'Fay Example', roles: ['callback-agents'] },
]

let provider: OpenIdProvider
let running: RunningApi

beforeAll(async () => {
  // The provider wants to know where people come back to before we listen there.
  const publicBaseUrl = `http://127.0.0.1:${await freePort()}`
  provider = await startOpenIdProvider({ redirectUris: [`${publicBaseUrl}/v1/session/single-sign-on/callback`], people })
  running = await startApi({ environment: { ...settings(provider), PUBLIC_BASE_URL: publicBaseUrl } })
})
afterAll(async () => {
  await running?.stop()
  await provider?.stop()
})

const settings = ({ issuer, client }: OpenIdProvider) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: client.id,
  OIDC_CLIENT_SECRET: client.secret,
  OIDC_ROLES: 'callback-leads=supervisor, callback-agents=agent',
  PASSWORD_SIGN_IN: 'off',
})

/** A browser's cookies and redirects at the provider, until it would come back to us. */
async function signInAt(address: string, sub: string): Promise<string> {
  const cookies = new Map<string, string>()
  let [next, form]: [string, Record<string, string> | undefined] = [address, undefined]
  for (let steps = 0; steps < 20; steps++) {
    const answer: Response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const each of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!
      cookies.set(name!, value!)
    }
    const location = answer.headers.get('location')
    const page = location ? '' : await answer.text()
    if (location) [next, form] = [new URL(location, next).href, undefined]
    else if (page.includes('name="login"')) form = { prompt: 'login', login: sub, password: 'x' }
    else if (page.includes('value="consent"')) form = { prompt: 'consent' }
    else throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 500)}`)
    if (next.includes('/v1/session/single-sign-on/callback')) return next.replace(/^https?:\/\/[^/]+/, '')
  }
  throw new Error('the provider sent us in a circle')
}

/** From our button to the provider and back. */
async function signIn(sub: string) {
  const browser = createBrowser(running.url)
  const away = await browser.send('GET', '/v1/session/single-sign-on')
  expect(away.status).toBe(303)
  const attempt = browser.cookie
  const callback = await signInAt(away.headers.get('location')!, sub)
  const back = await browser.send('GET', callback)
  const session = back.headers.getSetCookie().find((each) => each.startsWith('session='))
  browser.cookie = session?.split(';')[0]
  return { browser, callback, attempt, back, to: back.headers.get('location') }
}

const who = async ({ browser }: Awaited<ReturnType<typeof signIn>>) => (await browser.send('GET', '/v1/session')).body.user
const trail = (action: string) => running.db.auditEntry.findMany({ where: { action }, orderBy: { at: 'desc' } })

test('the sign-in page hears what it may offer', async () => {
  expect((await createBrowser(running.url).send('GET', '/v1/session/ways')).body).toEqual({ password: false, singleSignOn: true })
})

test('the provider is asked with PKCE, state and nonce', async () => {
  const { headers } = await createBrowser(running.url).send('GET', '/v1/session/single-sign-on')
  const asked = Object.fromEntries(new URL(headers.get('location')!).searchParams)
  expect(asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid profile email' })
  expect([asked.state, asked.nonce, asked.code_challenge].map((each) => each!.length >= 32)).toEqual([true, true, true])
  expect(headers.get('set-cookie')).toMatch(/^sign-in=.+; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/)
})

test('somebody new gets an account with the role of their group, and the same account the next time', async () => {
  const first = await signIn('ann')
  expect(first.to).toBe('/')
  const user = await who(first)
  expect(user).toMatchObject({ name: 'Ann Example', email: 'ann@bank.example', role: 'agent', languages: ['zh'] })
  expect((await first.browser.send('PUT', '/v1/desk/presence', { status: 'break' })).status).toBe(200)
  expect(await who(await signIn('ann'))).toEqual(user)
  expect(await trail('user_created')).toMatchObject([{ subject: `user:${user.id}`, data: { role: 'agent' } }])
  expect((await trail('signed_in'))[0]).toMatchObject({ actor: `agent:${user.id}`, data: { issuer: provider.issuer } })
})

test('the role follows the group at each sign-in', async () => {
  const { id } = await who(await signIn('ann'))
  await running.db.staffUser.update({ where: { id }, data: { role: 'compliance' } })
  expect(await who(await signIn('ann'))).toMatchObject({ id, role: 'agent' })
  expect((await trail('user_changed'))[0]).toMatchObject({ subject: `user:${id}`, data: { role: { from: 'compliance', to: 'agent' } } })
})

test('an account that was there is theirs when the provider has checked the address', async () => {
  expect(await who(await signIn('cleo'))).toMatchObject({ id: 'agent-one', role: 'supervisor', name: 'Cleo Example' })
})

test.each([
  ['nobody’s role', 'bea', 'no_role'],
  ['somebody else’s address, unchecked', 'dora', 'address_taken'],
  ['no address at all', 'fay', 'no_email'],
])('%s: refused, with a row of the audit log', async (_, sub, reason) => {
  const tried = await signIn(sub)
  expect(tried.to).toBe(`/?sign-in=${reason}`)
  expect(await who(tried)).toBeNull()
  expect((await trail('sign_in_refused'))[0]).toMatchObject({ data: { reason, issuer: provider.issuer } })
})

test('whose account was closed is refused, known to the provider or not', async () => {
  await running.db.staffUser.update({ where: { id: 'agent-three' }, data: { active: false } })
  expect((await signIn('eve')).to).toBe('/?sign-in=deactivated')
  const { id } = await who(await signIn('ann'))
  await running.db.staffUser.update({ where: { id }, data: { active: false } })
  expect((await signIn('ann')).to).toBe('/?sign-in=deactivated')
  await running.db.staffUser.update({ where: { id }, data: { active: true } })
})

test('an answer of another browser, a used one and a made-up one open nothing', async () => {
  const { callback, attempt } = await signIn('ann')
  const stranger = createBrowser(running.url)
  await stranger.send('GET', '/v1/session/single-sign-on')
  for (const cookie of [undefined, stranger.cookie, attempt, 'sign-in=made.up.thing']) {
    const { headers } = await createBrowser(running.url, cookie ? { cookie } : {}).send('GET', callback)
    expect(headers.get('location')).toMatch(/^\/\?sign-in=(expired|unavailable)$/)
    expect(headers.getSetCookie().join()).not.toContain('session=')
  }
})

test('signing out ends the session here, and names the page where it ends at the provider', async () => {
  const { browser } = await signIn('ann')
  const { status, body } = await browser.send('DELETE', '/v1/session')
  expect(status).toBe(200)
  expect(new URL(body.continueAt).origin).toBe(provider.issuer)
  expect(new URL(body.continueAt).searchParams.get('post_logout_redirect_uri')).toBe(`${running.configuration.publicBaseUrl}/`)
  expect((await browser.send('GET', '/v1/session')).body).toEqual({ user: null })
})

test('passwords that are switched off open nothing, not even the one that nobody has', async () => {
  const refused = await createBrowser(running.url).send('POST', '/v1/session', { email: 'supervisor-one@demo.example', password })
  expect(refused.status).toBe(403)
})

test('a provider that is away leaves the product up, and says so', async () => {
  const alone = await startApi({ environment: { ...settings(provider), OIDC_ISSUER: 'http://127.0.0.1:9', PASSWORD_SIGN_IN: 'on' } })
  try {
    await alone.db.staffUser.update({ where: { id: 'agent-two' }, data: { passwordHash: null } })
    const browser = createBrowser(alone.url)
    expect((await browser.send('GET', '/v1/session/single-sign-on')).headers.get('location')).toBe('/?sign-in=unavailable')
    expect((await browser.send('POST', '/v1/session', { email: 'agent-one@demo.example', password })).status).toBe(200)
    const withoutPassword = { email: 'agent-two@demo.example', password: 'nobody has this password' }
    expect((await browser.send('POST', '/v1/session', withoutPassword)).status).toBe(401)
  } finally {
    await alone.stop()
  }
})

test('without single sign-on there are no such pages', async () => {
  const plain = await startApi()
  try {
    const browser = createBrowser(plain.url)
    expect((await browser.send('GET', '/v1/session/ways')).body).toEqual({ password: true, singleSignOn: false })
    for (const path of ['', '/callback?code=x&state=y']) expect((await browser.send('GET', `/v1/session/single-sign-on${path}`)).status).toBe(404)
  } finally {
    await plain.stop()
  }
})
