import { randomUUID } from 'node:crypto'
import { disputeRequestSchema } from '../../domain/dispute/request'
import { openDispute } from '../../records/disputes/openDispute'
import { createBrowser, type Browser, type Json } from './browser'
import { openCase } from './flags'
import { riskEngineKey, startApi, type RunningApi } from './startApi'

let running: RunningApi
const browsers: Record<string, Browser> = {}
let payer: Browser

beforeAll(async () => {
  running = await startApi()
  for (const role of ['agent', 'supervisor', 'compliance', 'admin']) browsers[role] = await running.as(`${role}-one`)
  const { body } = await browsers['admin']!.send('POST', '/v1/admin/api-keys', { name: 'payer pages', scopes: ['payer'] })
  payer = createBrowser(running.url, { authorization: `Bearer ${body.key}` })
})
afterAll(() => running.stop())

const request = (differences: object = {}) => ({
  paymentId: `pay-${randomUUID()}`,
  reason: 'wrong_place',
  statement: 'I was at home.',
  payment: {
    paidAt: '2026-11-20T02:15:00Z',
    amount: { amount: 12_800, currency: 'CNY' },
    method: 'face_payment',
    payee: { id: 'shop-12', name: 'Corner shop' },
  },
  payer: { id: `wang-${randomUUID()}`, name: '王女士', phones: ['+8613800000003'] },
  ...differences,
})
const open = async (body: object = request()) => (await payer.send('POST', '/v1/payer/disputes', body)).body.caseId as string
const as = (role: string) => browsers[role]!

it('opens once, joins while it is open, and conflicts with another payer', async () => {
  const body = request()
  const first = await payer.send('POST', '/v1/payer/disputes', body)
  expect([first.status, first.body.status, first.body.joined]).toEqual([202, 'received', false])
  const again = await payer.send('POST', '/v1/payer/disputes', body)
  expect([again.status, again.body.caseId, again.body.joined]).toEqual([200, first.body.caseId, true])
  expect(await running.db.caseEvent.count({ where: { caseId: first.body.caseId, type: 'dispute_joined' } })).toBe(0)
  const byAgent = await as('agent').send('POST', '/v1/disputes', { paymentId: body.paymentId, reason: 'not_me', statement: 'by telephone' })
  expect([byAgent.status, byAgent.body.caseId]).toEqual([200, first.body.caseId])
  const other = await payer.send('POST', '/v1/payer/disputes', { ...body, payer: request().payer })
  expect(other.status).toBe(409)
})

it('recorded while Temporal was away, it is not taken for closed', async () => {
  const { caseId } = await openDispute(running.db, disputeRequestSchema.parse(request()), 'payer')
  const decision = { decision: 'upheld', reason: 'they were elsewhere' }
  const { status, headers } = await as('supervisor').send('POST', `/v1/disputes/${caseId}/decision`, decision)
  expect([status, headers.get('retry-after')]).toEqual([503, '2'])
  await running.db.riskCase.update({ where: { id: caseId }, data: { status: 'closed', closedAt: new Date() } })
  expect((await as('supervisor').send('POST', `/v1/disputes/${caseId}/decision`, decision)).status).toBe(409)
})

it('two who dispute one payment at the same moment are in one dispute', async () => {
  const body = request()
  const answers = await Promise.all([1, 2, 3, 4].map(() => payer.send('POST', '/v1/payer/disputes', body)))
  expect(new Set(answers.map(({ body: answer }) => answer.caseId)).size).toBe(1)
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 202])
})

