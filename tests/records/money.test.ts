import { closeCase } from '../../records/closing'
import { recordAnswers, recordConfirmation, recordUnanswered, type Decision, type Instruction, type LedgerAnswer } from '../../records/money'
import { recordFlag } from '../../records/flags'
import { flaggedPaymentSchema } from '../../domain/flag'
import { moneyActionKey, type MoneyActionKind } from '../../domain/money'
import { flag, openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { availableAgents } from './people'
import { reserveAgent } from '../../records/matching'

let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

type Opened = Awaited<ReturnType<typeof openCase>>
const instruction = ({ caseId, paymentId }: Opened, kind: MoneyActionKind): Instruction => ({
  key: moneyActionKey(kind, paymentId),
  caseId,
  paymentId,
  kind,
  reason: 'owner_confirmed',
  actor: 'agent:agent-1',
  requestedAt: Date.now(),
})
const verdict = (opened: Opened): Decision => ({ by: 'verdict', actor: 'agent:agent-1', verdict: { paymentId: opened.paymentId, verdict: 'owner_confirmed' } })
const answer = (opened: Opened, kind: MoneyActionKind, given: LedgerAnswer, decision?: Decision) =>
  recordAnswers(database.db, [{ instruction: instruction(opened, kind), answer: given }], decision)
const payment = (opened: Opened) => database.db.flaggedPayment.findUniqueOrThrow({ where: { id: opened.paymentId } })
const types = async ({ caseId }: Opened) => (await database.db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })).map(({ type }) => type)

test('only the ledger’s confirmation makes a payment final', async () => {
  const opened = await openCase(database.db)
  await answer(opened, 'hold', { status: 'confirmed', entryId: 'e1' })
  expect(await payment(opened)).toMatchObject({ decision: 'undecided', fundsState: 'held' })
  await recordUnanswered(database.db, [instruction(opened, 'release')], verdict(opened), 'timeout')
  expect(await payment(opened)).toMatchObject({ decision: 'settling', fundsState: 'held', verdict: 'owner_confirmed' })
  await answer(opened, 'release', { status: 'pending' }, verdict(opened))
  expect(await payment(opened)).toMatchObject({ decision: 'settling', fundsState: 'held' })
  await answer(opened, 'release', { status: 'confirmed', entryId: 'e2' }, verdict(opened))
  expect(await payment(opened)).toMatchObject({ decision: 'final', fundsState: 'released' })
  expect((await types(opened)).filter((type) => type === 'verdict_recorded')).toHaveLength(1)
})

test('a repeated confirmation changes nothing, and a confirmed instruction is never unconfirmed', async () => {
  const opened = await openCase(database.db)
  await answer(opened, 'release', { status: 'confirmed', entryId: 'e1' }, verdict(opened))
  const events = await types(opened)
  for (const given of [{ status: 'confirmed', entryId: 'e1' }, { status: 'refused', reason: 'late' }, { status: 'pending' }] as const)
    await answer(opened, 'release', given, verdict(opened))
  await recordConfirmation(database.db, moneyActionKey('release', opened.paymentId), { status: 'refused', reason: 'late' })
  expect(await types(opened)).toEqual(events)
  expect(await payment(opened)).toMatchObject({ decision: 'final', fundsState: 'released' })
})

test('the first decision stands: a default after a verdict changes nothing', async () => {
  const opened = await openCase(database.db)
  await answer(opened, 'release', { status: 'pending' }, verdict(opened))
  await answer(opened, 'freeze', { status: 'pending' }, { by: 'default', actor: 'system:policy', ending: 'hold_expired' })
  expect(await payment(opened)).toMatchObject({ verdict: 'owner_confirmed', verdictBy: 'agent:agent-1' })
  expect(await types(opened)).not.toContain('default_applied')
})

