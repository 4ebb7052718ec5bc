import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client'
import type { Log } from './log'
import type { PayloadKey } from './payloadKeys'
import { sealingClient } from './sealingClient'
import { createVault } from './vault'

export interface Database {
  db: PrismaClient
  /** The pool behind `db`, for what Prisma does not do: sessions, hand-written SQL. */
  pool: pg.Pool
  close(): Promise<void>
}

interface Connections {
  pool: pg.Pool
  /** The name under which a statement is prepared; empty: not at all. */
  nameOf(sql: string): string
}

const connections = new WeakMap<PrismaClient, Connections>()

/** What is behind a client, for hand-written SQL that Prisma need not see. */
export function connectionsOf(db: PrismaClient): Connections {
  const found = connections.get(db)
  if (!found) throw new Error('this client was not made by createDatabase')
  return found
}

/**
 * One pool of connections for the whole process, for Prisma and for plain SQL alike. No connection
 * is opened until the first query, so a process starts while PostgreSQL is away.
 * @param keys seal and open what is stored sealed; without them such data can be neither read nor written
 */
export function createDatabase(url: string, { poolSize = 10, log, keys = [] }: { poolSize?: number; log?: Log; keys?: PayloadKey[] } = {}): Database {
  const pooler = new URL(url).searchParams.get('pgbouncer') === 'true'
  const pool = new pg.Pool({
    Client: sealingClient(createVault(keys)),
    connectionString: url,
    max: poolSize,
    // Without these a query waits for ever on a host that swallows packets.
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    keepAlive: true,
    // Within a transaction statements are sent without waiting for the answers to those before them.
    pipeline: true,
    // A process that stands still in mid-transaction must not keep the others from its case, or from the audit log.
    // (A pooler takes no such settings.)
    ...(pooler ? {} : { idle_in_transaction_session_timeout: 15_000 }),
    idleTimeoutMillis: 30_000,
    application_name: 'risk-callback',
  })
  // An idle connection that PostgreSQL closed is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log?.warn({ err: error }, 'an idle database connection was lost'))
  // So would the same event of a connection that is lent out for a transaction; its next query fails by itself.
  pool.on('connect', (client) => client.on('error', (error) => log?.debug({ err: error }, 'a database connection was lost')))
  const nameOf = pooler ? () => '' : statementNames()
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) }),
    // Otherwise every call keeps a stack trace, for a message with a piece of our source code in it.
    errorFormat: 'minimal',
  })
  connections.set(db, { pool, nameOf })
  return {
    db,
    pool,
    async close() {
      await db.$disconnect()
      await pool.end()
    },
  }
}

/** More than the product has; what statements of varying length would add beyond is not worth the server's memory. */
const mostNames = 500

/**
 * Names for statements, so that PostgreSQL parses and plans each once a connection and not at each execution.
 * A pooler that gives each transaction another connection does not know the names: `?pgbouncer=true` in
 * DATABASE_URL does without them.
 */
function statementNames(): (sql: string) => string {
  const names = new Map<string, string>()
  return (sql) => {
    const known = names.get(sql)
    if (known) return known
    if (names.size >= mostNames) return '' // no name
    const name = `risk_callback_${names.size}`
    names.set(sql, name)
    return name
  }
}
