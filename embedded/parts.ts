import path from 'node:path'
import { createDatabase } from '../configuration/database'
import { temporalAddress } from '../configuration/temporal'
import { seed } from '../prisma/seed'
import type { StartConfiguration } from './configuration'
import { demoSeed, isDemo, writeDemoFile } from './demo'
import { productEnvironment, simulatorEnvironment, simulatorUrl } from './environment'
import type { Launched } from './launch'
import { migrate } from './migrate'
import { prefixed } from './output'
import { freePort } from './ports'
import { demandDatabase, ensureDatabase, startPostgres } from './postgres'
import type { ProcessRecord } from './processRecord'
import { answersOk, startProgram } from './program'
import { downloadCache } from './scratch'
import { demoSecrets, type Secrets } from './secrets'
import { supervise, type Supervised } from './supervise'
import { startTemporal } from './temporal'
import { demandTemporal, somebodyPolls } from './temporalQuestions'
import { resolveTemporalProgram } from './temporalProgram'

export interface Surroundings {
  record: ProcessRecord
  /** What is to be undone at the end, in the order in which it was done. */
  stops: (() => Promise<void> | void)[]
  say(line: string): void
  /** Set when we are to stop, perhaps in the middle of starting. */
  asked: AbortSignal
}

export interface StartedParts {
  secrets: Secrets
  temporalUiUrl?: string
}

/**
 * Starts the parts in the order in which they need each other. Embedded ones keep their ports for as long
 * as we run, so that a part that was started again is found where it was.
 */
export async function startParts(start: StartConfiguration, around: Surroundings): Promise<StartedParts> {
  const secrets = demoSecrets(start.dataDir)
  const [databaseUrl, temporal] = await bothOrNone([startDatabase(start, secrets, around), startTemporalServer(start, around)])

  around.asked.throwIfAborted()
  around.say('Bringing the database up to date …')
  const applied = await migrate(databaseUrl)
  if (applied.length > 0) around.say(`Applied ${applied.join(', ')}.`)
  if (isDemo(start)) await seedDemo(start, secrets, databaseUrl)

  const environment = productEnvironment(process.env, start, secrets, { databaseUrl, temporalAddress: temporal?.address })
  const { telephony, funds, events } = start.real
  if (!(telephony && funds && events)) await startSimulator(start, secrets, around)
  await bothOrNone([startWorker(environment, around), startApi(start, environment, around)])
  return { secrets, temporalUiUrl: temporal?.uiUrl }
}

async function startDatabase(start: StartConfiguration, secrets: Secrets, around: Surroundings): Promise<string> {
  if (start.real.postgres) {
    await demandDatabase(process.env.DATABASE_URL!)
    around.say('PostgreSQL: yours (DATABASE_URL).')
    return process.env.DATABASE_URL!
  }
  const port = start.embeddedPorts.postgres || (await freePort())
  const print = prefixed('postgres')
  const postgres = await keepRunning('postgres', around, () =>
    startPostgres({
      directory: path.join(start.dataDir, 'postgres'),
      port,
      password: secrets.postgresPassword,
      onLine: (line) => /FATAL|PANIC/.test(line) && print(line),
    }),
  )
  await ensureDatabase(postgres.current.url('postgres'), 'risk_callback')
  around.say(`PostgreSQL: embedded, on port ${port}.`)
  return postgres.current.url('risk_callback')
}

async function startTemporalServer(start: StartConfiguration, around: Surroundings): Promise<{ address: string; uiUrl?: string } | undefined> {
  if (start.real.temporal) {
    const { connectionOptions, namespace } = temporalAddress(process.env)
    await demandTemporal()
    around.say(`Temporal: yours, at ${connectionOptions.address}, namespace ${namespace}.`)
    return undefined
  }
  const program = await resolveTemporalProgram({ configured: start.temporalCliPath, cache: downloadCache, onProgress: around.say })
  const port = start.embeddedPorts.temporal || (await freePort())
  const uiPort = start.embeddedPorts.temporalUi || (await freePort())
  const print = prefixed('temporal')
  const temporal = await keepRunning('temporal', around, () =>
    startTemporal({
      program: program.path,
      directory: path.join(start.dataDir, 'temporal'),
      port,
      uiPort,
      onLine: (line) => /error|panic|fatal/i.test(line) && print(line),
    }),
  )
  around.say(`Temporal: from ${program.origin}, on port ${port}.`)
  return temporal.current
}

async function seedDemo(start: StartConfiguration, secrets: Secrets, databaseUrl: string): Promise<void> {
  const { db, close } = createDatabase(databaseUrl, { poolSize: 2 })
  try {
    await seed(db, demoSeed(secrets))
  } finally {
    await close()
  }
  writeDemoFile(start, secrets)
}

function startSimulator(start: StartConfiguration, secrets: Secrets, around: Surroundings) {
  const environment = simulatorEnvironment(process.env, start, secrets)
  return keepRunning('simulator', around, () =>
    startProgram({
      name: 'simulator',
      main: 'simulator/main.ts',
      environment,
      asked: around.asked,
      onLine: prefixed('simulator'),
      isReady: () => answersOk(`${simulatorUrl(start)}/healthz`),
    }),
  )
}

function startApi(start: StartConfiguration, environment: NodeJS.ProcessEnv, around: Surroundings) {
  return keepRunning('api', around, () =>
    startProgram({
      name: 'API',
      main: 'api/main.ts',
      environment,
      asked: around.asked,
      onLine: prefixed('api'),
      isReady: () => answersOk(`http://127.0.0.1:${start.port}/readyz`),
    }),
  )
}

function startWorker(environment: NodeJS.ProcessEnv, around: Surroundings) {
  return keepRunning('worker', around, () =>
    startProgram({
      name: 'worker',
      main: 'worker/main.ts',
      environment,
      asked: around.asked,
      onLine: prefixed('worker'),
      isReady: () => somebodyPolls(environment),
    }),
  )
}

async function keepRunning<T extends Launched>(name: string, around: Surroundings, launchIt: () => Promise<T>): Promise<Supervised<T>> {
  around.asked.throwIfAborted()
  const supervised = await supervise({ name, start: launchIt, record: around.record, onLine: around.say })
  around.stops.push(() => supervised.stop())
  return supervised
}

/** Waits for both even when one fails, so that nothing is still starting while we are stopping. */
async function bothOrNone<A, B>(starting: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled(starting)
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}
