import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { ScheduleAlreadyRunning, type Client } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { createActivities } from '../activities'
import type { Configuration } from '../configuration/configuration'
import type { ActivityDependencies } from '../activities/dependencies'
import { taskQueues } from '../domain/messages'
import { heartbeat } from './heartbeat'
import { traceActivities, traceSinks } from './traces'
import { shareOfCallsPerSecond, tuning } from './tuning'

export interface WorkerDependencies extends Omit<ActivityDependencies, 'stopping'> {
  connection: NativeConnection
  namespace: string
  dataConverter: DataConverter
  /** A bundle built before; without it the workflows are bundled at start (some seconds). */
  workflowBundle?: WorkerOptions['workflowBundle']
}

export interface Workers {
  /** Resolves when both workers have stopped; rejects when one of them broke. */
  run(): Promise<void>
  shutdown(): void
}

/**
 * With a version of its own a worker gets the cases that began with it, and new ones once it is made current. A
 * case stays with the release that it began on; what lives longer than releases says so in its own file.
 * Dialling has no versions: one queue, so that there is one limit of calls per second for all releases.
 */
function versioned(version: Configuration['workerVersion']): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  return version ? { workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' } } : {}
}

const unbundled = {
  workflowsPath: require.resolve('../workflows'),
  interceptors: { activity: [heartbeat, traceActivities], workflowModules: [require.resolve('../workflows/traceHeaders')] },
}

/** Two workers in one process: the cases, and the dialling with the account's calls per second as its limit. */
export async function createWorkers(deps: WorkerDependencies): Promise<Workers> {
  const { connection, namespace, dataConverter, configuration } = deps
  const stopping = new AbortController()
  const { dial, dialThirdParty, ...activities } = createActivities({ ...deps, stopping: stopping.signal })
  const shared = { connection, namespace, dataConverter, interceptors: { activity: [heartbeat, traceActivities] } } satisfies Partial<WorkerOptions>
  const cases = await Worker.create({
    ...shared,
    ...tuning.cases,
    ...versioned(configuration.workerVersion),
    taskQueue: taskQueues.cases,
    ...(deps.workflowBundle ? { workflowBundle: deps.workflowBundle } : unbundled),
    sinks: traceSinks,
    activities,
  })
  const dialling = await Worker.create({
    ...shared,
    ...tuning.dialling,
    taskQueue: taskQueues.dialling,
    activities: { dial, dialThirdParty },
    // The whole rate limiter: the server hands out no more than this to all workers together.
    maxTaskQueueActivitiesPerSecond: configuration.telephony.callsPerSecond * shareOfCallsPerSecond,
  })
  const workers = [cases, dialling]
  return {
    async run() {
      try {
        await Promise.all(workers.map((worker) => worker.run()))
      } finally {
        // One that broke takes the other along: half a worker would answer flags and ring nobody.
        for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
      }
    },
    shutdown() {
      stopping.abort()
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    },
  }
}

/** Recovery of flags, retention, the choice of calls for review and delivery of events run once for the whole installation; starting them again changes nothing. */
export async function startStandingWorkflows(client: Client, everySeconds = 10): Promise<void> {
  await schedule(client, 'recover-flags', 'recoverFlags', everySeconds, '1m')
  await schedule(client, 'retention', 'retention', 86_400, '1d')
  await schedule(client, 'sample-calls', 'sampleCalls', 3_600, '1d')
  await client.workflow.start('deliverEvents', {
    workflowId: 'deliver-events',
    taskQueue: taskQueues.cases,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [],
  })
}

async function schedule(client: Client, scheduleId: string, workflowType: string, everySeconds: number, catchupWindow: '1m' | '1d'): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: everySeconds * 1_000 }] },
      action: { type: 'startWorkflow', workflowType, taskQueue: taskQueues.cases, args: [] },
      policies: { overlap: 'SKIP', catchupWindow },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}
