import { Client, Connection } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { loadClientConnectConfig } from '@temporalio/envconfig'

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
  close(): Promise<void>
}

/** A client that connects at its first request, so that a process starts, and says it is not ready, while Temporal is away. */
export function createTemporal(address: ReturnType<typeof temporalAddress>, dataConverter?: DataConverter): Temporal {
  // The native connection's options have more kinds of credentials than the client's; envconfig sets only what both know.
  const connection = Connection.lazy(address.connectionOptions as Parameters<typeof Connection.lazy>[0])
  const client = new Client({ connection, namespace: address.namespace, ...(dataConverter ? { dataConverter } : {}) })
  return { client, close: () => connection.close() }
}
