import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { startDatabase, type TestDatabase } from '../support/database'

// The migration engine is an ES module, which jest cannot load: it runs in a process of its own.
async function inProcess(call: string): Promise<unknown> {
  const script = `const m = require('./embedded/migrate.ts'); m.${call}.then((value) => { console.log(JSON.stringify(value)); process.exit() })`
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '--eval', script], { cwd: path.resolve(__dirname, '../..') })
  return JSON.parse(stdout)
}

let database: TestDatabase

beforeAll(async () => {
  database = await startDatabase()
})
afterAll(() => database.stop())

test('migrations that were applied are not applied again', async () => {
  expect(await inProcess(`migrate('${database.url}')`)).toEqual([])
  const rows = await database.pool.query<{ migration_name: string; finished_at: Date | null }>('select migration_name, finished_at from _prisma_migrations')
  expect(rows.rows.length).toBeGreaterThan(0)
  expect(rows.rows.every(({ finished_at }) => finished_at !== null)).toBe(true)
})

test('the migrations lead to the schema', async () => {
  expect(await inProcess(`nextMigration('${database.url}')`)).toMatch(/^\s*(-- This is an empty migration\.\s*)?$/)
})
