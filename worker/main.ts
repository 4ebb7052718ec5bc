import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { DefaultLogger, NativeConnection, Runtime, type LogEntry } from '@temporalio/worker'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { ConfigurationError, readConfiguration } from '../configuration/configuration'
import { createDatabase } from '../configuration/database'
import { createLog, type Log } from '../configuration/log'
import { createDataConverter } from '../configuration/payloadCodec'
import { startTracing } from '../configuration/tracing'
import { version } from '../package.json'
import { createTemporal } from '../configuration/temporal'
import { createPaymentsCore } from '../providers/paymentsCore'
import { createTelephony } from '../providers/telephony'
import { createMetrics } from './metrics'
import { bundledWorkflows } from './workflowBundle'
import { createWorkers, startStandingWorkflows } from './workers'

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env)
  const log = createLog('worker', configuration.logLevel)
  installRuntime(log)
  const tracing = await startTracing('worker', configuration.tracing, version)
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })

  const { db, close: closeDatabase } = createDatabase(configuration.database.url, { poolSize: configuration.database.poolSize, log, keys: configuration.payloadKeys })
  const dataConverter = createDataConverter(configuration.payloadKeys)
  const temporal = createTemporal(configuration.temporal, dataConverter)
  const connection = await connect(configuration.temporal.connectionOptions, log)
  const workers = await createWorkers({
    db,
    temporal: temporal.client,
    telephony: createTelephony(configuration.telephony),
    paymentsCore: createPaymentsCore(configuration.funds),
    configuration,
    log,
    metrics: createMetrics(registry),
    connection,
    namespace: configuration.temporal.namespace,
    dataConverter,
    workflowBundle: bundledWorkflows(),
  })
  const metricsServer = serveMetrics(registry, configuration.workerMetricsPort, configuration.host)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => workers.shutdown())
  const running = workers.run()
  await Promise.race([startStandingWorkflows(temporal.client), running])
  log.info({ callsPerSecond: configuration.telephony.callsPerSecond }, 'working')
  await running
  metricsServer?.close()
  await connection.close()
  await temporal.close()
  await closeDatabase()
  await tracing?.stop()
  log.info('stopped')
}

/** Before anything else of Temporal: its own log lines go where ours go. */
function installRuntime(log: Log): void {
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => log[levels[level]](meta ?? {}, message)),
  })
}

/** Temporal may start after us. */
async function connect(options: Parameters<typeof NativeConnection.connect>[0], log: Log): Promise<NativeConnection> {
  for (let delay = 500; ; delay = Math.min(delay * 2, 10_000)) {
    try {
      return await NativeConnection.connect(options)
    } catch (error) {
      log.warn({ err: error }, `Temporal cannot be reached; trying again in ${delay} ms`)
      await wait(delay)
    }
  }
}

function serveMetrics(registry: Registry, port: number | undefined, host: string) {
  if (port === undefined) return undefined
  const server = createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.setHeader('content-type', registry.contentType).end(text),
      () => response.writeHead(500).end(),
    )
  })
  return server.listen(port, host)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigurationError ? error.message : error)
    process.exit(1)
  },
)
