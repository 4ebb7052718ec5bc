import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createDatabase, type Database } from '../configuration/database'
import { payloadKeys, type PayloadKey } from '../configuration/payloadKeys'
import { readStartConfiguration } from '../embedded/configuration'
import { simulatorUrl } from '../embedded/environment'
import { startParts } from '../embedded/parts'
import { freePort } from '../embedded/ports'
import { processRecord } from '../embedded/processRecord'
import type { Secrets } from '../embedded/secrets'
import { seed } from '../prisma/seed'

export interface ProductOptions {
  /** The account's limit, at the product and at the simulated provider alike. */
  callsPerSecond: number
  /** How much faster than ours the telephone network's time passes. */
  simulatorSpeed: number
  agents: number
  say(line: string): void
}

export interface Credentials {
  email: string
  password: string
}

/** The product as its users run it: five processes of its own, on free ports, over an empty data folder. */
export interface Product extends Database {
  baseUrl: string
  simulatorUrl: string
  temporalAddress: string
  riskEngineKey: string
  agents: Credentials[]
  payloadKeys: PayloadKey[]
  secrets: Secrets
  /** Process ids by part. */
  processes: Map<string, number>
  stop(): Promise<void>
}

// What would lead the benchmark to somebody's real telephone account, money or database.
const foreign = /^(DATABASE_|TEMPORAL_(?!CLI_PATH)|TWILIO_|FUNDS_|RISK_EVENTS_|SIMULATOR_|EMBEDDED_|PUBLIC_BASE_URL|SESSION_SECRET|PAYLOAD_KEYS|SOFTPHONE_URL|HOST$)/

/** @throws {StartFailure} when a part does not come up */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'risk-callback-bench-'))
  chmodSync(dataDir, 0o711) // PostgreSQL runs under an account of its own when we are root
  const [port, simulatorPort, postgresPort, temporalPort] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  for (const name of Object.keys(process.env)) if (foreign.test(name)) delete process.env[name]
  Object.assign(process.env, {
    LOG_LEVEL: 'warn',
    DATA_DIR: dataDir,
    PORT: String(port),
    SIMULATOR_PORT: String(simulatorPort),
    EMBEDDED_POSTGRES_PORT: String(postgresPort),
    EMBEDDED_TEMPORAL_PORT: String(temporalPort),
    TWILIO_CALLS_PER_SECOND: String(options.callsPerSecond),
    SIMULATOR_SPEED: String(options.simulatorSpeed),
  })
  const configuration = readStartConfiguration(process.env)
  delete process.env.TWILIO_CALLS_PER_SECOND // alone it would be half of the telephone settings

  const record = processRecord(dataDir)
  const processes = new Map<string, number>()
  const stops: (() => Promise<void> | void)[] = [() => rmSync(dataDir, { recursive: true, force: true })]
  // Even when we end by an error that nobody caught, nothing stays behind. SIGINT is PostgreSQL's fast shutdown.
  const endAll = () => processes.forEach((pid) => killIfAlive(pid))
  process.once('exit', endAll)
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
    process.off('exit', endAll)
  }
  try {
    const started = { ...record, started: (name: string, pid: number) => (processes.set(name, pid), record.started(name, pid)) }
    const { secrets } = await startParts(configuration, { record: started, stops, say: options.say, asked: new AbortController().signal })
    const keys = payloadKeys.parse(secrets.payloadKeys)
    const database = createDatabase(`postgresql://postgres:${encodeURIComponent(secrets.postgresPassword)}@127.0.0.1:${postgresPort}/risk_callback`, { poolSize: 2, keys })
    stops.push(() => database.close())
    return {
      ...database,
      baseUrl: configuration.publicBaseUrl,
      simulatorUrl: simulatorUrl(configuration),
      temporalAddress: `127.0.0.1:${temporalPort}`,
      riskEngineKey: secrets.riskEngineKey,
      payloadKeys: keys,
      secrets,
      processes,
      agents: await seedAgents(database, options.agents, secrets.password),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function seedAgents({ db }: Database, count: number, password: string): Promise<Credentials[]> {
  const users = Array.from({ length: count }, (_, index) => ({
    id: `bench-agent-${index + 1}`,
    email: `agent.${index + 1}@bench.example`,
    name: `Agent ${index + 1}`,
    role: 'agent' as const,
    languages: ['zh-CN', 'en'],
    skills: [],
    password,
  }))
  await seed(db, { users, apiKeys: [] })
  return users
}
