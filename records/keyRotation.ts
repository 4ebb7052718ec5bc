import { connectionsOf } from '../configuration/database'
import { Sealed, sealed, sealedWithin } from '../configuration/vault'
import type { Database } from './database'
import { chainFills } from './presence'
import { sealedColumns, type SealedColumn } from './sealedColumns'

const atOnce = 200

export interface RotationProgress {
  table: string
  column: string
  /** Values of this column that were sealed anew so far. */
  done: number
}

/**
 * Seals under the first key whatever is sealed under another one, or was written before it was to be sealed. Nothing
 * is locked but one row at a time, and what somebody else writes meanwhile stays, for that is under the first key
 * already. It may be stopped and begun again at any time. That it was done is a row of the audit log.
 * @returns how many values were sealed anew
 * @throws KeyMissing when something is under a key that is not there any more
 */
export async function rotateKeys(db: Database, onProgress: (progress: RotationProgress) => void = () => undefined): Promise<number> {
  let all = 0
  for (const sealedColumn of sealedColumns) {
    const { table, column } = sealedColumn
    let done = 0
    for (let after: string[] | undefined = undefined; ; ) {
      const rows: Row[] = await outdated(db, sealedColumn, after)
      for (const row of rows) if (await reseal(db, sealedColumn, row)) done++
      if (rows.length > 0) onProgress({ table, column, done })
      if (rows.length < atOnce) break
      after = rows.at(-1)!.key
    }
    all += done
  }
  await db.auditEntry.create({ data: { ...chainFills, actor: 'system:keys', action: 'keys_rotated', subject: 'sealed-data', data: { values: all } } })
  return all
}

interface Row {
  key: string[]
  /** Opened. */
  content: unknown
  /** Of what stands there: whether it is still the same. */
  digest: string
}

/** Values that are not sealed under the first key, in the order of the primary key. */
async function outdated(db: Database, of: SealedColumn, after: string[] | undefined): Promise<Row[]> {
  const { table, key, column } = of
  const keys = key.map((name) => `"${name}"`).join(', ')
  const { sql, values } = notCurrent(of)
  const beyond = after ? `AND (${keys}) > (${after.map((_, index) => `$${values.length + index + 1}`).join(', ')})` : ''
  const { rows } = await connectionsOf(db).pool.query<Row>(
    `SELECT ARRAY[${key.map((name) => `"${name}"::text`).join(', ')}] AS key, "${column}" AS content, md5("${column}"::text) AS digest
     FROM "${table}" WHERE ${sql} ${beyond} ORDER BY ${keys} LIMIT ${atOnce}`,
    [...values, ...(after ?? [])],
  )
  return rows
}

function notCurrent({ column, kind, within = [] }: SealedColumn): { sql: string; values: unknown[] } {
  const beginning = new Sealed((vault) => vault.current)
  if (kind === 'text') return { sql: `"${column}" <> '' AND NOT starts_with("${column}", $1)`, values: [beginning] }
  if (kind === 'bytes') return { sql: `substring("${column}" FOR octet_length($1::bytea)) <> $1::bytea`, values: [new Sealed((vault) => Buffer.from(vault.current))] }
  // Within JSON the control character is escaped. A document is sealed by one key at a time, or not yet.
  const ours = new Sealed((vault) => String.raw`"\\u0001sealed(-json)?:${vault.keyId.replaceAll('.', '[.]')}:[^"]*"`)
  const sql = `CASE WHEN strpos("${column}"::text, 'u0001sealed') > 0 THEN strpos(regexp_replace("${column}"::text, $1, '', 'g'), 'u0001sealed') > 0
    ELSE "${column}"::text ~ $2 END`
  return { sql, values: [ours, `"(${within.join('|')})": (\\{[^}]|"[^"])`] }
}

async function reseal(db: Database, { table, key, column, kind, within = [] }: SealedColumn, row: Row): Promise<boolean> {
  const content = kind === 'json' ? sealedWithin(row.content, within) : sealed(row.content as string | Buffer)
  const same = key.map((name, index) => `"${name}" = $${index + 2}`).join(' AND ')
  const { rowCount } = await connectionsOf(db).pool.query(
    `UPDATE "${table}" SET "${column}" = $1 WHERE ${same} AND md5("${column}"::text) = $${key.length + 2}`,
    [content, ...row.key, row.digest],
  )
  return (rowCount ?? 0) > 0
}