it('a flagged payment needs its id alone; its case says that it is disputed', async () => {
  const { caseId, paymentId, payerId } = await openCase(running.db)
  const { status, body } = await as('agent').send('POST', '/v1/disputes', { paymentId, reason: 'not_me' })
  expect(status).toBe(202)
  const view = await as('supervisor').send('GET', `/v1/disputes/${body.caseId}`)
  expect(view.body).toMatchObject({
    paymentId,
    payer: { id: payerId, name: '李先生' },
    amount: { amount: 758_700, currency: 'CNY' },
    openedBy: 'agent:agent-one',
  })
  expect(view.body.tasks.map(({ kind }: Json) => kind)).toEqual(['payment_data', 'device', 'place', 'verification', 'merchant_statement'])
  expect(await running.db.caseEvent.count({ where: { caseId, type: 'payment_disputed' } })).toBe(1)
})

it('is unmasked for whoever took it up, and for those who look over shoulders, which is noted', async () => {
  const caseId = await open()
  const before = await as('agent').send('GET', `/v1/disputes/${caseId}`)
  expect(before.body.payer).toMatchObject({ name: '王**', phones: ['+86138****0003'] })
  expect((await as('agent').send('POST', `/v1/disputes/${caseId}/take-up`)).status).toBe(204)
  const after = await as('agent').send('GET', `/v1/disputes/${caseId}`)
  expect(after.body).toMatchObject({ status: 'investigating', payer: { name: '王女士' }, handler: { id: 'agent-one' } })
  await as('compliance').send('GET', `/v1/disputes/${caseId}`)
  expect(await running.db.caseEvent.count({ where: { caseId, type: 'case_read', actor: 'compliance:compliance-one' } })).toBe(1)
  for (const [show, found] of [
    ['open', true],
    ['mine', true],
    ['untaken', false],
    ['closed', false],
  ] as const) {
    const { body } = await as('agent').send('GET', `/v1/disputes?show=${show}&limit=200`)
    expect({ show, found: body.disputes.some((one: Json) => one.caseId === caseId) }).toEqual({ show, found })
  }
})

it('collects evidence and files, each with who and when; the payer reads what they were told', async () => {
  const caseId = await open(request({ reason: 'goods_not_received' }))
  const task = { kind: 'merchant_statement', state: 'done', finding: 'for_payee', result: 'Names the last four digits rightly.' }
  expect((await as('agent').send('PUT', `/v1/disputes/${caseId}/tasks`, task)).status).toBe(204)
  expect((await as('agent').send('PUT', `/v1/disputes/${caseId}/tasks`, { ...task, kind: 'device' })).status).toBe(404)
  const file = { name: '小票.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7\nticket').toString('base64') }
  const added = await as('agent').send('POST', `/v1/disputes/${caseId}/files`, file)
  expect([added.status, added.body.size]).toEqual([201, 15])
  expect((await as('agent').send('POST', `/v1/disputes/${caseId}/files`, { ...file, name: 'again.pdf' })).body.fileId).toBe(added.body.fileId)
  const read = await as('supervisor').send('GET', `/v1/disputes/${caseId}/files/${added.body.fileId}`)
  expect([read.status, read.body, read.headers.get('content-disposition')]).toEqual([200, '%PDF-1.7\nticket', expect.stringContaining('attachment')])
  expect(await running.db.auditEntry.count({ where: { action: 'dispute_file_read' } })).toBe(1)
  const rejected = await as('supervisor').send('POST', `/v1/disputes/${caseId}/decision`, { decision: 'rejected', reason: 'the goods came' })
  expect([rejected.status, rejected.body.detail]).toEqual([409, expect.stringContaining('payment_data')])
  const ticket = { name: 'ticket.txt', mediaType: 'text/plain', content: Buffer.from('Chengdu, 20 November').toString('base64') }
  expect((await payer.send('POST', `/v1/payer/disputes/${caseId}/files`, ticket)).status).toBe(201)
  const seen = await payer.send('GET', `/v1/payer/disputes/${caseId}`)
  expect(seen.body).toMatchObject({ caseId, status: 'received', messages: [{ step: 'received', text: expect.stringContaining('收到') }] })
  expect(seen.body.tasks).toEqual([
    { kind: 'payment_data', state: 'open' },
    { kind: 'merchant_statement', state: 'done' },
  ])
  expect(seen.body.files.map(({ name }: { name: string }) => name)).toEqual(['ticket.txt'])
  expect(JSON.stringify(seen.body)).not.toMatch(/last four|agent/)
})

