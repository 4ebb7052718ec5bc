import { rateLimits } from '../../api/rateLimits'
import { createBrowser, type Browser, type Json } from './browser'
import { riskEngineKey, startApi, type RunningApi } from './startApi'

let running: RunningApi
let document: Json
const browsers: Record<string, Browser> = {}

beforeAll(async () => {
  // Each operation is asked for without credentials too, more often than somebody honest would be refused.
  running = await startApi({ limits: { rates: { ...rateLimits, refused: 10_000 } } })
  for (const role of ['agent', 'supervisor', 'compliance', 'admin']) browsers[role] = await running.as(`${role}-one`)
  document = (await createBrowser(running.url).send('GET', '/openapi.json')).body
})
afterAll(() => running.stop())

/** Every operation below a prefix, with addresses that name nothing. */
function operations(prefix: string): [string, string][] {
  return Object.entries<Json>(document.paths)
    .filter(([path]) => path.startsWith(prefix))
    .flatMap(([path, methods]) => Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'nothing')]))
}

const audiences: [string, string[]][] = [
  ['/v1/desk/', ['agent', 'supervisor']],
  ['/v1/supervision/', ['supervisor', 'compliance', 'admin']],
  ['/v1/admin/', ['admin']],
  ['/v1/routing/', ['supervisor', 'admin']],
]

it.each(audiences)('%s is for %s alone', async (prefix, allowed) => {
  const all = operations(prefix)
  expect(all.length).toBeGreaterThan(5)
  for (const [method, path] of all) {
    const nobody = await createBrowser(running.url).send(method, path)
    expect({ method, path, status: nobody.status }).toEqual({ method, path, status: 401 })
    const key = await createBrowser(running.url, { authorization: `Bearer ${riskEngineKey}` }).send(method, path)
    expect({ method, path, status: key.status }).toEqual({ method, path, status: 401 })
    for (const role of Object.keys(browsers).filter((one) => !allowed.includes(one))) {
      const { status, body } = await browsers[role]!.send(method, path)
      expect({ method, path, role, status, type: body.type }).toEqual({ method, path, role, status: 403, type: '/problems/forbidden' })
    }
  }
})

it('the risk engine’s endpoints want a key, the right one, with the right scope', async () => {
  const { db } = running
  const { body: made } = await browsers.admin!.send('POST', '/v1/admin/api-keys', { name: 'payer pages', scopes: ['payer'] })
  const { body: old } = await browsers.admin!.send('POST', '/v1/admin/api-keys', { name: 'old', scopes: ['risk-engine'] })
  await db.apiKey.update({ where: { id: old.id }, data: { expiresAt: new Date(Date.now() - 1_000) } })
  const { body: gone } = await browsers.admin!.send('POST', '/v1/admin/api-keys', { name: 'gone', scopes: ['risk-engine'] })
  await browsers.admin!.send('DELETE', `/v1/admin/api-keys/${gone.id}`)

  const ask = async (authorization?: string) => {
    const { status, headers } = await createBrowser(running.url, authorization ? { authorization } : {}).send('GET', '/v1/cases')
    return [status, headers.get('www-authenticate')]
  }
  const challenge = 'Bearer realm="risk-callback"'
  expect(await ask(`Bearer ${riskEngineKey}`)).toEqual([200, null])
  expect(await ask(`bearer ${riskEngineKey}`)).toEqual([200, null])
  expect(await ask('Bearer rck_wrong')).toEqual([401, challenge])
  expect(await ask('Basic YTpi')).toEqual([401, challenge])
  expect(await ask(`Bearer ${old.key}`)).toEqual([401, challenge])
  expect(await ask(`Bearer ${gone.key}`)).toEqual([401, challenge])
  expect(await ask(`Bearer ${made.key}`)).toEqual([403, null])
  const intake = await createBrowser(running.url, { authorization: `Bearer ${made.key}` }).send('POST', '/v1/flagged-payments', {})
  expect(intake.status).toBe(403)
  expect((await createBrowser(running.url).send('POST', '/v1/flagged-payments', {})).status).toBe(401)
})

it('what was refused to somebody known, and every wrong key, is in the audit log', async () => {
  const refused = await running.db.auditEntry.findMany({ where: { action: 'access_refused' } })
  expect(refused).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ actor: 'agent:agent-one', subject: 'address:GET /v1/admin/users', data: expect.objectContaining({ reason: 'role' }) }),
      expect.objectContaining({ actor: 'unknown', data: expect.objectContaining({ reason: 'key' }) }),
    ]),
  )
})

it('agents read the cases that they have or had, others read all', async () => {
  const lists = await Promise.all(Object.values(browsers).map((browser) => browser.send('GET', '/v1/cases')))
  expect(lists.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect((await browsers.agent!.send('GET', '/v1/cases/case_nothing')).status).toBe(404)
})
