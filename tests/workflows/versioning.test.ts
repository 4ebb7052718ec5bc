import { createDataConverter } from '../../configuration/payloadCodec'
import { caseWorkflowId, caseWorkflowType, taskQueues } from '../../domain/messages'
import { startStack, type Stack } from '../support/stack'
import { startTestWorker, type TestWorker } from '../support/worker'

const deploymentName = 'risk-callback'

let stack: Stack
const workers: TestWorker[] = []
beforeAll(async () => void (stack = await startStack({ worker: false })))
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  await stack.stop()
})

async function startRelease(buildId: string): Promise<void> {
  const configuration = { ...stack.configuration, workerVersion: { deploymentName, buildId } }
  const dataConverter = createDataConverter(configuration.payloadKeys)
  workers.push(await startTestWorker({ configuration, db: stack.db, temporal: stack.temporal, dataConverter }))
}

/** Temporal knows a version once its worker has asked for work. */
async function makeCurrent(buildId: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await stack.temporal.workflowService.setWorkerDeploymentCurrentVersion({ namespace: stack.namespace, deploymentName, buildId, identity: 'tests' })
      return
    } catch (error) {
      if (tries === 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** A case that waits for its first flag, and the release that has it in hand. */
async function begin(payerId: string) {
  const handle = await stack.temporal.workflow.start(caseWorkflowType, { workflowId: caseWorkflowId(payerId), taskQueue: taskQueues.cases, args: [] })
  return async () => {
    for (let tries = 0; tries < 300; tries++) {
      const { raw } = await handle.describe()
      const buildId = raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId
      if (buildId) return buildId
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('no release took the case')
  }
}

test('without versions, what outlives releases runs as well', async () => {
  const { configuration, db, temporal } = stack
  const worker = await startTestWorker({ configuration, db, temporal, dataConverter: createDataConverter(configuration.payloadKeys) })
  const handle = await temporal.workflow.start('deliverEvents', { workflowId: 'unversioned', taskQueue: taskQueues.cases, args: [] })
  const scheduled = async () => (await handle.fetchHistory()).events?.some((event) => event.activityTaskScheduledEventAttributes)
  for (let tries = 0; tries < 300 && !(await scheduled()); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await scheduled()).toBe(true)
  await handle.terminate()
  await worker.stop()
})

test('a case stays with the release that it began on, new ones begin on the current one', async () => {
  await startRelease('1.0.0')
  await makeCurrent('1.0.0')
  const first = await begin('of-the-old')
  expect(await first()).toBe('1.0.0')

  await startRelease('1.1.0')
  const meanwhile = await begin('of-the-meantime')
  expect(await meanwhile()).toBe('1.0.0')

  await makeCurrent('1.1.0')
  const second = await begin('of-the-new')
  expect(await second()).toBe('1.1.0')
  expect(await first()).toBe('1.0.0')
})
