import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client'
import type { Log } from './log'

export interface Database {
  db: PrismaClient
  /** The pool behind `db`, for what Prisma does not do: sessions, hand-written SQL. */
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * One pool of connections for the whole process, for Prisma and for plain SQL alike. No connection
 * is opened until the first query, so a process starts while PostgreSQL is away.
 */
export function createDatabase(url: string, { poolSize = 10, log }: { poolSize?: number; log?: Log } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    // Without these a query waits for ever on a host that swallows packets.
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    idleTimeoutMillis: 30_000,
    application_name: 'risk-callback',
  })
  // An idle connection that PostgreSQL closed is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log?.warn({ err: error }, 'an idle database connection was lost'))
  // So would the same event of a connection that is lent out for a transaction; its next query fails by itself.
  pool.on('connect', (client) => client.on('error', (error) => log?.debug({ err: error }, 'a database connection was lost')))
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    db,
    pool,
    async close() {
      await db.$disconnect()
      await pool.end()
    },
  }
}
