import { Registry } from 'prom-client'
import { createApi, type Api, type ApiDeps } from '../../api/api'
import type { Role } from '../../api/access/caller'
import { readConfiguration, type Configuration } from '../../configuration/configuration'
import { createDatabase } from '../../configuration/database'
import { createLog } from '../../configuration/log'
import { createDataConverter } from '../../configuration/payloadCodec'
import { createTemporal } from '../../configuration/temporal'
import { seed } from '../../prisma/seed'
import { createTelephony } from '../../providers/telephony'
import type { Database } from '../../records/database'
import { startDatabase, type TestDatabase } from '../support/database'
import { infrastructure } from '../support/shared'
import { createBrowser, signIn, type Browser } from './browser'

export const password = 'correct horse battery staple'
export const riskEngineKey = 'rck_of_the_tests'

const people: [string, Role][] = [
  ['agent-one', 'agent'],
  ['agent-two', 'agent'],
  ['agent-three', 'agent'],
  ['supervisor-one', 'supervisor'],
  ['compliance-one', 'compliance'],
  ['admin-one', 'admin'],
]
export const users = people.map(([id, role]) => ({ id, email: `${id}@demo.example`, name: id, password, role, languages: ['zh', 'en'], skills: [] }))

export interface RunningApi {
  url: string
  api: Api
  db: Database
  pool: TestDatabase['pool']
  configuration: Configuration
  as(userId: string): Promise<Browser>
  riskEngine(): Browser
  stop(): Promise<void>
}

export interface StartOptions {
  environment?: NodeJS.ProcessEnv
  limits?: ApiDeps['limits']
  telephony?: Partial<ApiDeps['telephony']>
  /** Where the API looks for them; by default they are there. */
  databaseUrl?: string
  temporalAddress?: string
}

/** The API alone, on a database of its own: no worker, no simulator. */
export async function startApi(options: StartOptions = {}): Promise<RunningApi> {
  const database = await startDatabase()
  await seed(database.db, { users, apiKeys: [{ id: 'tests', name: 'Tests', key: riskEngineKey, scopes: ['risk-engine'] }] })
  const configuration = readConfiguration({
    DATABASE_URL: options.databaseUrl ?? database.url,
    TEMPORAL_ADDRESS: options.temporalAddress ?? infrastructure().temporalAddress,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...settings,
    ...options.environment,
  })
  const log = createLog('api', configuration.logLevel)
  const elsewhere = options.databaseUrl ? createDatabase(options.databaseUrl, { log, keys: configuration.payloadKeys }) : undefined
  const { db, pool } = elsewhere ?? database
  const temporal = createTemporal(configuration.temporal, createDataConverter(configuration.payloadKeys))
  const telephony = { ...createTelephony(configuration.telephony), ...options.telephony }
  const api = createApi({
    db,
    pool,
    temporal: temporal.client,
    telephony,
    configuration,
    log,
    metrics: new Registry(),
    ...(options.limits ? { limits: options.limits } : {}),
  })
  const { url } = await api.listen(0)
  return {
    url,
    api,
    db: database.db,
    pool: database.pool,
    configuration,
    as: (userId) => signIn(url, `${userId}@demo.example`, password),
    riskEngine: () => createBrowser(url, { authorization: `Bearer ${riskEngineKey}` }),
    async stop() {
      await api.close()
      await temporal.close()
      await elsewhere?.close()
      await database.stop()
    },
  }
}

const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
const settings = {
  TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'of the tests',
  TWILIO_FROM_NUMBER: '+14158675309',
  TWILIO_API_KEY_SID: `SK${'1'.repeat(32)}`,
  TWILIO_API_KEY_SECRET: 'of the tests',
  TWILIO_TWIML_APP_SID: `AP${'1'.repeat(32)}`,
  TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
  SOFTPHONE_URL: 'http://127.0.0.1:9',
  FUNDS_URL: 'http://127.0.0.1:9',
  FUNDS_TOKEN: 'of the tests',
  FUNDS_WEBHOOK_SECRET: secret,
  SESSION_SECRET: 'of the tests and of nothing else, 40 long',
  PAYLOAD_KEYS: `tests:${Buffer.alloc(32, 1).toString('base64')}`,
}
