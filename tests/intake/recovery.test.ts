import { Client, WithStartWorkflowOperation } from '@temporalio/client'
import { flaggedPaymentSchema } from '../../domain/flag'
import { caseWorkflowId, caseWorkflowType, flagPaymentSignal, flagPaymentUpdate, taskQueues } from '../../domain/messages'
import { recordFlag } from '../../records/flags'
import type { riskCallback } from '../../workflows'
import { flag } from '../api/flags'
import { eventually } from '../dialling/flags'
import { startStack, type Stack } from '../support/stack'

let stack: Stack
beforeAll(async () => void (stack = await startStack({ policy: { promiseSeconds: 20, offerSeconds: 1, dialReserveSeconds: 19 } })), 60_000)
afterAll(() => stack.stop())
jest.setTimeout(60_000)

let phones = 0
/** A payer with a telephone of their own, who answers the automated call and says that it was them. */
async function payment() {
  const phone = `+86138000010${String(phones++).padStart(2, '0')}`
  await fetch(`${stack.simulator.url}/sim/phones/${encodeURIComponent(phone)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona: 'answers', presses: ['1', '1'] }),
  })
  const body = flag({ amount: { amount: 5_000, currency: 'CNY' }, risk: { score: 10 } })
  return { ...body, payer: { ...body.payer, phones: [phone] } }
}
const closed = (payerId: string) =>
  eventually(() => stack.db.riskCase.findFirst({ where: { payerId, status: 'closed' }, include: { payments: true, attempts: true } }))

test('a flag that was recorded while Temporal was away is handed over by the schedule, and called about', async () => {
  const body = await payment()
  const { payment: recorded } = await recordFlag(stack.db, flaggedPaymentSchema.parse(body), { callsPerSecond: 1 })
  // The schedule leaves alone what may still be on its way.
  await stack.db.flaggedPayment.update({ where: { id: recorded.id }, data: { flaggedAt: new Date(Date.now() - 60_000) } })
  const acknowledged = await eventually(() => stack.db.flaggedPayment.findFirst({ where: { id: recorded.id, acknowledgedAt: { not: null } } }))
  expect(acknowledged.acknowledgedAt).not.toBeNull()
  const { payments, attempts } = await closed(body.payer.id)
  expect(payments).toMatchObject([{ decision: 'final' }])
  expect(attempts.length).toBeGreaterThan(0)
})

describe('straight from a Temporal SDK, unencrypted or not', () => {
  const start = (payerId: string) => ({ workflowId: caseWorkflowId(payerId), taskQueue: taskQueues.cases })

  test('by update: the answer, the record and the call are those of the HTTP endpoint', async () => {
    const body = await payment()
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof riskCallback>(caseWorkflowType, {
      ...start(body.payer.id),
      args: [],
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
    const accepted = await stack.temporal.workflow.executeUpdateWithStart(flagPaymentUpdate, { startWorkflowOperation, args: [body] })
    const recorded = await stack.db.flaggedPayment.findUniqueOrThrow({ where: { id: body.paymentId } })
    expect(accepted).toEqual({
      caseId: recorded.caseId,
      paymentId: body.paymentId,
      deadline: recorded.deadline.toISOString(),
      predictedRingAt: recorded.predictedRingAt.toISOString(),
    })
    expect(recorded.acknowledgedAt).not.toBeNull()
    // The same again over HTTP is known.
    const again = await fetch(`${stack.api.url}/v1/flagged-payments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.secrets.riskEngineKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(again.status).toBe(200)
    expect(await closed(body.payer.id)).toMatchObject({ payments: [{ decision: 'final' }] })
  })

  test('by signal, from a client that encrypts nothing', async () => {
    const plain = new Client({ connection: stack.temporal.connection, namespace: stack.namespace })
    const body = await payment()
    await plain.workflow.signalWithStart(caseWorkflowType, { ...start(body.payer.id), args: [], signal: flagPaymentSignal, signalArgs: [body] })
    expect(await closed(body.payer.id)).toMatchObject({ payments: [{ decision: 'final' }] })
  })

  test('as the argument of the start', async () => {
    const body = await payment()
    await stack.temporal.workflow.start(caseWorkflowType, { ...start(body.payer.id), args: [body] })
    expect(await closed(body.payer.id)).toMatchObject({ payments: [{ decision: 'final' }] })
  })
})
