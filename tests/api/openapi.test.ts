import { execFileSync } from 'node:child_process'
import { routesOf } from '../../api/routes'
import { createBrowser, type Browser, type Json } from './browser'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let document: Json
let visitor: Browser

beforeAll(async () => {
  running = await startApi()
  visitor = createBrowser(running.url)
  document = (await visitor.send('GET', '/openapi.json')).body
})
afterAll(() => running.stop())

// The validator is an ES module, which jest cannot load.
const validation = `
  import { Validator } from '@seriousme/openapi-schema-validator'
  import { text } from 'node:stream/consumers'
  console.log(JSON.stringify(await new Validator().validate(JSON.parse(await text(process.stdin)))))`

function officialSchemaSays(what: unknown): unknown {
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', validation], { input: JSON.stringify(what), encoding: 'utf8' }))
}

it('is an OpenAPI 3.1 document whose references all lead somewhere', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(officialSchemaSays(document)).toEqual({ valid: true })
  expect(document.info).toMatchObject({ title: 'Risk callback', version: expect.any(String) })
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!)
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) {
    const target = reference.split('/').reduce((node: Json, part) => node?.[part.replace('~1', '/').replace('~0', '~')], document)
    expect({ reference, found: target !== undefined }).toEqual({ reference, found: true })
  }
})

it('has no pattern that validators in other languages refuse', () => {
  const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, pattern]) => JSON.parse(pattern!))
  expect(patterns.length).toBeGreaterThan(20)
  expect(patterns.filter((pattern) => /\\p\{|\\0/.test(pattern))).toEqual([])
})

it('says for every operation what it is, who may call it and what it answers', () => {
  const ids = new Set<string>()
  const schemes = Object.keys(document.components.securitySchemes)
  for (const [path, methods] of Object.entries<Json>(document.paths)) {
    for (const operation of Object.values<Json>(methods)) {
      expect(operation.summary).toBeTruthy()
      expect(operation.security).toBeInstanceOf(Array)
      for (const requirement of operation.security) expect(schemes).toContain(Object.keys(requirement)[0])
      expect(Object.keys(operation.responses).some((status) => /^2|^303$/.test(status))).toBe(true)
      expect(ids.has(operation.operationId)).toBe(false)
      ids.add(operation.operationId)
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const described = (operation.parameters ?? []).filter((one: Json) => one.in === 'path').map((one: Json) => one.name)
      expect(described).toEqual(inPath)
      const body = operation.requestBody?.content['application/json']
      if (body) expect({ path, example: body.example !== undefined }).toEqual({ path, example: true })
    }
  }
})

it('lists every route that is mounted, and none besides', () => {
  const mounted = routesOf(running.api.app.router).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  const listed = Object.entries<Json>(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  expect(listed.sort()).toEqual(mounted.sort())
})

it('holds the whole contract', () => {
  const contract = `
    post /v1/flagged-payments, get /v1/cases, get /v1/cases/{caseId}, get /v1/cases/{caseId}/timeline, post /v1/ledger/confirmations,
    post /v1/session, get /v1/session, delete /v1/session,
    put /v1/desk/presence, get /v1/desk/events, post /v1/desk/offers/{offerId}/accept, post /v1/desk/offers/{offerId}/decline,
    get /v1/desk/cases/{caseId}, put /v1/desk/cases/{caseId}/notes, post /v1/desk/cases/{caseId}/verdicts,
    post /v1/desk/cases/{caseId}/hang-up, post /v1/desk/cases/{caseId}/hold, get /v1/desk/softphone,
    get /v1/supervision/wallboard, get /v1/supervision/histories, get /v1/supervision/histories/export, get /v1/supervision/cases/{caseId},
    get /v1/supervision/cases/{caseId}/timeline, get /v1/supervision/audit, post /v1/supervision/audit/verify, get /v1/supervision/events,
    get /v1/admin/policy, post /v1/admin/policy, get /v1/admin/users, post /v1/admin/users, patch /v1/admin/users/{userId},
    get /v1/admin/api-keys, post /v1/admin/api-keys, delete /v1/admin/api-keys/{keyId},
    get /v1/admin/outbound-events, post /v1/admin/outbound-events/{eventId}/redeliver,
    get /healthz, get /readyz, get /metrics, get /openapi.json, get /docs`
  for (const one of contract.split(',').map((part) => part.trim())) {
    const [method, path] = one.split(' ') as [string, string]
    expect({ one, there: Boolean(document.paths[path]?.[method]) }).toEqual({ one, there: true })
  }
})

it('describes a flag by the validator that judges it', () => {
  const { content } = document.paths['/v1/flagged-payments'].post.requestBody
  expect(content['application/json'].schema).toEqual({ $ref: '#/components/schemas/FlaggedPayment' })
  const schema = document.components.schemas.FlaggedPayment
  expect(schema.required).toEqual(expect.arrayContaining(['paymentId', 'paidAt', 'amount', 'method', 'payer', 'payee', 'risk']))
  expect(schema.additionalProperties).toBe(false)
})

it('has a readable page that loads nothing from elsewhere', async () => {
  const { status, body, headers } = await visitor.send('GET', '/docs')
  expect(status).toBe(200)
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/)
  const links = [...String(body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!)
  expect(links.length).toBeGreaterThan(3)
  for (const link of links) expect((await visitor.send('GET', link)).status).toBe(200)
  expect(body).not.toMatch(/<script>|style=|https?:\/\//)
})

it('leads from a problem to what it means', async () => {
  const { body: problem } = await visitor.send('GET', '/v1/nothing')
  const { status, body } = await visitor.send('GET', problem.type)
  expect(status).toBe(200)
  expect(body).toMatchObject({ title: problem.title, status: 404, about: expect.any(String) })
})
