import { randomUUID } from 'node:crypto'
import { flaggedPaymentSchema, type FlaggedPayment } from '../../domain/flag'
import { defaultPolicy } from '../../domain/policy'
import { acknowledgeFlag, FlagConflict, recordFlag, unacknowledgedFlags } from '../../records/flags'
import { flag as bodyOf } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

const flag = (changes: Parameters<typeof bodyOf>[0] = {}): FlaggedPayment => flaggedPaymentSchema.parse(bodyOf(changes))
const record = (body: FlaggedPayment) => recordFlag(database.db, body, { callsPerSecond: 1 })

test('a flag is recorded with its case, its deadline and its timeline', async () => {
  const body = flag()
  const { known, payment, case: theCase, flag: recorded } = await record(body)
  expect(known).toBe(false)
  expect(await database.db.flaggedPayment.findUnique({ where: { id: payment.id } })).toMatchObject({
    id: body.paymentId,
    amount: 758_700n,
    currency: 'CNY',
    score: 82,
    late: false,
    decision: 'undecided',
    fundsState: 'none',
    acknowledgedAt: null,
  })
  expect(payment.deadline.getTime() - payment.paidAt.getTime()).toBe(180_000)
  expect(await database.db.riskCase.findUnique({ where: { id: theCase.id } })).toMatchObject({ status: 'received', payerId: body.payer.id, outcome: null })
  expect(recorded).toMatchObject({ caseId: theCase.id, paymentId: body.paymentId, phones: body.payer.phones, policy: { body: defaultPolicy } })
  const events = await database.db.caseEvent.findMany({ where: { caseId: theCase.id } })
  expect(events).toMatchObject([{ type: 'payment_flagged', actor: 'risk-engine' }])
})

test('the reasons are kept as they came', async () => {
  const body = flag({
    risk: {
      score: 91,
      rules: [{ id: 'new_device', reason: 'a phone never seen' }],
      device: { model: 'X', rooted: true },
      place: { city: 'Kunming' },
      payload: { a: [1, { b: null }] },
    },
  })
  const { payment } = await record(body)
  const stored = await database.db.flaggedPayment.findUniqueOrThrow({ where: { id: payment.id } })
  expect((stored.body as unknown as FlaggedPayment).risk).toEqual(body.risk)
})

describe('the same payment again', () => {
  test('with the same body is the same case', async () => {
    const body = flag()
    const first = await record(body)
    const again = await record(body)
    expect(again).toMatchObject({ known: true, payment: { id: body.paymentId }, case: { id: first.case.id } })
    expect(await database.db.caseEvent.count({ where: { caseId: first.case.id } })).toBe(1)
  })

  test('with its keys in another order is the same body', async () => {
    const body = flag()
    await record(body)
    const reversed = JSON.parse(JSON.stringify(body), (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    ) as FlaggedPayment
    expect((await record(reversed)).known).toBe(true)
  })

  test.each([
    ['amount', { amount: { amount: 1, currency: 'CNY' } }],
    ['payee', { payee: { id: 'other', name: 'Other' } }],
    ['payer', { payerId: 'somebody-else' }],
  ])('with another %s is a conflict, and changes nothing', async (_, changes) => {
    const body = flag()
    const { case: theCase } = await record(body)
    await expect(record(flag({ paymentId: body.paymentId, paidAt: body.paidAt, payerId: body.payer.id, ...changes }))).rejects.toThrow(FlagConflict)
    expect(await database.db.flaggedPayment.count({ where: { caseId: theCase.id } })).toBe(1)
  })

  test('after its case has closed is still known', async () => {
    const body = flag()
    const { case: theCase } = await record(body)
    await database.db.riskCase.update({ where: { id: theCase.id }, data: { status: 'closed' } })
    expect(await record(body)).toMatchObject({ known: true, case: { id: theCase.id, status: 'closed' } })
  })

  test('20 times at once is recorded once', async () => {
    const body = flag()
    const all = await Promise.all(Array.from({ length: 20 }, () => record(body)))
    expect(new Set(all.map(({ case: { id } }) => id)).size).toBe(1)
    expect(all.filter(({ known }) => !known)).toHaveLength(1)
  })

  test('20 times at once with different bodies: one is recorded, all others conflict', async () => {
    const body = flag()
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => record({ ...body, amount: { amount: n + 1, currency: 'CNY' } })))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(FlagConflict)
  })
})

