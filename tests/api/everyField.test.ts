import type { Endpoint } from '../../api/endpoint'
import { fieldErrors } from '../../domain/flag'
import { rateLimits } from '../../api/rateLimits'
import { createBrowser, type Browser, type Json } from './browser'
import { faultsOf, impossibleTexts, type Fault } from './requestFaults'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let document: Json
const callers: Record<string, Browser> = {}

beforeAll(async () => {
  const many = 1_000_000
  running = await startApi({ limits: { rates: { ...rateLimits, calls: many, refused: many, signInsPerAccount: many, signInsPerAddress: many, callQuestions: many, ringBacks: many, visitsPerSubject: many, visitsPerAddress: many } } })
  for (const role of ['agent', 'supervisor', 'compliance', 'admin']) callers[role] = await running.as(`${role}-one`)
  const { body: payer } = await callers.admin!.send('POST', '/v1/admin/api-keys', { name: 'payment app', scopes: ['payer'] })
  callers.payer = createBrowser(running.url, { authorization: `Bearer ${payer.key}` })
  callers['risk engine'] = running.riskEngine()
  callers.nobody = createBrowser(running.url)
  document = (await callers.nobody.send('GET', '/openapi.json')).body
})
afterAll(() => running.stop())

interface Operation {
  endpoint: Endpoint
  method: string
  address: string
  described: Json
  faults: Fault[]
}

function operations(): Operation[] {
  return running.api.endpoints.map((endpoint) => {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    const described = document.paths[path][endpoint.method]
    const content = described.requestBody?.content['application/json']
    return {
      endpoint,
      method: endpoint.method.toUpperCase(),
      address: path.replace(/\{(\w+)\}/g, (_, name: string) => placeOf(described, name)),
      described,
      faults: content ? faultsOf(document, content.schema, content.example) : [],
    }
  })
}

/** What may stand there in an address; of ids, one that nothing has. */
function placeOf(described: Json, name: string): string {
  const { schema } = described.parameters.find((one: Json) => one.in === 'path' && one.name === name)
  return schema.example ?? schema.enum?.[0] ?? 'nothing'
}

const named = (schema: Endpoint['body'], value: unknown): string[] => {
  const read = schema!.safeParse(value)
  return read.success ? [] : fieldErrors(read.error).map(({ field }) => field)
}

test('whatever is wrong with a field of a body, its validator names it', () => {
  const missed: string[] = []
  let judged = 0
  for (const { endpoint, method, faults } of operations())
    for (const { field, what, body } of faults) {
      if (field === undefined) continue
      judged++
      if (!named(endpoint.body, body).some((name) => name === field || name.startsWith(`${field}.`))) missed.push(`${method} ${endpoint.path}: ${what}`)
    }
  expect(missed).toEqual([])
  expect(judged).toBeGreaterThan(1_000)
})

test('what PostgreSQL cannot hold, and what has no end, comes through no address', () => {
  const missed: string[] = []
  for (const { endpoint, method, described } of operations())
    for (const { name, in: where, schema } of (described.parameters ?? []) as Json[]) {
      const rules = where === 'query' ? endpoint.query : endpoint.params
      for (const text of [...impossibleTexts, 'x'.repeat(5_000)])
        if (!named(rules, { [name]: text }).some((field) => field.split('.')[0] === name))
          missed.push(`${method} ${endpoint.path}: ${name} as ${JSON.stringify(text).slice(0, 40)}`)
      if (schema.enum && !named(rules, { [name]: 'nonesuch' }).includes(name)) missed.push(`${method} ${endpoint.path}: ${name} as nonesuch`)
    }
  expect(missed).toEqual([])
})

// A few of each operation's; the validators were asked about all of them above.
const someOf = <T>(all: T[], few: number): T[] => all.filter((_, index) => index % Math.ceil(all.length / few) === 0)
/** Somebody, by operation. */
const mayAsk = new Map<string, string>()
/** Everything but who was seen, when, and what was refused. */
const untouched = ['session', 'audit_entry', 'audit_head']

async function contents(): Promise<Record<string, string>> {
  const { rows } = await running.pool.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  const found: Record<string, string> = {}
  for (const { name } of rows)
    if (!untouched.includes(name))
      found[name] = (await running.pool.query<{ all: string }>(`SELECT md5(string_agg(t.one, '|' ORDER BY t.one)) AS all FROM (SELECT (to_jsonb(t) - ARRAY['last_used_at', 'last_used_from'])::text AS one FROM "${name}" t) t`)).rows[0]!.all
  return found
}

test('it is answered with a problem document to whoever may ask, refused to everybody else, and changes nothing', async () => {
  const before = await contents()
  for (const { endpoint, method, address, faults } of operations()) {
    const wrong = faults.filter(({ field }) => field !== undefined)
    if (wrong.length === 0) continue
    const path = `${method} ${endpoint.path}`
    for (const who of Object.keys(callers)) {
      const { status, body } = await callers[who]!.send(method, address, { somethingElse: 1 })
      if (status === 422) mayAsk.set(path, who)
      else expect({ who, path, status, type: body.type }).toEqual({ who, path, status, type: expect.stringMatching(/unauthenticated|forbidden/) })
    }
    expect([path, mayAsk.has(path)]).toEqual([path, true])
    for (const { what, field, body: sent } of someOf(wrong, 3)) {
      const { status, body, headers } = await callers[mayAsk.get(path)!]!.send(method, address, sent)
      if (field === '(body)' && status === 400) continue // not even an object
      const told = { path, what, status, type: headers.get('content-type'), fields: body.errors?.map((error: Json) => error.field.startsWith(field)) }
      expect(told).toEqual({ path, what, status: 422, type: 'application/problem+json; charset=utf-8', fields: expect.arrayContaining([true]) })
    }
  }
  expect(await contents()).toEqual(before)
}, 60_000)

test('what is hostile is refused or taken as the text that it is, and never a fault of ours', async () => {
  for (const { endpoint, method, address, faults } of operations()) {
    const path = `${method} ${endpoint.path}`
    for (const { what, body: sent } of someOf(
      faults.filter(({ field }) => field === undefined),
      2,
    )) {
      const { status, body } = await callers[mayAsk.get(path)!]!.send(method, address, sent)
      expect({ path, what, status: status < 500, trace: /node_modules|\.ts:\d/.test(JSON.stringify(body)) }).toEqual({ path, what, status: true, trace: false })
    }
  }
  expect((await callers.supervisor!.send('GET', '/v1/supervision/histories')).status).toBe(200)
}, 60_000)
