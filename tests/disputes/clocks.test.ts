import { randomUUID } from 'node:crypto'
import { defaultPolicy } from '../../domain/policy'
import { disputeRequestSchema } from '../../domain/dispute/request'
import { disputeWorkflowId, type DecisionEffect, type DisputeDecision, type DisputeInput } from '../../domain/dispute/dispute'
import { approvalDecided } from '../../domain/messages'
import { startDispute } from '../../providers/disputes'
import { decideApproval } from '../../records/approvals'
import { openDispute } from '../../records/disputes/openDispute'
import { takeUp } from '../../records/disputes/progress'
import { startDatabase, type TestDatabase } from '../support/database'
import { startSkippedTime, type SkippedTime } from '../support/skippedTime'
import { createPretendCore } from './pretendCore'

jest.setTimeout(90_000)

const day = 86_400_000
let database: TestDatabase
let time: SkippedTime
const core = createPretendCore()
const texts: { to: string; body: string }[] = []

beforeAll(async () => {
  database = await startDatabase()
  // A holiday within the next business days, whenever this runs.
  const soon = [1, 2, 3, 4, 5].map((days) => new Date(Date.now() + days * day)).find((date) => ![0, 6].includes(date.getUTCDay()))!
  const { disputes } = defaultPolicy
  const standard = { ...disputes.standard, timeZone: 'UTC', holidays: [soon.toISOString().slice(0, 10)], workingWeekends: [] }
  await database.db.policy.create({ data: { body: { ...defaultPolicy, disputes: { ...disputes, standard } }, createdBy: 'system:test' } })
  time = await startSkippedTime({
    db: database.db,
    paymentsCore: core.core,
    telephony: { sendMessage: async (to: string, body: string) => void texts.push({ to, body }) } as never,
  })
})
afterAll(async () => {
  await time.stop()
  await database.stop()
})

async function open(minor = 12_800, reason = 'wrong_place') {
  const request = disputeRequestSchema.parse({
    paymentId: `pay-${randomUUID()}`,
    reason,
    payment: {
      paidAt: new Date().toISOString(),
      amount: { amount: minor, currency: 'CNY' },
      method: 'face_payment',
      payee: { id: 'shop-12', name: 'Corner shop' },
    },
    payer: { id: `wang-${randomUUID()}`, name: '王女士', phones: ['+8613800000003'] },
  })
  const opened = await openDispute(database.db, request, 'payer')
  // The skipped clock has run ahead of PostgreSQL's: this dispute begins now, by that one.
  const late = (await time.environment.currentTimeMs()) - Date.now()
  const input: DisputeInput = {
    ...opened.input,
    takeUpBy: opened.input.takeUpBy + late,
    decideBy: opened.input.decideBy + late,
    finalBy: opened.input.finalBy + late,
  }
  const begun = await time.environment.currentTimeMs()
  await startDispute(time.client, input)
  const handle = time.client.workflow.getHandle(disputeWorkflowId(opened.caseId))
  return {
    ...opened,
    input,
    begun,
    handle,
    paymentId: request.paymentId,
    decide: (decision: DisputeDecision, by = 'supervisor:one') =>
      handle.executeUpdate<DecisionEffect, [object]>('decideDispute', { args: [{ decision, reason: 'looked at it', by }] }),
    ends: () => handle.result() as Promise<DisputeDecision>,
    told: async () => (await database.db.payerMessage.findMany({ where: { caseId: opened.caseId }, orderBy: { at: 'asc' } })).map(({ step }) => step),
    /** How long its workflow took, in days. */
    async lasted() {
      const { startTime, closeTime } = await handle.describe()
      return (closeTime!.getTime() - startTime.getTime()) / day
    },
  }
}
type Opened = Awaited<ReturnType<typeof open>>

/** Lets the time pass until this has been recorded. */
async function passes(dispute: Opened, type: string): Promise<void> {
  for (let hours = 0; hours < 24 * 200; hours += 7) {
    const found = await database.db.caseEvent.count({ where: { caseId: dispute.caseId, type } })
    if (found > 0) return
    await time.environment.sleep(7 * 3_600_000)
  }
  throw new Error(`${type} did not happen`)
}

