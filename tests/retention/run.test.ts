import { taskQueues } from '../../domain/messages'
import { liftLegalHold, setLegalHold } from '../../records/retention'
import { retentionOutlook } from '../../records/retentionOutlook'
import { defaultPolicy } from '../../domain/policy'
import { lastRuns, type RetentionCounts } from '../../records/retentionRuns'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { startSkippedTime, type SkippedTime } from '../support/skippedTime'

jest.setTimeout(120_000)

let database: TestDatabase
let time: SkippedTime
/** What the provider does with a recording that is to be deleted. */
let atProvider: (sid: string) => Promise<void> = async () => undefined

beforeAll(async () => {
  database = await startDatabase()
  time = await startSkippedTime({ db: database.db, telephony: { deleteRecording: (sid: string) => atProvider(sid) } as never }, { replaceable: true })
})
afterAll(async () => {
  await time.stop()
  await database.stop()
})

const old = new Date(Date.now() - 200 * 86_400_000)

/** Checks that never became a case: a payer's own payments and transfers, so old. */
async function checks(payerId: string, count: number, at = old): Promise<void> {
  const body = { payer: { id: payerId, name: '李先生', phones: ['+8613800000001'], locale: 'zh-CN', security: {} }, payee: { id: 'zhao', name: 'Zhao Wei' }, risk: { score: 1, rules: [], device: { ip: '203.0.113.9' } } }
  await database.pool.query(
    `INSERT INTO payment_check (payment_id, check_id, body_hash, body, payer_id, payee_id, amount, currency, score, reasons, decision, phase, plan, opened_at)
     SELECT $1 || '-' || n, 'check-' || $1 || n, '', $2, $1, 'zhao', 1, 'CNY', 1, '[]', 'pay', 'final', 'call', $3 FROM generate_series(1, $4) n`,
    [payerId, JSON.stringify(body), at, count],
  )
  await database.pool.query(
    `INSERT INTO transfer_check (id, body_hash, key_id, payer_id, payee_id, amount, currency, decision, masked, missing_hash, whole_hash, policy_version, created_at, expires_at)
     SELECT $1 || '-' || n, 'x', 'tests', $1, 'zhao', 1, 'CNY', 'name_required', '*Wei', 'x', 'x', 1, $2, $2 FROM generate_series(1, $3) n`,
    [payerId, at, count],
  )
}
const run = (workflowId: string) => time.client.workflow.start('retention', { workflowId, taskQueue: taskQueues.cases, args: [] })
const result = async (handle: Awaited<ReturnType<typeof run>>) => (await handle.result()) as RetentionCounts
const left = async () => ({
  payments: await database.db.paymentCheck.count({ where: { erasedAt: null } }),
  transfers: await database.db.transferCheck.count({ where: { erasedAt: null } }),
})

test('a run takes what is due in portions, goes on after a restart in the middle, counts each thing once, and leaves legal holds alone', async () => {
  const { caseId } = await openCase(database.db, { payerId: 'held' })
  await setLegalHold(database.db, caseId, 'police request', 'compliance:one')
  await checks('li', 1_200)
  await checks('held', 3)
  await checks('young', 2, new Date())
  const outlook = await retentionOutlook(database.db, defaultPolicy.retentionDays)
  expect(outlook).toMatchObject({ paymentChecks: { due: 1_200, held: 3, oldest: old }, transferChecks: { due: 1_200, held: 3 }, onHold: 1 })

  const first = await run('in-portions')
  // Between two portions, for each begins after a pause of the workflow.
  while (((await lastRuns(database.db, 1))[0]?.transferChecks ?? 0) < 500) await new Promise((resolve) => setTimeout(resolve, 5))
  await time.replaceWorkers()
  expect(await result(first)).toEqual({ recordings: 0, cases: 0, paymentChecks: 1_200, transferChecks: 1_200, failed: 0 })
  expect(await left()).toEqual({ payments: 5, transfers: 5 })
  const { body, payerId, payeeId } = await database.db.paymentCheck.findUniqueOrThrow({ where: { paymentId: 'li-7' } })
  expect(JSON.stringify(body)).not.toMatch(/李先生|13800000001|Zhao|203\.0/)
  expect([payerId, payeeId]).toEqual(['li', 'zhao'])
  expect(await database.db.transferCheck.findUnique({ where: { id: 'li-7' } })).toMatchObject({ masked: null, missingHash: null, wholeHash: null, decision: 'name_required' })
  expect(await database.db.auditEntry.count({ where: { action: 'retention_run' } })).toBe(1)

  await liftLegalHold(database.db, caseId, 'over', 'compliance:one')
  expect(await result(await run('hold-lifted'))).toMatchObject({ paymentChecks: 3, transferChecks: 3 })
  expect(await left()).toEqual({ payments: 2, transfers: 2 })
})

test('recordings that the provider does not delete now are passed over and hold nobody up', async () => {
  const stuck = 50
  for (let n = 1; n <= stuck + 2; n++) {
    const { caseId } = await openCase(database.db, { payerId: `recorded-${n}` })
    const id = `${caseId}.1`
    await database.db.attempt.create({ data: { id, caseId, number: 1, phone: '', mode: 'agent_first', status: 'ended' } })
    const askedAt = new Date(old.getTime() + n)
    await database.db.recording.create({ data: { attemptId: id, caseId, callSid: `CA${n}`, recordingSid: `RE${n}`, status: 'completed', askedAt } })
  }
  atProvider = async (sid) => {
    if (Number(sid.slice(2)) <= stuck) throw new Error('the provider keeps it')
  }
  expect(await result(await run('provider-refuses'))).toMatchObject({ recordings: 2, failed: stuck })
  atProvider = async () => undefined
  expect(await result(await run('provider-deletes'))).toMatchObject({ recordings: stuck, failed: 0 })
  expect((await lastRuns(database.db, 9)).every(({ finishedAt }) => finishedAt !== null)).toBe(true)
})
