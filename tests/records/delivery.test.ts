import { deliverableEvents, markDelivered, markFailed } from '../../records/delivery'
import { queueEvent } from '../../records/outbox'
import { inTransaction } from '../../records/database'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
beforeEach(async () => void (database = await startDatabase()))
afterEach(() => database.stop())

const due = async () => (await deliverableEvents(database.db, 100)).map(({ id }) => id)
const idsOf = async (caseId: string) => (await database.db.outboundEvent.findMany({ where: { caseId }, orderBy: { position: 'asc' } })).map(({ id }) => id)

async function caseWithEvents(count: number): Promise<string[]> {
  const { caseId, paymentId } = await openCase(database.db)
  for (let n = 1; n < count; n++) await inTransaction(database.db, (tx) => queueEvent(tx, caseId, 'risk-callback.money.confirmed', { paymentId, n }))
  return idsOf(caseId)
}

test('the events of a case go out one after the other, in order', async () => {
  const events = await caseWithEvents(3)
  for (const event of events) {
    expect(await due()).toEqual([event])
    await markDelivered(database.db, event)
  }
  expect(await due()).toEqual([])
})

test('one that failed holds up its case, not the others', async () => {
  const [failing] = await caseWithEvents(2)
  const [other] = await caseWithEvents(1)
  expect(await markFailed(database.db, failing!, 1, 'answered 500')).toBe('retried')
  expect(await due()).toEqual([other])
  await database.db.outboundEvent.update({ where: { id: failing! }, data: { nextAt: new Date(Date.now() - 1) } })
  expect(new Set(await due())).toEqual(new Set([failing, other]))
})

test('the pauses grow to an hour, and no further', async () => {
  const [event] = await caseWithEvents(1)
  const pause = async (attempts: number) => {
    await markFailed(database.db, event!, attempts, 'x'.repeat(2_000))
    const { nextAt, lastError } = await database.db.outboundEvent.findUniqueOrThrow({ where: { id: event! } })
    expect(lastError!.length).toBeLessThanOrEqual(500)
    return Math.round((nextAt.getTime() - Date.now()) / 1_000)
  }
  expect(await pause(1)).toBeLessThanOrEqual(1)
  expect(await pause(5)).toBeGreaterThan(10)
  for (const attempts of [20, 79]) expect(await pause(attempts)).toBeLessThanOrEqual(3_600)
})

test('one that is given up goes to the dead-letter list, and what comes after it goes out', async () => {
  const [dead, next] = await caseWithEvents(2)
  expect(await markFailed(database.db, dead!, 80, 'gone')).toBe('dead')
  expect(await due()).toEqual([next])
  expect(await database.db.outboundEvent.findUnique({ where: { id: dead! } })).toMatchObject({ status: 'dead', lastError: 'gone' })
})

test('an event is queued by the transaction that makes it true, or not at all', async () => {
  const { caseId } = await openCase(database.db)
  const before = await idsOf(caseId)
  await expect(
    inTransaction(database.db, async (tx) => {
      await queueEvent(tx, caseId, 'risk-callback.case.closed', {})
      throw new Error('it was not so')
    }),
  ).rejects.toThrow('it was not so')
  expect(await idsOf(caseId)).toEqual(before)
})
