import type { Client } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { Registry } from 'prom-client'
import type { Configuration } from '../../configuration/configuration'
import { createLog } from '../../configuration/log'
import { createPaymentsCore } from '../../providers/paymentsCore'
import { createTelephony } from '../../providers/telephony'
import type { Database } from '../../records/database'
import { createMetrics } from '../../worker/metrics'
import { createWorkers, startStandingWorkflows } from '../../worker/workers'
import { infrastructure } from './shared'

export interface TestWorker {
  /** Lets activities finish as a worker in service does. Safe to repeat. */
  stop(): Promise<void>
}

export interface TestWorkerOptions {
  configuration: Configuration
  db: Database
  temporal: Client
  dataConverter: DataConverter
}

/** A worker in this process, from the workflow bundle that the test run built. */
export async function startTestWorker({ configuration, db, temporal, dataConverter }: TestWorkerOptions): Promise<TestWorker> {
  installRuntime()
  const log = createLog('worker', configuration.logLevel)
  const connection = await NativeConnection.connect(configuration.temporal.connectionOptions)
  const workers = await createWorkers({
    db,
    temporal,
    telephony: createTelephony(configuration.telephony),
    paymentsCore: createPaymentsCore(configuration.funds),
    configuration,
    log,
    metrics: createMetrics(new Registry()),
    connection,
    namespace: configuration.temporal.namespace,
    dataConverter,
    workflowBundle: { codePath: infrastructure().workflowBundle },
  })
  const running = workers.run()
  await Promise.race([startStandingWorkflows(temporal, 1), running])
  let stopped: Promise<void> | undefined
  return {
    stop: () =>
      (stopped ??= (async () => {
        workers.shutdown()
        await running
        await connection.close()
      })()),
  }
}

let installed = false

function installRuntime(): void {
  if (installed) return
  installed = true
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
}
