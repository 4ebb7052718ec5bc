import { Worker } from '@temporalio/worker'
import { Registry } from 'prom-client'
import { createActivities } from '../../activities'
import type { ActivityDependencies } from '../../activities/dependencies'
import { createLog } from '../../configuration/log'
import { taskQueues } from '../../domain/messages'
import { createMetrics } from '../../worker/metrics'
import { infrastructure } from './shared'
import { startTimeSkipping } from './timeSkipping'

/** The outside systems that a test pretends; what it does not name is not to be used. */
export type Pretended = Pick<ActivityDependencies, 'db'> & Partial<Pick<ActivityDependencies, 'telephony' | 'paymentsCore' | 'configuration'>>

/**
 * Real workflows and real activities on a real database, with a clock that jumps to the next timer. The outside systems
 * are the test's own. PostgreSQL's clock does not jump.
 */
export async function startSkippedTime({ db, telephony, paymentsCore, configuration }: Pretended) {
  const { environment, stop } = await startTimeSkipping()
  const unused = (name: string) =>
    new Proxy({} as never, {
      get: (_, property) => {
        throw new Error(`${name}.${String(property)} is not pretended`)
      },
    })
  const { dial, ...activities } = createActivities({
    db,
    temporal: environment.client,
    telephony: telephony ?? unused('telephony'),
    paymentsCore: paymentsCore ?? unused('paymentsCore'),
    configuration: configuration ?? unused('configuration'),
    log: createLog('worker', 'silent'),
    metrics: createMetrics(new Registry()),
    stopping: new AbortController().signal,
  })
  const connection = environment.nativeConnection
  const workers = [
    await Worker.create({ connection, taskQueue: taskQueues.cases, workflowBundle: { codePath: infrastructure().workflowBundle }, activities }),
    await Worker.create({ connection, taskQueue: taskQueues.dialling, activities: { dial } }),
  ]
  const running = Promise.all(workers.map((worker) => worker.run()))
  return {
    environment,
    client: environment.client,
    async stop(): Promise<void> {
      for (const worker of workers) worker.shutdown()
      await running
      await stop()
    },
  }
}

export type SkippedTime = Awaited<ReturnType<typeof startSkippedTime>>
