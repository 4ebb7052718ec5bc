import { Client } from '@temporalio/client'
import { createDataConverter } from '../../configuration/payloadCodec'
import { caseWorkflowId } from '../../domain/messages'
import { flag } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'
import type { Reply } from '../api/browser'
import { startNamespace, type TestNamespace } from '../support/namespace'

let temporal: TestNamespace
let api: RunningApi
let client: Client
beforeAll(async () => {
  temporal = await startNamespace()
  api = await startApi({ environment: { TEMPORAL_NAMESPACE: temporal.namespace } })
  client = new Client({ connection: temporal.connection, namespace: temporal.namespace, dataConverter: createDataConverter(api.configuration.payloadKeys) })
})
afterAll(async () => {
  await api.stop()
  await temporal.stop()
})

const post = (body: unknown, to = api): Promise<Reply> => to.riskEngine().send('POST', '/v1/flagged-payments', body)
const signalsOf = async (payerId: string) => {
  const { events } = await client.workflow.getHandle(caseWorkflowId(payerId)).fetchHistory()
  return events!.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? [])
}

test('202: recorded, handed to Temporal with no worker up, and when it will ring', async () => {
  const body = flag()
  const { status, body: answer } = await post(body)
  expect(status).toBe(202)
  expect(answer).toEqual({
    caseId: expect.stringMatching(/^case_/),
    paymentId: body.paymentId,
    status: 'received',
    deadline: new Date(Date.parse(body.paidAt) + 180_000).toISOString(),
    predictedRingAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    promise: 'expected',
    handedOver: true,
  })
  expect(await signalsOf(body.payer.id)).toEqual(['paymentRecorded'])
})

test('200: the same again is the same case, whenever, however often, and tells nobody anew', async () => {
  const body = flag()
  const first = await post(body)
  // Noted after the answer.
  while (!(await api.db.flaggedPayment.findUniqueOrThrow({ where: { id: body.paymentId } })).acknowledgedAt)
    await new Promise((resolve) => setTimeout(resolve, 10))
  for (const again of await Promise.all([post(body), post(body), post(body)])) {
    expect(again.status).toBe(200)
    expect(again.body).toEqual({ ...first.body, predictedRingAt: first.body.predictedRingAt })
  }
  expect(await signalsOf(body.payer.id)).toEqual(['paymentRecorded'])
})

test('409: the same id with another body', async () => {
  const body = flag()
  await post(body)
  const { status, body: problem, headers } = await post({ ...body, amount: { amount: 1, currency: 'CNY' } })
  expect(status).toBe(409)
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(problem.detail).toContain(body.paymentId)
})

test('422: every fault by the name of its field, and nothing is recorded', async () => {
  const before = await api.db.flaggedPayment.count()
  const { status, body: problem } = await post({ ...flag(), amount: { amount: -1, currency: 'XXZ' }, surprise: true })
  expect(status).toBe(422)
  expect(problem.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['amount.amount', 'amount.currency', 'surprise'])
  expect(await api.db.flaggedPayment.count()).toBe(before)
})

test('a later payment of the payer joins the case, and none is lost when 20 come at once', async () => {
  const payerId = 'joins'
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(flag({ payerId }))))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  expect(new Set(answers.map(({ body }) => body.caseId)).size).toBe(1)
  expect(await signalsOf(payerId)).toHaveLength(20)
})

test('a promise that was broken before we heard of it is late, and called all the same', async () => {
  const { status, body } = await post(flag({ paidAt: '2012-05-25T01:08:00Z' }))
  expect(status).toBe(202)
  expect(body).toMatchObject({ promise: 'late', handedOver: true })
})

test.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1969-12-31T23:59:59Z'])('paid at %s was no payment: 422', async (paidAt) => {
  expect((await post(flag({ paidAt }))).status).toBe(422)
})

test('what is told of a person to Temporal is encrypted', async () => {
  const body = flag()
  await post(body)
  const { events } = await client.workflow.getHandle(caseWorkflowId(body.payer.id)).fetchHistory()
  const told = events!.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.input?.payloads ?? [])
  expect(told).toHaveLength(1)
  expect(Buffer.from(told[0]!.metadata!.encoding!).toString()).toBe('binary/encrypted')
  expect(Buffer.from(told[0]!.data!).toString('latin1')).not.toContain(body.payer.phones[0])
})

describe('Temporal is away', () => {
  let lonely: RunningApi
  beforeAll(async () => void (lonely = await startApi({ temporalAddress: '127.0.0.1:9' })))
  afterAll(() => lonely.stop())

  test('the flag is safe all the same, and the answer says so, within seconds', async () => {
    const body = flag()
    const startedAt = Date.now()
    const { status, body: answer } = await post(body, lonely)
    expect(status).toBe(202)
    expect(answer).toMatchObject({ paymentId: body.paymentId, handedOver: false })
    expect(Date.now() - startedAt).toBeLessThan(10_000)
    expect(await lonely.db.flaggedPayment.findUnique({ where: { id: body.paymentId } })).toMatchObject({ acknowledgedAt: null })
    // The risk engine asks again: known, and still not handed over.
    expect(await post(body, lonely)).toMatchObject({ status: 200, body: { handedOver: false } })
  })
})

describe('PostgreSQL is away', () => {
  let lonely: RunningApi
  beforeAll(
    async () =>
      void (lonely = await startApi({ databaseUrl: 'postgresql://nobody@127.0.0.1:9/none', environment: { TEMPORAL_NAMESPACE: temporal.namespace } })),
  )
  afterAll(() => lonely.stop())

  test('503 with Retry-After, and nothing half done', async () => {
    const body = flag()
    const { status, headers, body: problem } = await post(body, lonely)
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(JSON.stringify(problem)).not.toMatch(/at .*\.ts|node_modules|ECONNREFUSED/)
    await expect(client.workflow.getHandle(caseWorkflowId(body.payer.id)).describe()).rejects.toThrow()
  })
})