async function approve(dispute: Opened, kind: string, vote: 'approve' | 'refuse', ...people: string[]) {
  for (let tries = 0; ; tries++) {
    const request = await database.db.approval.findFirst({ where: { caseId: dispute.caseId, kind, outcome: null } })
    if (request) {
      for (const id of people) {
        const decided = await decideApproval(database.db, request.id, { approver: { id, role: 'compliance' }, vote, reason: 'so' })
        if (decided?.outcome) await dispute.handle.signal(approvalDecided, { approvalId: request.id, outcome: decided.outcome })
      }
      return request
    }
    if (tries > 200) throw new Error('nothing was asked for')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

test('nobody touches it: missed take-up, an advance after ten business days over a holiday, decided for the payer after 45', async () => {
  const dispute = await open()
  expect(await dispute.ends()).toBe('upheld')
  expect(await dispute.told()).toEqual(['received', 'late_take_up', 'advance_paid', 'decided_upheld', 'advance_final', 'closed'])
  expect(core.moved(dispute.paymentId)).toEqual(['advance'])
  const events = await database.db.caseEvent.findMany({ where: { caseId: dispute.caseId }, orderBy: { id: 'asc' } })
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['dispute_opened', 'dispute_clock_missed', 'money_confirmed', 'dispute_decided', 'verification_strengthened', 'case_closed']),
  )
  // Ten business days are two weeks; the holiday makes it one day more, or three over a weekend.
  const businessDays = (dispute.input.decideBy - dispute.begun) / day
  expect(businessDays).toBeGreaterThan(14)
  expect(businessDays).toBeLessThan(18.1)
  expect(await dispute.lasted()).toBeGreaterThan(44.9)
  expect(await dispute.lasted()).toBeLessThan(45.2)
  expect(await database.db.riskCase.findUnique({ where: { id: dispute.caseId } })).toMatchObject({
    kind: 'dispute',
    status: 'closed',
    outcome: 'upheld',
    needsAttention: null,
  })
})

test('decided for the payer in time: paid once, and nothing else; texts tell no detail', async () => {
  const dispute = await open()
  await takeUp(database.db, dispute.caseId, { id: 'agent-one', actor: 'agent:agent-one' })
  texts.splice(0)
  expect(await dispute.decide('upheld')).toBe('taken')
  await dispute.ends()
  expect(core.moved(dispute.paymentId)).toEqual(['compensate'])
  expect(await dispute.told()).toEqual(['received', 'taken_up', 'decided_upheld', 'compensated', 'closed'])
  expect(await dispute.lasted()).toBeLessThan(0.1)
  expect(texts.length).toBeGreaterThan(0)
  for (const { to, body } of texts) {
    expect(to).toBe('+8613800000003')
    expect(body).not.toMatch(/王|128|shop|Corner|http/i)
  }
})

test('the ledger’s answer to the advance is lost: asked again under its key, and paid once', async () => {
  const dispute = await open()
  core.next('lost', 'lost')
  await dispute.handle.executeUpdate('askForAdvance', { args: [{ by: 'supervisor:one', reason: 'the payer depends on it' }] })
  await passes(dispute, 'money_confirmed')
  expect(core.moved(dispute.paymentId)).toEqual(['advance'])
  await dispute.decide('upheld')
  await dispute.ends()
  expect(core.moved(dispute.paymentId)).toEqual(['advance'])
  expect(await database.db.moneyAction.findMany({ where: { paymentId: dispute.paymentId } })).toMatchObject([{ kind: 'advance', status: 'confirmed' }])
})

test('against the payer after an advance: time to appeal, notice, then it is taken back', async () => {
  const dispute = await open()
  await passes(dispute, 'money_confirmed')
  const before = ((await time.environment.currentTimeMs()) - dispute.begun) / day
  expect(await dispute.decide('rejected')).toBe('taken')
  expect(await dispute.ends()).toBe('rejected')
  expect(core.moved(dispute.paymentId)).toEqual(['advance', 'recover'])
  expect(core.entries.at(-1)!.body).toMatchObject({ from: 'payer', accountId: dispute.input.payerId, amount: dispute.input.amount })
  expect((await dispute.told()).slice(-4)).toEqual(['decided_rejected', 'recovery_notice', 'recovered', 'closed'])
  expect((await dispute.lasted()) - before).toBeGreaterThan(14 + 7 - 0.1)
  expect((await dispute.lasted()) - before).toBeLessThan(14 + 7 + 1)
})

