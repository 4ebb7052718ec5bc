import { randomUUID } from 'node:crypto'
import { createBrowser, type Browser } from './browser'
import { caseHeldBy } from './flags'
import { startApi, users, type RunningApi } from './startApi'

let running: RunningApi
let agent: Browser
let supervisor: Browser
let admin: Browser
let held: Awaited<ReturnType<typeof caseHeldBy>>

beforeAll(async () => {
  running = await startApi()
  agent = await running.as('agent-one')
  supervisor = await running.as('supervisor-one')
  admin = await running.as('admin-one')
  held = await caseHeldBy(running.db, 'agent-one')
})
afterAll(() => running.stop())

const long = 'x'.repeat(5_000)
const verdictsOf = (...verdicts: unknown[]) => ({ verdicts })

/** By endpoint: a body, and the field that the answer must name. */
const faults: [string, string, unknown, string][] = [
  ['POST', '/v1/session', {}, 'email'],
  ['POST', '/v1/session', { email: 'a@b.example', password: 5 }, 'password'],
  ['POST', '/v1/session', { email: 'a@b.example', password: 'x', remember: true }, 'remember'],
  ['POST', '/v1/session', [], '(body)'],
  ['PUT', '/v1/desk/presence', {}, 'status'],
  ['PUT', '/v1/desk/presence', { status: 'busy' }, 'status'],
  ['PUT', '/v1/desk/presence', { status: 'break', reason: '' }, 'reason'],
  ['PUT', '/v1/desk/presence', { status: 'break', reason: long }, 'reason'],
  ['PUT', '/v1/desk/presence', { status: 'break', reason: 'a\u0000b' }, 'reason'],
  ['POST', '/v1/desk/offers/OFFER/decline', { reason: 5 }, 'reason'],
  ['POST', '/v1/desk/offers/OFFER/decline', { why: 'so' }, 'why'],
  ['PUT', '/v1/desk/cases/CASE/notes', {}, 'text'],
  ['PUT', '/v1/desk/cases/CASE/notes', { text: 'x'.repeat(20_001) }, 'text'],
  ['PUT', '/v1/desk/cases/CASE/notes', { text: 'a\u0000b' }, 'text'],
  ['POST', '/v1/desk/cases/CASE/hold', { hold: 'yes' }, 'hold'],
  ['PUT', '/v1/desk/cases/CASE/guidance', {}, 'advice'],
  ['PUT', '/v1/desk/cases/CASE/guidance', { advice: [{ advice: 'pray', agreed: true }] }, 'advice.0.advice'],
  ['PUT', '/v1/desk/cases/CASE/guidance', { advice: [{ advice: 'phoneBound' }] }, 'advice.0.agreed'],
  ['PUT', '/v1/desk/cases/CASE/guidance', { advice: [{ advice: 'phoneBound', agreed: true }, { advice: 'phoneBound', agreed: false }] }, 'advice'],
  ['POST', '/v1/desk/cases/CASE/verdicts', verdictsOf(), 'verdicts'],
  ['POST', '/v1/desk/cases/CASE/verdicts', verdictsOf({ paymentId: 'PAYMENT', verdict: 'guilty' }), 'verdicts.0.verdict'],
  ['POST', '/v1/desk/cases/CASE/verdicts', verdictsOf({ paymentId: 'PAYMENT', verdict: 'not_owner', scamType: 'romance' }), 'verdicts.0.scamType'],
  ['POST', '/v1/desk/cases/CASE/verdicts', verdictsOf({ paymentId: 'other', verdict: 'unsure' }), 'verdicts.0.paymentId'],
  ['POST', '/v1/desk/cases/CASE/verdicts', verdictsOf({ paymentId: 'PAYMENT', verdict: 'unsure', notes: 5 }), 'verdicts.0.notes'],
  ['POST', '/v1/desk/cases/CASE/verdicts', verdictsOf({ paymentId: 'PAYMENT', verdict: 'unsure' }, { paymentId: 'PAYMENT', verdict: 'scam' }), 'verdicts'],
  ['POST', '/v1/admin/policy', { promiseSeconds: -1 }, 'promiseSeconds'],
  ['POST', '/v1/admin/policy', {}, 'ringSeconds'],
  ['POST', '/v1/admin/users', { email: 'not an address', name: 'N', role: 'agent' }, 'email'],
  ['POST', '/v1/admin/users', { email: 'n@demo.example', name: 'N', role: 'king' }, 'role'],
  ['POST', '/v1/admin/users', { email: 'n@demo.example', name: 'N', role: 'agent', password: 'of somebody else' }, 'password'],
  ['PATCH', '/v1/admin/users/agent-one', {}, '(body)'],
  ['PATCH', '/v1/admin/users/agent-one', { passwordHash: 'x' }, 'passwordHash'],
  ['POST', '/v1/routing/queues', { name: 'Q', position: 1, criteria: {}, stages: [] }, 'stages'],
  ['POST', '/v1/routing/queues', { name: 'Q', position: 1, criteria: { amountFrom: 5 }, stages: [{ afterSeconds: 0 }] }, 'criteria.currency'],
  ['POST', '/v1/routing/queues', { name: 'Q', position: 1, criteria: {}, stages: [{ afterSeconds: 5 }] }, 'stages'],
  ['POST', '/v1/routing/queues/forecast', { settings: { name: 'Q' } }, 'settings.position'],
  ['POST', '/v1/routing/teams', { name: '' }, 'name'],
  ['PUT', '/v1/routing/agents/agent-one', { since: 0, settings: { skills: { fraud: 9 }, languages: [], teams: [] } }, 'settings.skills.fraud'],
  ['PUT', '/v1/routing/agents/agent-one', { since: 0, settings: { skills: {}, languages: [], teams: ['nobody'] } }, 'settings.teams.0'],
  ['POST', '/v1/admin/api-keys', { name: 'k', scopes: [] }, 'scopes'],
  ['POST', '/v1/admin/api-keys', { name: 'k', scopes: ['everything'] }, 'scopes.0'],
  ['POST', '/v1/admin/api-keys', { name: 'k', scopes: ['payer'], expiresAt: '2001-01-01T00:00:00Z' }, 'expiresAt'],
]