test('a later confirmation is taken under its key; an unknown key is nobody’s', async () => {
  const opened = await openCase(database.db)
  await answer(opened, 'release', { status: 'pending' }, verdict(opened))
  expect(await recordConfirmation(database.db, moneyActionKey('release', opened.paymentId), { status: 'confirmed', entryId: 'e9' })).toMatchObject({
    payerId: opened.payerId,
  })
  expect(await payment(opened)).toMatchObject({ decision: 'final', fundsState: 'released' })
  expect(await recordConfirmation(database.db, 'release:nothing', { status: 'confirmed' })).toBeUndefined()
})

test('a refusal asks for attention, and the risk engine hears of it', async () => {
  const opened = await openCase(database.db)
  await answer(opened, 'freeze', { status: 'refused', reason: 'account closed' }, verdict(opened))
  expect((await database.db.riskCase.findUniqueOrThrow({ where: { id: opened.caseId } })).needsAttention).toMatchObject({ reason: 'ledger_refused', kind: 'freeze', said: 'account closed' })
  expect(await database.db.outboundEvent.count({ where: { caseId: opened.caseId, type: 'risk-callback.money.refused' } })).toBe(1)
})

describe('closing', () => {
  test('a case with an undecided payment does not close', async () => {
    const opened = await openCase(database.db)
    const { closed, undecided } = await closeCase(database.db, opened.caseId)
    expect(closed).toBe(false)
    expect(undecided).toMatchObject([{ paymentId: opened.paymentId, caseId: opened.caseId }])
    expect(await database.db.riskCase.findUnique({ where: { id: opened.caseId } })).toMatchObject({ status: 'received', closedAt: null })
  })

  test('nor does one whose payment is decided but not final', async () => {
    const opened = await openCase(database.db)
    await answer(opened, 'release', { status: 'pending' }, verdict(opened))
    expect(await closeCase(database.db, opened.caseId)).toMatchObject({ closed: false })
  })

  test('one whose payments are final closes once, with its outcome', async () => {
    const opened = await openCase(database.db)
    await answer(opened, 'release', { status: 'confirmed' }, verdict(opened))
    await Promise.all([closeCase(database.db, opened.caseId), closeCase(database.db, opened.caseId)])
    expect(await database.db.riskCase.findUnique({ where: { id: opened.caseId } })).toMatchObject({ status: 'closed', outcome: 'confirmed' })
    expect((await types(opened)).filter((type) => type === 'case_closed')).toHaveLength(1)
    expect(await database.db.outboundEvent.count({ where: { caseId: opened.caseId, type: 'risk-callback.case.closed' } })).toBe(1)
  })

  test('raced with flags of the same payer: each is in a case that is open, or was seen before it closed', async () => {
    for (let round = 0; round < 10; round++) {
      const opened = await openCase(database.db)
      await answer(opened, 'release', { status: 'confirmed' }, verdict(opened))
      const [closing, joined] = await Promise.all([
        closeCase(database.db, opened.caseId),
        recordFlag(database.db, flaggedPaymentSchema.parse(flag({ payerId: opened.payerId })), { callsPerSecond: 1 }),
      ])
      const theCase = await database.db.riskCase.findUniqueOrThrow({ where: { id: joined.case.id } })
      expect(theCase.status).not.toBe('closed')
      if (joined.case.id === opened.caseId) expect(closing.undecided.map(({ paymentId }) => paymentId)).toEqual([joined.payment.id])
      else expect(closing.closed).toBe(true)
    }
  })

  test('an offer that is open is withdrawn, and its agent is free', async () => {
    const opened = await openCase(database.db)
    const [agent] = await availableAgents(database.db, 1)
    await reserveAgent(database.db, { ...opened, fresh: true, intent: 'seek' })
    await answer(opened, 'freeze', { status: 'confirmed' }, verdict(opened))
    await closeCase(database.db, opened.caseId)
    expect(await database.db.offer.findMany({ where: { caseId: opened.caseId } })).toMatchObject([{ status: 'withdrawn' }])
    expect(await database.db.presence.findUnique({ where: { userId: agent! } })).toMatchObject({ status: 'available', caseId: null })
  })
})