test('an appeal, once, is decided by somebody else', async () => {
  const dispute = await open()
  await dispute.decide('rejected', 'supervisor:one')
  await passes(dispute, 'dispute_decided')
  await dispute.handle.executeUpdate('appealDispute', { args: ['my ticket shows where I was'] })
  await passes(dispute, 'dispute_appealed')
  await expect(dispute.decide('rejected', 'supervisor:one')).rejects.toMatchObject({ cause: { type: 'OwnDecision' } })
  await expect(dispute.handle.executeUpdate('appealDispute', { args: ['again'] })).rejects.toMatchObject({ cause: { type: 'NoAppeal' } })
  await dispute.decide('upheld', 'compliance:two')
  expect(await dispute.ends()).toBe('upheld')
  expect(await dispute.told()).toEqual(['received', 'decided_rejected', 'appealed', 'appeal_upheld', 'compensated', 'closed'])
  expect(core.moved(dispute.paymentId)).toEqual(['compensate'])
})

describe('above the threshold', () => {
  const much = 5_000_000

  test('a decision for the payer waits for a second person; refused, the dispute goes on', async () => {
    const dispute = await open(much)
    expect(await dispute.decide('upheld')).toBe('waits')
    await expect(dispute.decide('upheld', 'supervisor:two')).rejects.toMatchObject({ cause: { type: 'AlreadyDecided' } })
    await approve(dispute, 'compensation', 'refuse', 'three')
    await passes(dispute, 'approval_refused')
    await time.environment.sleep(11_000)
    expect(core.moved(dispute.paymentId)).toEqual([])
    expect(await dispute.decide('upheld', 'supervisor:one')).toBe('waits')
    await approve(dispute, 'compensation', 'approve', 'three')
    expect(await dispute.ends()).toBe('upheld')
    expect(core.moved(dispute.paymentId)).toEqual(['compensate'])
  })

  test('an advance that the clock brings takes two people; a decision makes the request needless', async () => {
    const dispute = await open(much)
    await passes(dispute, 'approval_requested')
    expect(await database.db.approval.findFirst({ where: { caseId: dispute.caseId } })).toMatchObject({
      kind: 'advance',
      needed: 2,
      requestedBy: 'system:dispute',
    })
    await dispute.decide('rejected')
    expect(await dispute.ends()).toBe('rejected')
    expect(await database.db.approval.findFirst({ where: { caseId: dispute.caseId } })).toMatchObject({ outcome: 'withdrawn' })
    expect(core.moved(dispute.paymentId)).toEqual([])
  })

  test('approved by two, the advance is paid', async () => {
    const dispute = await open(much)
    await passes(dispute, 'approval_requested')
    await approve(dispute, 'advance', 'approve', 'two', 'three')
    await passes(dispute, 'money_confirmed')
    // What is paid needs no consent any more.
    expect(await dispute.decide('upheld')).toBe('taken')
    await dispute.ends()
    expect(core.moved(dispute.paymentId)).toEqual(['advance'])
  })
})

test('a payment has one dispute: started again it is the same, and decided it takes no other', async () => {
  const dispute = await open()
  await startDispute(time.client, dispute.input)
  const request = { paymentId: dispute.paymentId, reason: 'not_me' as const, statement: 'I never was there' }
  expect(await openDispute(database.db, request, 'agent:one')).toMatchObject({ caseId: dispute.caseId, how: 'joined' })
  await dispute.decide('upheld')
  await dispute.ends()
  await startDispute(time.client, dispute.input)
  await expect(openDispute(database.db, request, 'agent:one')).rejects.toThrow('decided')
  expect(core.moved(dispute.paymentId)).toEqual(['compensate'])
})
