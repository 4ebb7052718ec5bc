import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
beforeAll(async () => {
  database = await startDatabase()
  await openCase(database.db)
})
afterAll(() => database.stop())

const verify = (environment: NodeJS.ProcessEnv) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'records/auditVerify.ts'], {
    cwd: path.resolve(__dirname, '../..'),
    env: { PATH: process.env.PATH, ...environment },
  }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, said: stdout + stderr }),
  )

test('a whole log: 0, and how many entries', async () => {
  const { code, said } = await verify({ DATABASE_URL: database.url })
  expect(said).toMatch(/The audit log is whole: \d+ entries in 16 lanes\./)
  expect(code).toBe(0)
})

test('a changed log: 1, and which entry', async () => {
  const superuser = new Client({ connectionString: database.url })
  await superuser.connect()
  await superuser.query(`SET session_replication_role = replica; UPDATE audit_entry SET actor = 'agent:innocent' WHERE seq = 1`)
  await superuser.end()
  const { code, said } = await verify({ DATABASE_URL: database.url })
  expect(said).toMatch(/The audit log was changed: entry 1 of lane \d+ is not as it was written\./)
  expect(code).toBe(1)
})

test('no database: 2, and a sentence', async () => {
  const { code, said } = await verify({ DATA_DIR: path.join(__dirname, 'nothing-runs-here') })
  expect(said).toMatch(/No database runs for .*: start it with `npm start`, or name yours in DATABASE_URL\./)
  expect(code).toBe(2)
})
