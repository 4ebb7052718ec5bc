import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { createDatabase, type Database } from '../../configuration/database'
import { open } from './leaks'
import { infrastructure } from './shared'

/** What test databases seal with. */
export const sealingKeys = [{ id: 'tests', key: Buffer.alloc(32, 1) }]

export interface TestDatabase extends Database {
  url: string
  /** Closes the pool and drops the database. */
  stop(): Promise<void>
}

/** A database of this test file's own: a fresh copy of the migrated template. */
export async function startDatabase(): Promise<TestDatabase> {
  const { adminUrl, templateDatabase } = infrastructure()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(adminUrl, `create database ${name} template ${templateDatabase}`)
  const address = new URL(adminUrl)
  address.pathname = `/${name}`
  const database = createDatabase(address.href, { poolSize: 5, keys: sealingKeys })
  const registered = open(`database ${name}`)
  return {
    ...database,
    url: address.href,
    async stop() {
      registered.closed()
      await database.close()
      const left = await connectionsLeft(adminUrl, name)
      await asAdmin(adminUrl, `drop database ${name} with (force)`)
      if (left.length > 0) throw new Error(`a database pool was left open; its connections last ran:\n${left.join('\n')}`)
    },
  }
}

/** The last statement of each connection that somebody forgot to close. */
async function connectionsLeft(adminUrl: string, name: string): Promise<string[]> {
  const ask = () => asAdmin(adminUrl, `select coalesce(nullif(query, ''), application_name) as what from pg_stat_activity where datname = '${name}'`)
  // A closed connection stays listed for a moment, until its server process has ended.
  for (let tries = 20; tries > 0; tries--) {
    if ((await ask()).length === 0) return []
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return (await ask()).map((row) => String(row.what))
}

async function asAdmin(adminUrl: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}