const refusals: [string, string, string, unknown, string][] = [
  ['payer', 'POST', '/v1/payer/disputes', {}, 'paymentId'],
  ['payer', 'POST', '/v1/payer/disputes', { paymentId: 'nobody-flagged-it', reason: 'not_me' }, 'payment'],
  ['payer', 'POST', '/v1/payer/disputes', request({ payer: undefined }), 'payer'],
  ['payer', 'POST', '/v1/payer/disputes', request({ reason: 'because' }), 'reason'],
  ['payer', 'POST', '/v1/payer/disputes', request({ statement: 'a\u0000b' }), 'statement'],
  ['payer', 'POST', '/v1/payer/disputes', request({ bonus: 1 }), 'bonus'],
  ['payer', 'POST', '/v1/payer/disputes/CASE/appeal', { reason: ' ' }, 'reason'],
  ['payer', 'POST', '/v1/payer/disputes/CASE/files', { name: 'a.pdf', mediaType: 'application/pdf', content: 'YQ==' }, 'content'],
  ['payer', 'GET', '/v1/payer/disputes', undefined, 'payerId'],
  ['agent', 'POST', '/v1/disputes', request({ payment: { paidAt: 'yesterday' } }), 'payment.paidAt'],
  ['agent', 'GET', '/v1/disputes?show=all', undefined, 'show'],
  ['agent', 'PUT', '/v1/disputes/CASE/tasks', { kind: 'device', state: 'done' }, 'result'],
  ['agent', 'PUT', '/v1/disputes/CASE/tasks', { kind: 'gossip', state: 'open' }, 'kind'],
  ['agent', 'POST', '/v1/disputes/CASE/files', { name: 'a/b', mediaType: 'text/plain', content: 'YQ==' }, 'name'],
  ['agent', 'POST', '/v1/disputes/CASE/files', { name: 'a', mediaType: 'text/html', content: 'YQ==' }, 'mediaType'],
  ['agent', 'POST', '/v1/disputes/CASE/files', { name: 'a', mediaType: 'image/png', content: 'YQ==' }, 'content'],
  ['agent', 'POST', '/v1/disputes/CASE/files', { name: 'a', mediaType: 'text/plain', content: '' }, 'content'],
  ['agent', 'POST', '/v1/disputes/CASE/files', { name: 'a', mediaType: 'text/plain', content: 'not base64!' }, 'content'],
  ['supervisor', 'POST', '/v1/disputes/CASE/decision', { decision: 'maybe', reason: 'r' }, 'decision'],
  ['supervisor', 'POST', '/v1/disputes/CASE/decision', { decision: 'upheld' }, 'reason'],
  ['supervisor', 'POST', '/v1/disputes/CASE/advance', {}, 'reason'],
  ['compliance', 'POST', '/v1/compensations/PAYMENT/recovery', { from: 'heaven', accountId: 'a', reason: 'r' }, 'from'],
]
it.each(refusals)('%s %s %s with %j: 422, naming %s', async (who, method, path, body, field) => {
  const caseId = path.includes('CASE') ? await open() : ''
  const browser = who === 'payer' ? payer : as(who)
  const { status, body: problem } = await browser.send(method, path.replace('CASE', caseId).replace('PAYMENT', 'pay-1'), body)
  expect([status, problem.errors?.map((error: Json) => error.field)]).toEqual([422, expect.arrayContaining([field])])
})

