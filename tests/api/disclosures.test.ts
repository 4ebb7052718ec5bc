import { disclosurePackage } from '../../documents/disclosurePackage'
import { createReport } from '../../documents/report'
import { beginDeciding, packageFacts, storePackage } from '../../records/disclosures/package'
import { createBrowser, type Browser, type Json } from './browser'
import { openCase } from './flags'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let compliance: Browser

beforeAll(async () => {
  running = await startApi()
  compliance = await running.as('compliance-one')
  await openCase(running.db, { payerId: 'li-1001' })
})
afterAll(() => running.stop())

const request = {
  authority: 'Court of Hangzhou',
  officer: 'Judge Zhao',
  reference: 'HZ-1',
  basis: 'regulator_inquiry',
  persons: ['li-1001'],
  fields: ['name', 'payments'],
  period: { from: '2000-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' },
  deadline: new Date(Date.now() + 86_400_000).toISOString(),
  reason: 'an impostor',
  informAt: null,
}
const document = { name: 'order.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7 the order').toString('base64') }
const enter = async (): Promise<string> => (await compliance.send('POST', '/v1/disclosures', request)).body.caseId

test('entered, its document attached, submitted, approved by others, and fetched once by a link', async () => {
  const caseId = await enter()
  const at = (path = '') => `/v1/disclosures/${caseId}${path}`
  expect((await compliance.send('POST', at('/submission'))).status).toBe(409)
  const attached = await compliance.send('PUT', at('/document'), document)
  expect([attached.status, attached.body.sha256]).toEqual([200, expect.stringMatching(/^[0-9a-f]{64}$/)])
  for (let again = 0; again < 2; again++) expect((await compliance.send('POST', at('/submission'))).status).toBe(202)
  expect((await compliance.send('POST', at('/links'))).status).toBe(409)

  // What the worker does once two others have approved.
  await beginDeciding(running.db, caseId)
  expect((await compliance.send('PUT', at('/document'), document)).status).toBe(409)
  const facts = (await packageFacts(running.db, caseId))!
  const laidOut = JSON.stringify(disclosurePackage(facts, new Date()))
  expect(laidOut).toContain('李先生')
  expect(laidOut).toContain('7,587.00')
  // Asked for and granted are name and payments; nothing else of the person is in it.
  expect(laidOut).not.toMatch(/\+86138|digitalCertificate/)
  expect(laidOut).toContain(`Court of Hangzhou · Judge Zhao · ${caseId}`)
  await storePackage(running.db, caseId, await createReport(disclosurePackage(facts, new Date())), 3_600)

  const { status, body: link } = await compliance.send('POST', at('/links'))
  expect(status).toBe(201)
  const path = new URL(link.url).pathname
  const visitor = createBrowser(running.url)
  const first = await visitor.send('GET', path)
  expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([200, 'application/pdf', 'no-store'])
  expect(first.body.slice(0, 5)).toBe('%PDF-')
  expect((await visitor.send('GET', path)).status).toBe(404)
  expect((await visitor.send('GET', `/v1/disclosures/packages/${'x'.repeat(43)}`)).status).toBe(404)

  const { body: shown } = await compliance.send('GET', at())
  expect(shown).toMatchObject({ status: 'package_ready', package: { there: true }, views: [{ usedAt: expect.any(String), madeBy: 'compliance:compliance-one' }] })
  expect((await compliance.send('GET', '/v1/disclosures')).body.disclosures).toHaveLength(1)
})

test('the document is read by those who decide, and each reading is in the audit log', async () => {
  const caseId = await enter()
  await compliance.send('PUT', `/v1/disclosures/${caseId}/document`, document)
  const read = await (await running.as('supervisor-one')).send('GET', `/v1/disclosures/${caseId}/document`)
  expect([read.status, read.headers.get('content-type'), read.body]).toEqual([200, 'application/pdf', '%PDF-1.7 the order'])
  expect(await running.db.auditEntry.count({ where: { action: 'disclosure_document_read', subject: caseId, actor: 'supervisor:supervisor-one' } })).toBe(1)
})

test.each([
  ['fields.0', { fields: ['phones'] }],
  ['fields.1', { fields: ['name', 'calls'] }],
  ['fields.0', { fields: ['diary'] }],
  ['fields', { fields: [] }],
  ['persons.1', { persons: ['li-1001', 'nobody'] }],
  ['persons', { persons: ['li-1001', 'li-1001'] }],
  ['basis', { basis: 'curiosity' }],
  ['deadline', { deadline: '2001-01-01T00:00:00Z' }],
  ['period.until', { period: { from: '2002-01-01T00:00:00Z', until: '2001-01-01T00:00:00Z' } }],
  ['authority', { authority: ' ' }],
  ['officer', { officer: 'a\u0000b' }],
  ['informAt', { informAt: 'later' }],
  ['more', { more: true }],
])('what is out of scope or wrong is refused, naming %s', async (field, changes) => {
  const { status, body } = await compliance.send('POST', '/v1/disclosures', { ...request, ...changes })
  expect(status).toBe(422)
  expect(body.errors.map((error: Json) => error.field)).toContain(field)
})

test('documents that are none', async () => {
  const caseId = await enter()
  for (const bad of [{}, { ...document, mediaType: 'text/html' }, { ...document, content: '!' }, { ...document, name: '../order.pdf' }])
    expect((await compliance.send('PUT', `/v1/disclosures/${caseId}/document`, bad)).status).toBe(422)
  expect((await compliance.send('PUT', '/v1/disclosures/nothing/document', document)).status).toBe(404)
  expect((await compliance.send('GET', `/v1/disclosures/${caseId}/document`)).status).toBe(404)
})

test('compliance enters, those who decide may look, agents and keys may nothing', async () => {
  const writes: [string, string][] = [['POST', '/v1/disclosures'], ['PUT', '/v1/disclosures/x/document'], ['POST', '/v1/disclosures/x/submission'], ['POST', '/v1/disclosures/x/links']]
  const reads: [string, string][] = [['GET', '/v1/disclosures'], ['GET', '/v1/disclosures/x'], ['GET', '/v1/disclosures/x/document']]
  const agent = await running.as('agent-one')
  const supervisor = await running.as('supervisor-one')
  for (const [method, path] of [...writes, ...reads]) {
    expect((await createBrowser(running.url).send(method, path)).status).toBe(401)
    expect((await running.riskEngine().send(method, path)).status).toBe(401)
    expect((await agent.send(method, path)).status).toBe(403)
  }
  for (const [method, path] of writes) expect((await supervisor.send(method, path)).status).toBe(403)
  for (const [method, path] of reads) expect([200, 404]).toContain((await supervisor.send(method, path)).status)
})

test('the persons concerned are nowhere in what others see of the case', async () => {
  const caseId = await enter()
  const { body } = await (await running.as('supervisor-one')).send('GET', `/v1/supervision/cases/${caseId}/timeline`)
  expect(JSON.stringify(body)).not.toMatch(/li-1001|李/)
  const cases = await running.db.riskCase.findMany({ where: { payerId: 'li-1001' } })
  expect(cases.every(({ kind }) => kind === 'callback')).toBe(true)
})
