import type { PoolClient } from 'pg'
import { connectionsOf } from '../configuration/database'
import { Prisma, type PrismaClient } from '../generated/prisma/client'

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient

/** Whatever takes hand-written SQL; values become parameters. A client and both kinds of transactions do. */
export interface Sql {
  /** @returns the rows */
  $queryRaw<Rows = unknown>(statement: TemplateStringsArray, ...values: unknown[]): Promise<Rows>
  /** @returns how many rows were written */
  $executeRaw(statement: TemplateStringsArray, ...values: unknown[]): Promise<number>
}

/** A transaction by Prisma, for what few do: administration. Its own limit of 5 s would undo work under load. */
export function transact<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return againWhenLost(() => db.$transaction(work, { maxWait: 10_000, timeout: 15_000 }))
}

/**
 * A transaction in SQL, for what every case does: a call of Prisma's costs the processor several times what
 * the statement itself does. `work` must touch nothing but the database, for it may be done again. Statements of
 * which none needs another's answer may be sent together (`Promise.all`): they are carried out in that order, and
 * when one fails all that follow do.
 */
export function inTransaction<T>(db: Database, work: (tx: Sql) => Promise<T>): Promise<T> {
  return againWhenLost(async () => {
    const { pool, nameOf } = connectionsOf(db)
    const client = await pool.connect()
    try {
      // Sent with the first statement, because nobody waits for its answer alone; should it fail, so does what follows.
      const begun = client.query('BEGIN')
      begun.catch(() => undefined)
      const result = await work(sqlOn(client, nameOf))
      await begun
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      // A connection that cannot even roll back is thrown away.
      await client.query('ROLLBACK').then(() => client.release(), (broken: Error) => client.release(broken))
      throw error
    }
  })
}

/** Single statements in SQL, each a transaction of its own. */
export function sqlOf(db: Database): Sql {
  const { pool, nameOf } = connectionsOf(db)
  return sqlOn(pool, nameOf)
}

function sqlOn(client: Pick<PoolClient, 'query'>, nameOf: (sql: string) => string): Sql {
  const run = (statement: TemplateStringsArray, values: unknown[]) => {
    const text = textOf(statement)
    return client.query({ name: nameOf(text), text, values })
  }
  return {
    $queryRaw: async (statement, ...values) => (await run(statement, values)).rows as never,
    $executeRaw: async (statement, ...values) => (await run(statement, values)).rowCount ?? 0,
  }
}

const texts = new WeakMap<TemplateStringsArray, string>()

function textOf(statement: TemplateStringsArray): string {
  const known = texts.get(statement)
  if (known) return known
  const text = statement.reduce((sql, piece, index) => `${sql}$${index}${piece}`)
  texts.set(statement, text)
  return text
}

/** What PostgreSQL undid for another transaction's sake is done again: nothing was written, and it may well succeed. */
async function againWhenLost<T>(transaction: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await transaction()
    } catch (error) {
      if (!lostToAnother(error) || turn === 3) throw error
    }
  }
}

/** A deadlock or a serialization failure. */
function lostToAnother(error: unknown): boolean {
  const { code, message = '' } = error as { code?: unknown; message?: string }
  return code === '40P01' || code === '40001' || code === 'P2034' || (code === 'P2010' && /40P01|40001/.test(message))
}
