import { collectDefaultMetrics, Registry } from 'prom-client'
import { ConfigurationError, readConfiguration } from '../configuration/configuration'
import { createDatabase } from '../configuration/database'
import { createLog } from '../configuration/log'
import { createDataConverter } from '../configuration/payloadCodec'
import { startTracing } from '../configuration/tracing'
import { version } from '../package.json'
import { createTemporal } from '../configuration/temporal'
import { createTelephony } from '../providers/telephony'
import { createApi } from './api'

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env)
  const log = createLog('api', configuration.logLevel)
  const tracing = await startTracing('api', configuration.tracing, version)
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })

  const { db, pool, close: closeDatabase } = createDatabase(configuration.database.url, { poolSize: configuration.database.poolSize, log, keys: configuration.payloadKeys })
  const temporal = createTemporal(configuration.temporal, createDataConverter(configuration.payloadKeys))
  const api = createApi({ db, pool, temporal: temporal.client, telephony: createTelephony(configuration.telephony), configuration, log, metrics })
  const { url } = await api.listen(configuration.port, configuration.host)
  log.info({ url }, 'listening')

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    await api.close()
    await temporal.close()
    await closeDatabase()
    await tracing?.stop()
    log.info('stopped')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'did not stop cleanly')
          process.exit(1)
        },
      )
    })
  }
}

main().catch((error: unknown) => {
  console.error(sentence(error))
  process.exit(1)
})

/** For the operator's eyes; a stack only for what was not foreseen. */
function sentence(error: unknown): unknown {
  if (error instanceof ConfigurationError) return error.message
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  if (code === 'EADDRINUSE') return `Port ${port} of ${address} is in use; set PORT to another one.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `Cannot listen on port ${port} of ${address} (${code}); set HOST or PORT to another one.`
  return error
}
