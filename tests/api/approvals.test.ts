import { inTransaction } from '../../records/database'
import { requestApproval } from '../../records/approvals'
import type { Browser, Json } from './browser'
import { openCase } from './flags'
import { riskEngineKey, startApi, type RunningApi } from './startApi'
import { createBrowser } from './browser'

let running: RunningApi
const browsers: Record<string, Browser> = {}

beforeAll(async () => {
  running = await startApi()
  for (const role of ['agent', 'supervisor', 'compliance', 'admin']) browsers[role] = await running.as(`${role}-one`)
})
afterAll(() => running.stop())

let requests = 0
async function request(requestedBy = 'agent:agent-one', kind: 'large_release' | 'unfreeze' = 'large_release') {
  const { caseId, paymentId } = await openCase(running.db)
  const { approvalId } = await inTransaction(running.db, (tx) =>
    requestApproval(tx, {
      requestKey: `request-${++requests}`,
      caseId,
      kind,
      subject: paymentId,
      amount: { amount: 9_000_000, currency: 'CNY' },
      reason: 'bought a car',
      requestedBy,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      workflowId: `nothing/${paymentId}`,
    }),
  )
  return { approvalId, caseId, paymentId }
}
const decide = (role: string, approvalId: string, body: unknown = { vote: 'approve' }) =>
  browsers[role]!.send('POST', `/v1/approvals/${approvalId}/decision`, body)

it('shows approvers what waits: what, who, why, how much, until when, and whether it is theirs to decide', async () => {
  const { approvalId, caseId, paymentId } = await request('supervisor:supervisor-one')
  const find = async (role: string) => {
    const { status, body } = await browsers[role]!.send('GET', '/v1/approvals')
    expect(status).toBe(200)
    return body.approvals.find((one: Json) => one.approvalId === approvalId)
  }
  expect(await find('compliance')).toMatchObject({
    caseId,
    kind: 'large_release',
    subject: paymentId,
    amount: { amount: 9_000_000, currency: 'CNY' },
    payer: { name: '李**' },
    reason: 'bought a car',
    requestedByName: 'supervisor-one',
    needed: 1,
    votes: [],
    outcome: null,
    bar: null,
  })
  expect((await find('supervisor')).bar).toBe('own_request')
  expect((await find('admin')).bar).toBe('role')
})

it('the maker gets 403, the checker 200, whoever comes after 409', async () => {
  const { approvalId, caseId } = await request('supervisor:supervisor-one')
  const own = await decide('supervisor', approvalId)
  expect([own.status, own.body.detail]).toEqual([403, expect.stringContaining('second person')])
  expect((await decide('admin', approvalId)).status).toBe(403)
  const { status, body } = await decide('compliance', approvalId)
  expect([status, body.outcome, body.votes]).toEqual([200, 'approved', [expect.objectContaining({ by: 'compliance:compliance-one', vote: 'approve' })]])
  expect((await decide('compliance', approvalId)).status).toBe(409)
  const { body: view } = await browsers['supervisor']!.send('GET', `/v1/cases/${caseId}`)
  expect(view.approvals).toMatchObject([{ approvalId, outcome: 'approved' }])
  const closed = await browsers['compliance']!.send('GET', '/v1/approvals?status=closed')
  expect(closed.body.approvals.map((one: Json) => one.approvalId)).toContain(approvalId)
})

it('a page after the other, each request once', async () => {
  for (let made = 0; made < 5; made++) await request()
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await browsers['compliance']!.send('GET', `/v1/approvals?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.approvals.map((one: Json) => one.approvalId))
    if (!body.nextCursor) break
    cursor = body.nextCursor
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength(await running.db.approval.count({ where: { outcome: null } }))
})

it.each([
  [{}, 'vote'],
  [{ vote: 'maybe' }, 'vote'],
  [{ vote: 'refuse' }, 'reason'],
  [{ vote: 'refuse', reason: '  ' }, 'reason'],
  [{ vote: 'refuse', reason: 'a\u0000b' }, 'reason'],
  [{ vote: 'approve', reason: 'x'.repeat(1_001) }, 'reason'],
  [{ vote: 'approve', by: 'somebody' }, 'by'],
])('a decision %j: 422, naming %s', async (body, field) => {
  const { approvalId } = await request()
  const { status, body: problem } = await decide('compliance', approvalId, body)
  expect([status, problem.errors.map((error: Json) => error.field)]).toEqual([422, expect.arrayContaining([field])])
})

const addresses: [string, string, unknown, string[]][] = [
  ['GET', '/v1/approvals', undefined, ['agent']],
  ['GET', '/v1/approvals/nothing', undefined, ['agent']],
  ['POST', '/v1/approvals/nothing/decision', { vote: 'approve' }, ['agent']],
  ['POST', '/v1/cases/nothing/unfreezes', { paymentId: 'p', reason: 'r' }, ['agent', 'admin']],
]
it.each(addresses)('%s %s: 401 for nobody and for a program, 403 for the wrong role, 404 for what is not there', async (method, path, body, wrong) => {
  expect((await createBrowser(running.url).send(method, path, body)).status).toBe(401)
  expect((await createBrowser(running.url, { authorization: `Bearer ${riskEngineKey}` }).send(method, path, body)).status).toBe(401)
  for (const role of wrong) expect((await browsers[role]!.send(method, path, body)).status).toBe(403)
  if (path.includes('nothing')) expect((await browsers['compliance']!.send(method, path, body)).status).toBe(404)
})

describe('asking for frozen money to be released', () => {
  const ask = (caseId: string, body: unknown) => browsers['supervisor']!.send('POST', `/v1/cases/${caseId}/unfreezes`, body)
  it('takes frozen money, and one request at a time', async () => {
    const { caseId, paymentId } = await openCase(running.db)
    expect((await ask(caseId, { paymentId, reason: 'came to the counter' })).status).toBe(409)
    await running.db.flaggedPayment.update({ where: { id: paymentId }, data: { fundsState: 'frozen', decision: 'final' } })
    expect((await ask(caseId, { paymentId, reason: 'came to the counter' })).status).toBe(202)
    expect((await ask(caseId, { paymentId, reason: 'came to the counter' })).status).toBe(409)
  })
  it.each([
    [{ paymentId: 'pay-of-somebody-else', reason: 'r' }, 'paymentId'],
    [{ reason: 'r' }, 'paymentId'],
    [{ paymentId: 'p' }, 'reason'],
    [{ paymentId: 'p', reason: '' }, 'reason'],
  ])('%j: 422, naming %s', async (body, field) => {
    const { caseId } = await openCase(running.db)
    const { status, body: problem } = await ask(caseId, body)
    expect([status, problem.errors.map((error: Json) => error.field)]).toEqual([422, [field]])
  })
})