it('a file that is too large is refused, a body beyond all limits too', async () => {
  const caseId = await open()
  const send = (bytes: number) =>
    as('agent').send('POST', `/v1/disputes/${caseId}/files`, { name: 'a', mediaType: 'text/plain', content: Buffer.alloc(bytes, 'a').toString('base64') })
  expect((await send(5 * 1024 * 1024)).status).toBe(201)
  expect((await send(5 * 1024 * 1024 + 1)).status).toBe(422)
  expect((await send(7 * 1024 * 1024)).status).toBe(413)
})

const everything: [string, string, string[]][] = [
  ['POST', '/v1/payer/disputes', ['agent', 'supervisor', 'compliance', 'admin', 'risk-engine']],
  ['GET', '/v1/payer/disputes/nothing', ['agent', 'supervisor', 'compliance', 'admin', 'risk-engine']],
  ['POST', '/v1/payer/disputes/nothing/files', ['agent', 'supervisor', 'compliance', 'admin', 'risk-engine']],
  ['POST', '/v1/payer/disputes/nothing/appeal', ['agent', 'supervisor', 'compliance', 'admin', 'risk-engine']],
  ['GET', '/v1/disputes', ['admin', 'payer']],
  ['GET', '/v1/disputes/nothing', ['admin', 'payer']],
  ['POST', '/v1/disputes/nothing/take-up', ['admin', 'payer']],
  ['PUT', '/v1/disputes/nothing/tasks', ['admin', 'payer']],
  ['POST', '/v1/disputes/nothing/files', ['admin', 'payer']],
  ['GET', '/v1/disputes/nothing/files/nothing', ['admin', 'payer']],
  ['POST', '/v1/disputes/nothing/decision', ['agent', 'admin', 'payer']],
  ['POST', '/v1/disputes/nothing/advance', ['agent', 'admin', 'payer']],
  ['GET', '/v1/compensations/nothing', ['agent', 'admin', 'payer']],
  ['POST', '/v1/compensations/nothing/recovery', ['agent', 'supervisor', 'admin', 'payer', 'risk-engine']],
]
it.each(everything)('%s %s is not for %s', async (method, path, wrong) => {
  expect((await createBrowser(running.url).send(method, path)).status).toBe(401)
  const riskEngine = createBrowser(running.url, { authorization: `Bearer ${riskEngineKey}` })
  for (const who of wrong) {
    const { status } = await (who === 'payer' ? payer : who === 'risk-engine' ? riskEngine : as(who)).send(method, path)
    // A program has no session, and a person no key.
    expect({ who, refused: status === 401 || status === 403 }).toEqual({ who, refused: true })
  }
})

it.each([
  ['payer', 'GET', '/v1/payer/disputes/nothing', undefined],
  ['payer', 'POST', '/v1/payer/disputes/nothing/appeal', { reason: 'r' }],
  ['payer', 'POST', '/v1/payer/disputes/nothing/files', { name: 'a', mediaType: 'text/plain', content: 'YQ==' }],
  ['agent', 'GET', '/v1/disputes/nothing', undefined],
  ['agent', 'POST', '/v1/disputes/nothing/take-up', undefined],
  ['agent', 'PUT', '/v1/disputes/nothing/tasks', { kind: 'device', state: 'open' }],
  ['agent', 'POST', '/v1/disputes/nothing/files', { name: 'a', mediaType: 'text/plain', content: 'YQ==' }],
  ['agent', 'GET', '/v1/disputes/nothing/files/nothing', undefined],
  ['supervisor', 'POST', '/v1/disputes/nothing/decision', { decision: 'upheld', reason: 'r' }],
  ['supervisor', 'POST', '/v1/disputes/nothing/advance', { reason: 'r' }],
  ['compliance', 'GET', '/v1/compensations/nothing', undefined],
  ['compliance', 'POST', '/v1/compensations/nothing/recovery', { from: 'payee', accountId: 'a', reason: 'r' }],
])('%s %s %s: 404', async (who, method, path, body) => {
  expect((await (who === 'payer' ? payer : as(who)).send(method, path, body)).status).toBe(404)
})
