import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Client } from '@temporalio/client'
import { Registry } from 'prom-client'
import { createApi } from '../../api/api'
import { readConfiguration, type Configuration } from '../../configuration/configuration'
import { createLog } from '../../configuration/log'
import { createDataConverter } from '../../configuration/payloadCodec'
import { createTemporal } from '../../configuration/temporal'
import { defaultPolicy, type Policy } from '../../domain/policy'
import { readStartConfiguration } from '../../embedded/configuration'
import { demoSeed } from '../../embedded/demo'
import { productEnvironment, simulatorEnvironment } from '../../embedded/environment'
import { freePort } from '../../embedded/ports'
import { demoSecrets, type Secrets } from '../../embedded/secrets'
import { seed } from '../../prisma/seed'
import { createTelephony } from '../../providers/telephony'
import { readEnvironment } from '../../simulator/options'
import { createSimulator } from '../../simulator/simulator'
import { startDatabase, type TestDatabase } from './database'
import { startNamespace } from './namespace'
import { startTestWorker, type TestWorker } from './worker'

export interface StackOptions {
  /** What differs from the default policy. */
  policy?: Partial<Policy>
  /** How many times faster than ours people answer, speak and give up. Default 20. */
  simulatorSpeed?: number
  /** How long the simulator waits for a browser that went away in a call. Default 10 s, in real milliseconds. */
  softphoneGraceMs?: number
  /** Of the account: the product's limit and the provider's. Default 20. */
  callsPerSecond?: number
  /** False starts no worker; `startWorker()` does later. Default true. */
  worker?: boolean
  /** More environment for the product, such as LOG_LEVEL. */
  environment?: NodeJS.ProcessEnv
}

export interface Stack {
  db: TestDatabase['db']
  pool: TestDatabase['pool']
  databaseUrl: string
  temporal: Client
  namespace: string
  configuration: Configuration
  secrets: Secrets
  users: ReturnType<typeof demoSeed>['users']
  simulator: { url: string }
  api: { url: string }
  /** The worker that runs now, if any. */
  worker: TestWorker | undefined
  startWorker(): Promise<TestWorker>
  stop(): Promise<void>
}

/**
 * The whole product in this process, with a database and a Temporal namespace of its own, a simulated
 * telephone network and payments core, the demo accounts, and an API key (`secrets.riskEngineKey`).
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const stops: (() => Promise<unknown> | void)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    return await start(options, stops, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(options: StackOptions, stops: (() => Promise<unknown> | void)[], stop: () => Promise<void>): Promise<Stack> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'risk-callback-stack-'))
  stops.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const given = {
    PORT: String(await freePort()),
    SIMULATOR_PORT: String(await freePort()),
    DATA_DIR: dataDir,
    TWILIO_CALLS_PER_SECOND: String(options.callsPerSecond ?? 20),
    SIMULATOR_SPEED: String(options.simulatorSpeed ?? 20),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    ...options.environment,
  }
  const orchestration = readStartConfiguration(given)
  const secrets = demoSecrets(dataDir)

  const database = await startDatabase()
  stops.push(() => database.stop())
  const namespace = await startNamespace()
  stops.push(() => namespace.stop())
  await database.db.policy.create({ data: { body: { ...defaultPolicy, ...options.policy }, createdBy: 'system:test' } })
  const accounts = demoSeed(secrets)
  await seed(database.db, accounts)

  const embedded = productEnvironment(given, orchestration, secrets, { databaseUrl: database.url, temporalAddress: namespace.address })
  const configuration = readConfiguration({ ...embedded, TEMPORAL_NAMESPACE: namespace.namespace })
  const dataConverter = createDataConverter(configuration.payloadKeys)
  const temporal = createTemporal(configuration.temporal, dataConverter)
  stops.push(() => temporal.close())

  const { port: simulatorPort, options: simulated } = readEnvironment(simulatorEnvironment(given, orchestration, secrets))
  const simulator = createSimulator({ ...simulated, logLevel: 'fatal', ...(options.softphoneGraceMs ? { softphoneGraceMs: options.softphoneGraceMs } : {}) })
  stops.push(() => simulator.close())
  const { url: simulatorUrl } = await simulator.listen(simulatorPort)

  const stack: Stack = {
    db: database.db,
    pool: database.pool,
    databaseUrl: database.url,
    temporal: temporal.client,
    namespace: namespace.namespace,
    configuration,
    secrets,
    users: accounts.users,
    simulator: { url: simulatorUrl },
    api: { url: configuration.publicBaseUrl },
    worker: undefined,
    async startWorker() {
      const worker = await startTestWorker({ configuration, db: database.db, temporal: temporal.client, dataConverter })
      stack.worker = worker
      stops.push(() => worker.stop())
      return worker
    },
    stop,
  }
  if (options.worker ?? true) await stack.startWorker()

  const log = createLog('api', configuration.logLevel)
  const api = createApi({
    db: database.db,
    pool: database.pool,
    temporal: temporal.client,
    telephony: createTelephony(configuration.telephony),
    configuration,
    log,
    metrics: new Registry(),
  })
  stops.push(() => api.close())
  await api.listen(configuration.port)
  return stack
}
