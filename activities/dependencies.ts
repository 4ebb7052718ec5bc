import type { Client } from '@temporalio/client'
import type { Configuration } from '../configuration/configuration'
import type { Log } from '../configuration/log'
import type { PaymentsCore } from '../providers/paymentsCore'
import type { Telephony } from '../providers/telephony'
import type { Database } from '../records/database'
import type { Metrics } from '../worker/metrics'

/** What activities act with. Built once a process by `worker/workers.ts`. */
export interface ActivityDependencies {
  db: Database
  temporal: Client
  telephony: Telephony
  paymentsCore: PaymentsCore
  configuration: Configuration
  log: Log
  metrics: Metrics
  /** Aborted when the worker stops: long activities hand over at once. */
  stopping: AbortSignal
}
