import { disclosureRequestSchema } from '../../domain/disclosure/request'
import { disclosureWorkflowId, type DisclosureOutcome } from '../../domain/disclosure/disclosure'
import { taskQueues } from '../../domain/messages'
import { verifyAuditChain } from '../../records/auditChain'
import { decideApproval } from '../../records/approvals'
import { attachDocument, createDisclosure, disclosureInput } from '../../records/disclosures/disclosures'
import { makeLink, takePackage } from '../../records/disclosures/package'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { startSkippedTime, type SkippedTime } from '../support/skippedTime'

jest.setTimeout(120_000)

let database: TestDatabase
let time: SkippedTime
const sent: { to: string; body: string }[] = []
const day = 86_400_000

beforeAll(async () => {
  database = await startDatabase()
  await openCase(database.db, { payerId: 'li-1001' })
  time = await startSkippedTime({ db: database.db, telephony: { sendMessage: async (to: string, body: string) => void sent.push({ to, body }) } as never })
})
afterAll(async () => {
  await time.stop()
  await database.stop()
})

/** @param informAfterDays by the workflow's clock, which the tests before may have moved by months; null: never */
async function begin(informAfterDays: number | null) {
  const now = await time.environment.currentTimeMs()
  const request = disclosureRequestSchema.parse({
    authority: 'Court of Hangzhou',
    officer: 'Judge Zhao',
    reference: 'HZ-1',
    basis: 'court_order',
    persons: ['li-1001'],
    fields: ['name', 'payments'],
    period: { from: '2000-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' },
    deadline: new Date(now + 5 * day).toISOString(),
    reason: 'an impostor',
    informAt: informAfterDays === null ? null : new Date(now + informAfterDays * day).toISOString(),
  })
  const caseId = await createDisclosure(database.db, request, 'compliance:entered')
  await attachDocument(database.db, caseId, { name: 'order.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-') }, 'compliance:entered')
  const input = (await disclosureInput(database.db, caseId))!
  const workflow = await time.client.workflow.start('disclosure', { workflowId: disclosureWorkflowId(caseId), taskQueue: taskQueues.cases, args: [input] })
  return { caseId, ends: () => workflow.result() as Promise<DisclosureOutcome> }
}

async function approvalOf(caseId: string): Promise<string> {
  for (;;) {
    const found = await database.db.approval.findFirst({ where: { caseId } })
    if (found) return found.id
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const vote = (approvalId: string, id: string, what: 'approve' | 'refuse', reason?: string) =>
  decideApproval(database.db, approvalId, { approver: { id, role: 'compliance' }, vote: what, reason })
const eventsOf = async (caseId: string) => (await database.db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })).map(({ type }) => type)

test('two others agree: a package with an end, and the persons concerned are told when the law allows', async () => {
  const { caseId, ends } = await begin(60)
  const approvalId = await approvalOf(caseId)
  await expect(vote(approvalId, 'entered', 'approve')).rejects.toThrow('own_request')
  expect((await vote(approvalId, 'second', 'approve'))?.outcome).toBeNull()
  await expect(vote(approvalId, 'second', 'approve')).rejects.toThrow('voted')
  expect((await vote(approvalId, 'third', 'approve'))?.outcome).toBe('approved')
  expect(await ends()).toBe('disclosed')
  expect(sent.splice(0)).toEqual([{ to: '+8613800000001', body: expect.not.stringMatching(/李|Hangzhou|http/) }])
  const row = await database.db.disclosure.findUniqueOrThrow({ where: { caseId } })
  expect(row).toMatchObject({ package: null, packageSha256: expect.stringMatching(/^[0-9a-f]{64}$/), informedAt: expect.any(Date), refusal: null })
  expect((await eventsOf(caseId)).filter((type) => type.startsWith('disclosure_'))).toEqual([
    'disclosure_requested',
    'disclosure_document',
    'disclosure_package_made',
    'disclosure_package_expired',
    'disclosure_informed',
    'disclosure_closed',
  ])
  const { startTime, closeTime } = await time.client.workflow.getHandle(disclosureWorkflowId(caseId)).describe()
  expect((closeTime!.getTime() - startTime.getTime()) / day).toBeGreaterThan(59.9)
  await expect(makeLink(database.db, caseId, 'compliance:entered')).rejects.toThrow('no package')
})

test('one refusal is enough, and its reason is kept', async () => {
  const { caseId, ends } = await begin(null)
  await vote(await approvalOf(caseId), 'second', 'refuse', 'The order names nobody.')
  expect(await ends()).toBe('refused')
  expect(await database.db.disclosure.findUnique({ where: { caseId } })).toMatchObject({ refusal: 'The order names nobody.', package: null, packageSha256: null })
  expect(await database.db.riskCase.findUnique({ where: { id: caseId } })).toMatchObject({ status: 'closed', outcome: 'refused' })
})

test('undecided at its deadline nothing is disclosed; who must never be told is not', async () => {
  const { caseId, ends } = await begin(null)
  await vote(await approvalOf(caseId), 'second', 'approve')
  expect(await ends()).toBe('expired')
  expect(await database.db.disclosure.findUnique({ where: { caseId } })).toMatchObject({ refusal: 'deadline', packageSha256: null })
  expect(sent).toEqual([])
})

test('a link fetches once, however many try at the same moment, and each fetch is in the audit log', async () => {
  const { caseId, ends } = await begin(null)
  const approvalId = await approvalOf(caseId)
  await vote(approvalId, 'second', 'approve')
  await vote(approvalId, 'third', 'approve')
  const over = ends()
  for (;;) {
    const row = await database.db.disclosure.findUniqueOrThrow({ where: { caseId } })
    // Time flies for the workflow; the package is looked at as it was stored.
    if (row.packageSha256) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await over
  await database.db.disclosure.update({ where: { caseId }, data: { package: Buffer.from('%PDF-kept') } })
  const { token } = (await makeLink(database.db, caseId, 'compliance:entered'))!
  const taken = await Promise.all(Array.from({ length: 6 }, () => takePackage(database.db, token, '203.0.113.9')))
  expect(taken.filter(Boolean)).toEqual([{ caseId, file: Buffer.from('%PDF-kept') }])
  expect((await eventsOf(caseId)).filter((type) => type === 'disclosure_viewed')).toHaveLength(1)
  const audited = await database.db.auditEntry.findMany({ where: { subject: caseId, action: 'disclosure_viewed' } })
  expect(audited).toEqual([expect.objectContaining({ actor: 'authority', data: expect.objectContaining({ ip: '203.0.113.9' }) })])
  expect(await verifyAuditChain(database.db)).toMatchObject({ ok: true })
})
