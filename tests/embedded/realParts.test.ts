import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase } from '../../configuration/database'
import { readStartConfiguration } from '../../embedded/configuration'
import { productEnvironment, simulatorEnvironment } from '../../embedded/environment'
import { freePort } from '../../embedded/ports'
import { ensureDatabase } from '../../embedded/postgres'
import { demoSecrets } from '../../embedded/secrets'
import { seed } from '../../prisma/seed'
import { readEnvironment } from '../../simulator/options'
import { createSimulator, type Simulator } from '../../simulator/simulator'
import { flag, postFlag } from '../support/flag'
import { startNamespace, type TestNamespace } from '../support/namespace'
import { infrastructure } from '../support/shared'
import { npmStart, processesOf, type Started } from '../support/started'
import { temporaryFolder } from './folder'

// PostgreSQL, Temporal, a telephone provider and a payments core that were started before and elsewhere.
const dataDir = temporaryFolder()
let namespace: TestNamespace
let simulator: Simulator
let simulatorUrl: string
let databaseUrl: string
let baseUrl: string
let running: Started

beforeAll(async () => {
  const { adminUrl } = infrastructure()
  await ensureDatabase(adminUrl, 'somebody_elses')
  databaseUrl = Object.assign(new URL(adminUrl), { pathname: '/somebody_elses' }).href
  namespace = await startNamespace()

  const elsewhere = readStartConfiguration({ PORT: String(await freePort()), SIMULATOR_PORT: String(await freePort()), DATA_DIR: temporaryFolder() })
  const secrets = demoSecrets(elsewhere.dataDir)
  const { port, options } = readEnvironment(simulatorEnvironment({}, elsewhere, secrets))
  simulator = createSimulator({ ...options, logLevel: 'fatal' })
  simulatorUrl = (await simulator.listen(port)).url

  const real = productEnvironment({}, elsewhere, secrets, { databaseUrl, temporalAddress: namespace.address })
  baseUrl = elsewhere.publicBaseUrl
  running = npmStart({
    ...real,
    SESSION_SECRET: '',
    PAYLOAD_KEYS: '',
    TEMPORAL_NAMESPACE: namespace.namespace,
    SIMULATOR_PORT: String(await freePort()),
    DATA_DIR: dataDir,
  })
  await running.says('risk-callback is running', 300)
}, 400_000)
afterAll(async () => {
  running?.interrupt()
  await running?.ended
  await simulator?.close()
  await namespace?.stop()
}, 120_000)

test('nothing is embedded or simulated, and it says what is used', () => {
  expect(Object.keys(processesOf(dataDir)).toSorted()).toEqual(['api', 'worker'])
  expect(running.output()).toContain('PostgreSQL: yours')
  expect(running.output()).toContain(`Temporal: yours, at ${namespace.address}, namespace ${namespace.namespace}.`)
})

test('where phones and money are real there are no accounts with known passwords', async () => {
  expect(existsSync(path.join(dataDir, 'demo.json'))).toBe(false)
  const { db, close } = createDatabase(databaseUrl, { poolSize: 1 })
  expect(await db.staffUser.count()).toBe(0)
  expect(await db.apiKey.count()).toBe(0)
  await close()
})

test('a flagged payment is held at that payments core and its payer called by that provider', async () => {
  const { db, close } = createDatabase(databaseUrl, { poolSize: 1 })
  await seed(db, { users: [], apiKeys: [{ id: 'key-1', name: 'A risk engine', key: 'rck_of-this-test', scopes: ['risk-engine'] }] })
  await close()
  // So late that the phone rings at once, agent or not.
  const paidAt = new Date(Date.now() - 170_000).toISOString()
  expect((await postFlag(baseUrl, 'rck_of-this-test', flag('real-1', { paidAt }))).status).toBe(202)

  const ask = async (what: string) => (await fetch(`${simulatorUrl}/sim/${what}`)).json() as Promise<{ length?: number; state?: string }>
  for (let waited = 0; (await ask('phones/%2B8613800000001/rings')).length !== 1; waited++) {
    if (waited > 600) throw new Error(`the phone did not ring\n${running.output()}`)
    await sleep(100)
  }
  expect(await ask('ledger/payments/real-1')).toMatchObject({ state: 'held' })
}, 120_000)
