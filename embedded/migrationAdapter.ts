import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import { Pool, types } from 'pg'

/** The type of PostgreSQL's own catalogue columns; the adapter knows only the SQL types. */
const singleByteChar = 18

interface AdapterInside {
  performIO(query: SqlQuery): Promise<{ fields: { dataTypeID: number }[] }>
  queryRaw(query: SqlQuery): Promise<SqlResultSet>
  onError(error: unknown): never
}

/**
 * Prisma's PostgreSQL adapter, mended where migrations need it: it cuts scripts at every semicolon, which
 * breaks functions and triggers, cannot read the catalogue's "char" columns, and drops its shadow database
 * while still connected to it.
 */
export class MigrationAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres' as const
  readonly adapterName = '@prisma/adapter-pg'
  private readonly opened: { pool: Pool; shadow?: string }[] = []

  constructor(private readonly databaseUrl: string) {}

  connect(): Promise<SqlDriverAdapter> {
    return this.open(this.databaseUrl)
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const shadow = `shadow_${randomUUID().replaceAll('-', '')}`
    await this.administer(`create database ${shadow}`)
    const url = new URL(this.databaseUrl)
    url.pathname = `/${shadow}`
    return this.open(url.href, shadow)
  }

  /** Ends every connection and drops the shadow databases. The engine itself leaves them behind. */
  async close(): Promise<void> {
    for (const { pool, shadow } of this.opened.splice(0)) {
      await pool.end()
      if (shadow) await this.administer(`drop database ${shadow}`)
    }
  }

  private async open(databaseUrl: string, shadow?: string): Promise<SqlDriverAdapter> {
    const pool = new Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000, max: 2 })
    this.opened.push({ pool, shadow })
    const adapter = await new PrismaPg(pool).connect()
    const inner = adapter as unknown as AdapterInside
    const { performIO, queryRaw } = inner
    const characterColumns = new WeakMap<object, boolean[]>()
    return Object.assign(adapter, {
      async performIO(this: AdapterInside, query: SqlQuery) {
        const answer = await performIO.call(this, query)
        characterColumns.set(
          query,
          answer.fields.map(({ dataTypeID }) => dataTypeID === singleByteChar),
        )
        for (const field of answer.fields) if (field.dataTypeID === singleByteChar) field.dataTypeID = types.builtins.BPCHAR
        return answer
      },
      async queryRaw(this: AdapterInside, query: SqlQuery) {
        const answer = await queryRaw.call(this, query)
        const columnTypes = answer.columnTypes.map((type, at) => (characterColumns.get(query)?.[at] ? ColumnTypeEnum.Character : type))
        return { ...answer, columnTypes }
      },
      // A query without parameters may hold many statements, and PostgreSQL itself knows where each one ends.
      executeScript: async (script: string) => {
        await pool.query(script).catch((error: unknown) => inner.onError(error))
      },
    })
  }

  private async administer(statement: string): Promise<void> {
    const pool = new Pool({ connectionString: this.databaseUrl, connectionTimeoutMillis: 10_000, max: 1 })
    await pool.query(statement).finally(() => pool.end())
  }
}
