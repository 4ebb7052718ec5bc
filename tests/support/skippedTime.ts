import { Registry } from 'prom-client'
import { createActivities } from '../../activities'
import type { ActivityDependencies } from '../../activities/dependencies'
import { createLog } from '../../configuration/log'
import { createMetrics } from '../../worker/metrics'
import { startTimeSkipping } from './timeSkipping'
import { runWorkers } from './workers'

/** The outside systems that a test pretends; what it does not name is not to be used. */
export type Pretended = Pick<ActivityDependencies, 'db'> & Partial<Pick<ActivityDependencies, 'telephony' | 'paymentsCore' | 'configuration'>>

/**
 * Real workflows and real activities on a real database, with a clock that jumps to the next timer. The outside systems
 * are the test's own. PostgreSQL's clock does not jump.
 * @param options.replaceable the test replaces the workers in the middle of workflows
 */
export async function startSkippedTime({ db, telephony, paymentsCore, configuration }: Pretended, { replaceable = false } = {}) {
  const { environment, stop } = await startTimeSkipping()
  const unused = (name: string) =>
    new Proxy({} as never, {
      get: (_, property) => {
        throw new Error(`${name}.${String(property)} is not pretended`)
      },
    })
  const activities = createActivities({
    db,
    temporal: environment.client,
    telephony: telephony ?? unused('telephony'),
    paymentsCore: paymentsCore ?? unused('paymentsCore'),
    configuration: configuration ?? unused('configuration'),
    log: createLog('worker', 'silent'),
    metrics: createMetrics(new Registry()),
    stopping: new AbortController().signal,
  })
  const start = () => runWorkers(environment.nativeConnection, activities, !replaceable)
  let workers = await start()
  return {
    environment,
    client: environment.client,
    /** The workers end, and others go on with what they have begun. */
    async replaceWorkers(): Promise<void> {
      await workers.stop()
      workers = await start()
    },
    async stop(): Promise<void> {
      await workers.stop()
      await stop()
    },
  }
}

export type SkippedTime = Awaited<ReturnType<typeof startSkippedTime>>
