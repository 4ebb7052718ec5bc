import { setTimeout as wait } from 'node:timers/promises'
import { Client } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import type { Activities } from '../../activities'
import { caseWorkflowId, caseWorkflowType, paymentRecorded, taskQueues, type RecordedFlag } from '../../domain/messages'
import { defaultPolicy } from '../../domain/policy'
import { startNamespace, type TestNamespace } from '../support/namespace'
import { infrastructure } from '../support/shared'

let temporal: TestNamespace
let connection: NativeConnection
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
  temporal = await startNamespace()
  connection = await NativeConnection.connect({ address: temporal.address })
})
afterAll(async () => {
  await connection.close()
  await temporal.stop()
})

function flag(name: string, secondsLeft: number): RecordedFlag {
  return {
    caseId: `case-${name}`,
    paymentId: `pay-${name}`,
    payerId: name,
    phones: ['+8613800000001'],
    locale: 'zh-CN',
    amount: { amount: 758_700, currency: 'CNY' },
    score: 82,
    priority: 80,
    deadline: new Date(Date.now() + secondsLeft * 1_000).toISOString(),
    late: secondsLeft < 0,
    flaggedAt: new Date().toISOString(),
    policy: { version: 1, body: defaultPolicy },
  }
}

/** An agent is there at once, the ledger agrees to everything, and nobody may be called: the case is over after one dial. */
function activities(dialled: string[]): Partial<Activities> {
  const look = { freeSoon: 0, ringingWithoutAgent: 0, backlogSeconds: 0, waitingAhead: 0, accepted: { offerId: 'offer', agentId: 'agent', accepted: true } }
  return {
    openCase: async () => ({ hold: { status: 'confirmed' }, search: look }),
    reserveAgent: async () => look,
    judgePromise: async () => undefined,
    settle: async () => ({ status: 'confirmed' }),
    closeCase: async () => ({ closed: true, undecided: [] }),
    async dial({ payerId, caseId, number }) {
      dialled.push(payerId)
      if (number > 2) throw ApplicationFailure.nonRetryable('enough')
      return { made: false, attemptId: `${caseId}.${number}`, reason: 'person_cap' }
    },
  }
}

test('when calls wait for the provider, the most urgent goes first', async () => {
  const { namespace } = temporal
  const client = new Client({ connection: temporal.connection, namespace })
  const dialled: string[] = []
  const { dial, ...others } = activities(dialled)
  const cases = await Worker.create({
    connection,
    namespace,
    taskQueue: taskQueues.cases,
    workflowBundle: { codePath: infrastructure().workflowBundle },
    activities: others,
  })

  const leastUrgentFirst: [string, number][] = [
    ['in-three-minutes', 179],
    ['in-110-seconds', 110],
    ['in-70-seconds', 70],
    ['about-to-break', 20],
  ]
  await cases.runUntil(async () => {
    for (const [name, secondsLeft] of leastUrgentFirst) {
      await client.workflow.signalWithStart(caseWorkflowType, {
        workflowId: caseWorkflowId(name),
        taskQueue: taskQueues.cases,
        args: [],
        signal: paymentRecorded,
        signalArgs: [flag(name, secondsLeft)],
      })
      const handle = client.workflow.getHandle(caseWorkflowId(name))
      // Its request to dial waits in the queue, where nobody works yet.
      while (!(await handle.describe()).raw.pendingActivities?.some(({ activityType }) => activityType?.name === 'dial')) await wait(50)
    }
    const dialling = await Worker.create({
      connection,
      namespace,
      taskQueue: taskQueues.dialling,
      activities: { dial },
      maxConcurrentActivityTaskExecutions: 1,
      activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    })
    await dialling.runUntil(() => Promise.all(leastUrgentFirst.map(([name]) => client.workflow.getHandle(caseWorkflowId(name)).result())))
  })
  expect(dialled).toEqual(leastUrgentFirst.map(([name]) => name).reverse())
})