function fill<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('CASE', held.caseId).replaceAll('OFFER', held.offerId).replaceAll('PAYMENT', held.paymentId))
}

function browserFor(path: string): Browser {
  if (path.startsWith('/v1/admin') || path.startsWith('/v1/routing')) return admin
  return path.startsWith('/v1/supervision') ? supervisor : agent
}

it.each(faults)('%s %s with %j: 422, naming %s', async (method, path, body, field) => {
  const { status, headers, body: problem } = await browserFor(path).send(method, fill(path), fill(body))
  expect(status).toBe(422)
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(problem).toMatchObject({ type: '/problems/invalid', title: 'Some fields are not valid', status: 422, instance: expect.stringMatching(/^urn:uuid:/) })
  expect(problem.errors.map((error: { field: string }) => error.field)).toContain(field)
  expect(problem.errors[0].message.length).toBeGreaterThan(5)
})

it('nothing of that changed anything', async () => {
  expect(await running.db.staffUser.count()).toBe(users.length)
  expect(await running.db.apiKey.count()).toBe(1)
  expect(await running.db.policy.count()).toBe(1)
  expect(await running.db.caseNote.count()).toBe(0)
  expect(await running.db.flaggedPayment.findUnique({ where: { id: held.paymentId } })).toMatchObject({ verdict: null, decision: 'undecided' })
})

const withBody: [string, string][] = [...new Set(faults.map(([method, path]) => `${method} ${path}`))].map((one) => one.split(' ') as [string, string])

describe.each(withBody)('%s %s', (method, path) => {
  const send = (body: string, contentType = 'application/json') => browserFor(path).send(method, fill(path), body, { 'content-type': contentType })

  it('refuses broken JSON with 400', async () => {
    const { status, body } = await send('{"a":')
    expect([status, body.type]).toEqual([400, '/problems/malformed'])
  })
  it('refuses what is no JSON with 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml']) {
      const { status, body } = await send('a=b', type)
      expect([status, body.type]).toEqual([415, '/problems/not-json'])
    }
    expect((await send('{}', 'application/json; charset=iso-8859-1')).status).toBe(415)
  })
  it('refuses a body of a megabyte with 413', async () => {
    const { status, body } = await send(JSON.stringify({ text: 'x'.repeat(1_000_000) }))
    expect([status, body.type]).toEqual([413, '/problems/too-large'])
  })
})

it.each(['gzip', 'deflate', 'br'])('refuses a body that is not %s, as it says it is, with 400', async (encoding) => {
  const { status, body } = await agent.send('PUT', '/v1/desk/presence', '{"status":"available"}', { 'content-type': 'application/json', 'content-encoding': encoding })
  expect([status, body.type]).toEqual([400, '/problems/malformed'])
})

