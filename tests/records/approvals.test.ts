import { defaultApprovals, type ApprovalKind } from '../../domain/approvals'
import { defaultPolicy } from '../../domain/policy'
import { approvalState, ApprovalBarred, ApprovalOver, decideApproval, endApproval, requestApproval, type Vote } from '../../records/approvals'
import { inTransaction } from '../../records/database'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

let requests = 0
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

async function request(differences: { kind?: ApprovalKind; requestedBy?: string; expiresAt?: string; requestKey?: string } = {}) {
  const { caseId, paymentId } = await openCase(database.db)
  const given = {
    requestKey: `request-${++requests}`,
    caseId,
    kind: 'unfreeze' as const,
    subject: paymentId,
    amount: { amount: 9_000_000, currency: 'CNY' },
    reason: 'the payer came with a passport',
    requestedBy: 'supervisor:one',
    expiresAt: inAnHour(),
    workflowId: `unfreeze/${paymentId}`,
    ...differences,
  }
  const { approvalId } = await inTransaction(database.db, (tx) => requestApproval(tx, given))
  return { approvalId, caseId, given }
}

const says = (vote: Vote['vote'], id: string, role = 'compliance'): Vote => ({ approver: { id, role }, vote, reason: 'looked at it' })
const types = async (caseId: string) => (await database.db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })).map(({ type }) => type)

test('one request and one second person: approved, with its events', async () => {
  const { approvalId, caseId } = await request()
  expect(await decideApproval(database.db, approvalId, says('approve', 'two'))).toMatchObject({ outcome: 'approved', caseId })
  expect((await types(caseId)).slice(-2)).toEqual(['approval_requested', 'approval_given'])
  expect(await database.db.outboundEvent.count({ where: { caseId, type: { startsWith: 'risk-callback.approval.' } } })).toBe(2)
})

test('the maker is never the checker, whatever their role is by then', async () => {
  const { approvalId } = await request({ requestedBy: 'agent:one' })
  await expect(decideApproval(database.db, approvalId, says('approve', 'one'))).rejects.toEqual(new ApprovalBarred('own_request'))
  await expect(decideApproval(database.db, approvalId, says('refuse', 'one'))).rejects.toEqual(new ApprovalBarred('own_request'))
})

test('a role that may not decide the kind is refused', async () => {
  const { approvalId } = await request()
  for (const role of ['agent', 'supervisor', 'admin', 'somebody'])
    await expect(decideApproval(database.db, approvalId, says('approve', 'two', role))).rejects.toEqual(new ApprovalBarred('role'))
  expect((await approvalState(database.db, approvalId)).outcome).toBeNull()
})

test('a disclosure takes two different people', async () => {
  const { approvalId } = await request({ kind: 'disclosure', requestedBy: 'compliance:one' })
  expect(await decideApproval(database.db, approvalId, says('approve', 'two'))).toMatchObject({ outcome: null })
  await expect(decideApproval(database.db, approvalId, says('approve', 'two'))).rejects.toEqual(new ApprovalBarred('voted'))
  expect(await decideApproval(database.db, approvalId, says('approve', 'three', 'supervisor'))).toMatchObject({ outcome: 'approved' })
})

test('what a clock asks for takes two people as well', async () => {
  const { approvalId } = await request({ kind: 'advance', requestedBy: 'system:dispute' })
  expect(await decideApproval(database.db, approvalId, says('approve', 'two'))).toMatchObject({ outcome: null })
  expect(await decideApproval(database.db, approvalId, says('approve', 'three'))).toMatchObject({ outcome: 'approved' })
})

test('one refusal is enough, and final', async () => {
  const { approvalId, caseId } = await request({ kind: 'disclosure', requestedBy: 'compliance:one' })
  expect(await decideApproval(database.db, approvalId, says('refuse', 'two'))).toMatchObject({ outcome: 'refused' })
  await expect(decideApproval(database.db, approvalId, says('approve', 'three'))).rejects.toEqual(new ApprovalOver('refused'))
  expect(await types(caseId)).toContain('approval_refused')
})

test('two who decide at the same moment: one decides', async () => {
  const { approvalId } = await request()
  const votes = [says('approve', 'two'), says('refuse', 'three'), says('approve', 'four')]
  const results = await Promise.allSettled(votes.map((vote) => decideApproval(database.db, approvalId, vote)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await database.db.approvalVote.count({ where: { approvalId } })).toBe(1)
})

test('after its time nobody can approve; ended, it says so, and a decision is never undone', async () => {
  const late = await request({ expiresAt: new Date(Date.now() - 1_000).toISOString() })
  await expect(decideApproval(database.db, late.approvalId, says('approve', 'two'))).rejects.toEqual(new ApprovalOver('expired'))
  expect(await endApproval(database.db, late.approvalId, 'expired')).toBe('expired')
  expect(await types(late.caseId)).toContain('approval_expired')
  const decided = await request()
  await decideApproval(database.db, decided.approvalId, says('approve', 'two'))
  expect(await endApproval(database.db, decided.approvalId, 'expired')).toBe('approved')
})

test('asked for twice by the same key it is one request', async () => {
  const { approvalId, given } = await request()
  expect(await inTransaction(database.db, (tx) => requestApproval(tx, given))).toEqual({ approvalId, outcome: null })
  expect(await database.db.approval.count({ where: { requestKey: given.requestKey } })).toBe(1)
})

test('no such request is no request', async () => {
  expect(await decideApproval(database.db, 'approval_nothing', says('approve', 'two'))).toBeUndefined()
})

test('roles and numbers are policy', async () => {
  const approvers = { ...defaultApprovals.approvers, unfreeze: { count: 2, supervisor: true, compliance: false, admin: false } }
  await database.db.policy.create({ data: { body: { ...defaultPolicy, approvals: { ...defaultApprovals, approvers } }, createdBy: 'system:test' } })
  const { approvalId } = await request()
  await expect(decideApproval(database.db, approvalId, says('approve', 'two'))).rejects.toEqual(new ApprovalBarred('role'))
  expect(await decideApproval(database.db, approvalId, says('approve', 'two', 'supervisor'))).toMatchObject({ outcome: null })
  expect(await decideApproval(database.db, approvalId, says('approve', 'three', 'supervisor'))).toMatchObject({ outcome: 'approved' })
})