describe('one open case per payer', () => {
  test('under 20 flags at once, and none is lost', async () => {
    const payerId = `payer-${randomUUID()}`
    const all = await Promise.all(Array.from({ length: 20 }, () => record(flag({ payerId }))))
    const cases = await database.db.riskCase.findMany({ where: { payerId }, include: { payments: true } })
    expect(cases).toHaveLength(1)
    expect(cases[0]!.payments.map(({ id }) => id).sort()).toEqual(all.map(({ payment }) => payment.id).sort())
    const events = await database.db.caseEvent.findMany({ where: { caseId: cases[0]!.id, type: { in: ['payment_flagged', 'payment_joined'] } } })
    expect(events.filter(({ type }) => type === 'payment_flagged')).toHaveLength(1)
    expect(events).toHaveLength(20)
  })

  test('20 payers at once have 20 cases', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => record(flag())))
    expect(new Set(all.map(({ case: { id } }) => id)).size).toBe(20)
  })

  test('a closed case is not opened again: the next flag has a case of its own', async () => {
    const payerId = `payer-${randomUUID()}`
    const first = await record(flag({ payerId }))
    await database.db.riskCase.update({ where: { id: first.case.id }, data: { status: 'closed' } })
    expect((await record(flag({ payerId }))).case.id).not.toBe(first.case.id)
  })
})

test('joining may raise the priority of a case, never lower it', async () => {
  const payerId = `payer-${randomUUID()}`
  const risk = (score: number) => ({ score, rules: [], device: {}, place: {} })
  const { case: opened } = await record(flag({ payerId, risk: risk(50) }))
  expect((await record(flag({ payerId, risk: risk(10) }))).case.priority).toBe(opened.priority)
  const raised = (await record(flag({ payerId, risk: risk(95) }))).case
  expect(raised.priority).toBeGreaterThan(opened.priority)
  const events = await database.db.caseEvent.findMany({ where: { caseId: opened.id, type: 'priority_raised' } })
  expect(events).toMatchObject([{ data: { from: opened.priority, to: raised.priority } }])
})

test('a joining payment with an earlier deadline makes the case more urgent', async () => {
  const payerId = `payer-${randomUUID()}`
  await record(flag({ payerId }))
  const earlier = await record(flag({ payerId, paidAt: new Date(Date.now() - 100_000).toISOString() }))
  expect(earlier.case.deadline).toEqual(earlier.payment.deadline)
})

test('a payment whose promise had passed is late, first of all, and its breach is known from the beginning', async () => {
  const { payment, case: theCase } = await record(flag({ paidAt: new Date(Date.now() - 181_000).toISOString() }))
  expect(await database.db.flaggedPayment.findUnique({ where: { id: payment.id } })).toMatchObject({ late: true, breachStep: 'flagged_late' })
  expect(theCase.priority).toBe(100)
  expect(await database.db.outboundEvent.count({ where: { caseId: theCase.id, type: 'risk-callback.promise.broken' } })).toBe(1)
})

test('a case keeps the policy version that it began with', async () => {
  const payerId = `payer-${randomUUID()}`
  const first = await record(flag({ payerId }))
  const { version } = await database.db.policy.create({ data: { body: { ...defaultPolicy, promiseSeconds: 60 }, createdBy: 'system:test' } })
  const joined = await record(flag({ payerId }))
  expect(joined.flag.policy.version).toBe(first.flag.policy.version)
  expect(joined.payment.deadline.getTime() - joined.payment.paidAt.getTime()).toBe(180_000)
  const next = await record(flag())
  expect(next.flag.policy).toMatchObject({ version, body: { promiseSeconds: 60 } })
  await database.db.riskCase.deleteMany({ where: { policyVersion: version, payments: { none: {} } } })
  await database.db.policy.create({ data: { body: defaultPolicy, createdBy: 'system:test' } })
})

test('what was not acknowledged is found again, oldest first, until it is', async () => {
  const flags = [await record(flag()), await record(flag())]
  const find = async () => (await unacknowledgedFlags(database.db, new Date(Date.now() + 1), 1_000)).map(({ paymentId }) => paymentId)
  const ours = flags.map(({ payment }) => payment.id)
  expect((await find()).filter((id) => ours.includes(id))).toEqual(ours)
  await acknowledgeFlag(database.db, ours[0]!)
  expect((await find()).filter((id) => ours.includes(id))).toEqual([ours[1]])
  expect(await unacknowledgedFlags(database.db, new Date(Date.now() - 60_000), 1_000)).toEqual([])
})