it.each([
  ['GET', '/v1/supervision/histories?status=nowhere', 'status.0'],
  ['GET', '/v1/supervision/histories?from=yesterday', 'from'],
  ['GET', '/v1/supervision/histories?limit=0', 'limit'],
  ['GET', '/v1/supervision/histories?limit=1000000', 'limit'],
  ['GET', '/v1/supervision/histories?minAmount=-5', 'minAmount'],
  ['GET', '/v1/supervision/histories?phone=abc', 'phone'],
  ['GET', '/v1/supervision/histories?cursor=bm90aGluZw', 'cursor'],
  ['GET', '/v1/supervision/histories?q=%00', 'q'],
  ['GET', '/v1/supervision/histories?colour=red', 'colour'],
  ['GET', '/v1/supervision/histories/export?format=pdf', 'format'],
  ['GET', '/v1/supervision/audit?cursor=bm90aGluZw', 'cursor'],
  ['GET', '/v1/supervision/audit?subject=a%00', 'subject'],
  ['GET', '/v1/supervision/guidance?from=yesterday', 'from'],
  ['GET', '/v1/supervision/guidance?from=2999-01-01T00:00:00Z', 'from'],
  ['GET', '/v1/cases?verdict=scam', 'verdict'],
  ['GET', '/v1/cases?status=closed&status=nowhere', 'status.1'],
  ['GET', '/v1/admin/outbound-events?cursor=-1', 'cursor'],
])('%s %s: 422, naming %s', async (method, path, field) => {
  const { status, body } = await browserFor(path).send(method, path)
  expect(status).toBe(422)
  expect(body.errors.map((error: { field: string }) => error.field)).toContain(field)
})

it.each([
  ['GET', '/v1/desk/cases/nothing', 404],
  ['GET', '/v1/desk/cases/a%00b', 404],
  ['GET', '/v1/desk/cases/%E4%B8', 400],
  ['GET', `/v1/desk/cases/${long}`, 404],
  ['GET', "/v1/desk/cases/'%20OR%201=1--", 404],
  ['POST', '/v1/desk/offers/nothing/accept', 404],
  ['POST', '/v1/desk/offers/nothing/decline', 404],
  ['POST', '/v1/desk/cases/nothing/hang-up', 404],
  ['GET', '/v1/supervision/cases/nothing', 404],
  ['GET', '/v1/supervision/cases/nothing/timeline', 404],
  ['DELETE', '/v1/admin/api-keys/nothing', 404],
  ['POST', '/v1/admin/outbound-events/nothing/redeliver', 404],
  ['GET', '/v1/nothing', 404],
  ['GET', '/nothing.php', 404],
  ['PATCH', '/v1/session', 405],
  ['POST', '/v1/desk/presence', 405],
  ['DELETE', '/healthz', 405],
])('%s %s: %i, as a problem document without a stack trace', async (method, path, expected) => {
  const { status, headers, body } = await browserFor(path).send(method, path)
  expect(status).toBe(expected)
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(Object.keys(body).sort()).toEqual(['detail', 'instance', 'status', 'title', 'type'])
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|at Object/)
  if (expected === 405) expect(headers.get('allow')).toMatch(/^[A-Z, ]+$/)
})

it('SQL and markup in a search find nothing and harm nothing', async () => {
  for (const q of ["'; DROP TABLE risk_case; --", '<script>alert(1)</script>', '%', '_%', '\\', '{"a":1}', "') OR ('1'='1"]) {
    const { status, body } = await supervisor.send('GET', `/v1/supervision/histories?q=${encodeURIComponent(q)}`)
    expect([status, body.cases]).toEqual([200, []])
  }
  expect(await running.db.riskCase.count()).toBeGreaterThan(0)
})

it('an agent may not answer for another, nor decide another’s case', async () => {
  const other = await running.as('agent-two')
  expect((await other.send('POST', `/v1/desk/offers/${held.offerId}/accept`)).status).toBe(403)
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['PUT', '/notes', { text: 'mine' }],
    ['POST', '/verdicts', verdictsOf({ paymentId: held.paymentId, verdict: 'unsure' })],
    ['POST', '/hang-up', {}],
    ['POST', '/hold', { hold: true }],
  ] as const) {
    const { status } = await other.send(method, `/v1/desk/cases/${held.caseId}${path}`, body)
    expect({ path, status }).toEqual({ path, status: 403 })
  }
  expect((await other.send('GET', `/v1/cases/${held.caseId}`)).status).toBe(403)
})

it('an unknown id in a header or cookie is nobody', async () => {
  const forged = createBrowser(running.url, { cookie: `session=s%3A${randomUUID()}.forged` })
  expect((await forged.send('GET', '/v1/desk/softphone')).status).toBe(401)
})
