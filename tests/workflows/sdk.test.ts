import { WithStartWorkflowOperation, WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client'
import type { FlaggedPaymentInput } from '../../domain/flag'
import { caseWorkflowId, caseWorkflowType, flagPaymentSignal, flagPaymentUpdate, paymentRecorded, taskQueues } from '../../domain/messages'
import type { riskCallback } from '../../workflows'
import { busy, talks } from './pretendCalls'
import type { Scene } from './scene'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

const lines = [talks({ verdict: 'owner_confirmed' })]

function body(scene: Scene, changes: Partial<FlaggedPaymentInput> = {}): FlaggedPaymentInput {
  return {
    paymentId: `${scene.payerId}-sdk`,
    paidAt: '2012-05-25T01:08:00Z',
    amount: { amount: 758_700, currency: 'CNY' },
    method: 'quick_payment',
    payer: { id: scene.payerId, name: '李先生', phones: ['+8613800000001'] },
    payee: { id: 'airline-77', name: 'Air tickets' },
    risk: { score: 82 },
    ...changes,
  }
}

const client = () => stage.environment.client.workflow
const starting = (workflowId: string) => ({ workflowId, taskQueue: taskQueues.cases })

async function updateWithStart(input: FlaggedPaymentInput, workflowId: string) {
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof riskCallback>(caseWorkflowType, {
    ...starting(workflowId),
    args: [],
    workflowIdConflictPolicy: 'USE_EXISTING',
  })
  return client().executeUpdateWithStart(flagPaymentUpdate, { startWorkflowOperation, args: [input] })
}

async function refusal(given: Promise<unknown>): Promise<string> {
  const error = await given.then(
    () => Promise.reject(new Error('it was taken')),
    (refused: unknown) => refused,
  )
  if (!(error instanceof WorkflowUpdateFailedError)) throw error
  return (error.cause as Error).message
}

test('by update: answers with the case and when it rings', async () => {
  const scene = await stage.scene({ lines })
  const accepted = await updateWithStart(body(scene), scene.workflowId)
  expect(accepted).toMatchObject({ caseId: scene.caseId, paymentId: `${scene.payerId}-sdk`, deadline: expect.any(String), predictedRingAt: expect.any(String) })
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test('by update, the same again: the same answer, one call', async () => {
  const scene = await stage.scene({ lines })
  const first = await updateWithStart(body(scene), scene.workflowId)
  expect(await updateWithStart(body(scene), scene.workflowId)).toEqual(first)
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
})

describe('by update, refused with a sentence that names the field:', () => {
  const faults: [string, object, RegExp][] = [
    ['a phone that cannot exist', { payer: { id: 'x', name: 'X', phones: ['+1555'] } }, /payer\.phones\.0: expected an E\.164/],
    ['a negative amount', { amount: { amount: -1, currency: 'CNY' } }, /amount\.amount: /],
    ['an unknown field', { colour: 'red' }, /colour: is not a known field/],
  ]
  test.each(faults)('%s', async (_, changes, sentence) => {
    const scene = await stage.scene()
    expect(await refusal(updateWithStart(body(scene, changes), scene.workflowId))).toMatch(sentence)
  })

  test('the workflow id of another payer', async () => {
    const scene = await stage.scene()
    expect(await refusal(updateWithStart(body(scene), 'risk-callback/somebody-else'))).toBe(
      `payer.id: this payer's case has the workflow id risk-callback/${scene.payerId}, not risk-callback/somebody-else`,
    )
  })

  test('a body that is no object at all', async () => {
    const scene = await stage.scene()
    expect(await refusal(updateWithStart('flag it!' as never, scene.workflowId))).toMatch(/expected object/)
  })

  test('another body under a known payment id', async () => {
    const scene = await stage.scene({ lines: [busy] })
    await updateWithStart(body(scene), scene.workflowId)
    expect(await refusal(updateWithStart(body(scene, { amount: { amount: 1, currency: 'CNY' } }), scene.workflowId))).toMatch(
      /flagged before with another body/,
    )
    await scene.ends()
    expect(scene.payments.size).toBe(1)
  })

  test('and the workflow that was started for it ends by itself', async () => {
    const scene = await stage.scene()
    await refusal(updateWithStart(body(scene, { method: '' }), scene.workflowId))
    await scene.ends()
    expect(scene.notes).toEqual([])
  })
})

test('by signal: taken like one by HTTP', async () => {
  const scene = await stage.scene({ lines })
  await client().signalWithStart(caseWorkflowType, { ...starting(scene.workflowId), args: [], signal: flagPaymentSignal, signalArgs: [body(scene)] })
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test('by signal, bad: the case that goes on is not disturbed', async () => {
  const scene = await stage.scene({ lines })
  await scene.flag()
  for (const bad of [body(scene, { method: '' }), 'nonsense', null, undefined, 42, []]) await scene.handle.signal(flagPaymentSignal, bad as never)
  await scene.ends()
  expect(scene.payments.size).toBe(1)
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test("by our own API's signal, bad: the case that goes on is not disturbed", async () => {
  const scene = await stage.scene({ lines })
  await scene.flag()
  for (const bad of [{}, null, undefined, 'nonsense', { caseId: scene.caseId }]) await scene.handle.signal(paymentRecorded, bad as never)
  await scene.ends()
  expect(scene.payments.size).toBe(1)
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test('by signal, while PostgreSQL is away for minutes: not lost', async () => {
  const scene = await stage.scene({ lines, awaySeconds: 200 })
  await client().signalWithStart(caseWorkflowType, { ...starting(scene.workflowId), args: [], signal: flagPaymentSignal, signalArgs: [body(scene)] })
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test('as the argument of the start', async () => {
  const scene = await stage.scene({ lines })
  await client().start(caseWorkflowType, { ...starting(scene.workflowId), args: [body(scene)] })
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test.each([
  ['a bad flag', { paymentId: '' }],
  ['text', 'flag it!'],
  ['a number', 42],
  ['an object of something else', { hello: 'world' }],
  ['a next case that is none', { next: 'x' }],
  ['a next case of nothing', { next: [{}] }],
  ['a next case of nobody', { next: [null] }],
  ['half a next case', { next: [{ caseId: 'case-1', paymentId: 'payment-1', payerId: 'payer-1', phones: [] }] }],
])('as the argument of the start, refused: %s fails the workflow, and says why', async (_, input) => {
  const workflowId = caseWorkflowId(`bad-${_.replaceAll(' ', '-')}`)
  const handle = await client().start(caseWorkflowType, { ...starting(workflowId), args: [input] })
  const failed = await handle.result().catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(WorkflowFailedError)
  expect((failed as WorkflowFailedError).cause).toMatchObject({ type: 'InvalidFlag' })
})

test('started with nothing, and nothing comes: it ends', async () => {
  const handle = await client().start(caseWorkflowType, { ...starting(caseWorkflowId('nobody')), args: [] })
  await expect(handle.result()).resolves.toBeUndefined()
})
