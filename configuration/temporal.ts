import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { passTraceOn } from './traceClient'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How to reach Temporal, from Temporal's own environment variables and configuration file
 * (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_…, TEMPORAL_CONFIG_FILE).
 */
export function temporalAddress(environment: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])))
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({ overrideEnvVars: given })
  return { connectionOptions, namespace }
}

export interface Temporal {
  client: Client
  /** Lets retries that are due have their last turn, so it may take a second. */
  close(): Promise<void>
}

const longestRetryDelayMillis = 1_000

/** A client that connects at its first request, so that a process starts, and says it is not ready, while Temporal is away. */
export function createTemporal(address: ReturnType<typeof temporalAddress>, dataConverter?: DataConverter): Temporal {
  const retries = endableRetries()
  const connection = Connection.lazy({
    // The native connection's options have more kinds of credentials than the client's; envconfig sets only what both know.
    ...(address.connectionOptions as Parameters<typeof Connection.lazy>[0]),
    interceptors: [retries.interceptor],
  })
  const client = new Client({ connection, namespace: address.namespace, interceptors: { workflow: [passTraceOn] }, ...(dataConverter ? { dataConverter } : {}) })
  return {
    client,
    async close() {
      await retries.end()
      await connection.close()
    },
  }
}

/**
 * The client's own retries, except that they can be ended. A retry whose timer fires after the
 * connection was closed throws where nobody can catch it, and would end the process.
 */
function endableRetries() {
  const defaults = defaultGrpcRetryOptions()
  let ending = false
  let lastDue = 0
  return {
    interceptor: makeGrpcRetryInterceptor({
      retryableDecider: (attempt, status) => !ending && defaults.retryableDecider(attempt, status),
      delayFunction(attempt, status) {
        const delay = Math.min(longestRetryDelayMillis, defaults.delayFunction(attempt, status))
        lastDue = Math.max(lastDue, Date.now() + delay)
        return delay
      },
    }),
    async end() {
      ending = true
      const left = lastDue - Date.now()
      // The clock and the timer may differ by a millisecond or two.
      if (left > -20) await sleep(left + 20)
    },
  }
}
