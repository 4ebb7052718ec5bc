import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfiguration } from '../../configuration/configuration'
import { readStartConfiguration } from '../../embedded/configuration'
import { demoUsers, writeDemoFile } from '../../embedded/demo'
import { productEnvironment, simulatorEnvironment } from '../../embedded/environment'
import { demoSecrets } from '../../embedded/secrets'
import { readEnvironment } from '../../simulator/options'
import { temporaryFolder } from './folder'

test('secrets are made once, stay the same, and only their owner may read them', () => {
  const folder = temporaryFolder()
  const first = demoSecrets(folder)
  expect(demoSecrets(folder)).toEqual(first)
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(demoSecrets(temporaryFolder()).authToken).not.toBe(first.authToken)
})

test('a secret that a later version adds is made up beside those that data was encrypted with', () => {
  const folder = temporaryFolder()
  const { eventsSecret, ...older } = demoSecrets(folder)
  writeFileSync(path.join(folder, 'secrets.json'), JSON.stringify(older))
  const now = demoSecrets(folder)
  expect(now).toMatchObject(older)
  expect(now.eventsSecret).toMatch(/^whsec_/)
  expect(now.eventsSecret).not.toBe(eventsSecret)
})

test('the product and the simulator accept the environment that they are started with', () => {
  const start = readStartConfiguration({ DATA_DIR: temporaryFolder() })
  const secrets = demoSecrets(start.dataDir)
  const at = { databaseUrl: 'postgresql://127.0.0.1/x', temporalAddress: '127.0.0.1:7233' }
  expect(readConfiguration(productEnvironment({}, start, secrets, at))).toMatchObject({ port: 3000, telephony: { callsPerSecond: 5 } })
  expect(readEnvironment(simulatorEnvironment({}, start, secrets)).options).toMatchObject({ callsPerSecond: 5 })
})

test("the simulator gets none of the product's secrets", () => {
  const start = readStartConfiguration({ DATA_DIR: temporaryFolder() })
  const secrets = demoSecrets(start.dataDir)
  const given = { DATABASE_URL: 'postgres://db/x', SESSION_SECRET: 'mine', PAYLOAD_KEYS: 'k:1', TEMPORAL_API_KEY: 'cloud' }
  const environment = simulatorEnvironment(given, start, secrets)
  for (const name of Object.keys(given)) expect(environment).not.toHaveProperty(name)
  expect(Object.values(environment)).not.toContain(secrets.sessionSecret)
})

test('demo.json has what a script needs and only its owner may read it', () => {
  const start = readStartConfiguration({ DATA_DIR: temporaryFolder() })
  const secrets = demoSecrets(start.dataDir)
  const file = writeDemoFile(start, secrets)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const demo = JSON.parse(readFileSync(file, 'utf8')) as { users: { role: string }[] }
  expect(demo).toMatchObject({ baseUrl: 'http://127.0.0.1:3000', simulatorUrl: 'http://127.0.0.1:3001', riskEngineKey: secrets.riskEngineKey })
  const count = (role: string) => demo.users.filter((user) => user.role === role).length
  expect(['agent', 'supervisor', 'compliance', 'admin'].map(count)).toEqual([3, 2, 2, 1])
  expect(new Set(demoUsers.map(({ email }) => email)).size).toBe(demoUsers.length)
})
