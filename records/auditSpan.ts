import { sqlOf, type Database } from './database'

export interface AuditRow {
  lane: number
  seq: string
  at: Date
  /** Hexadecimal. */
  hash: string
}

/** How many rows of the audit log are about a subject, and the first and the last of them; undefined when there is none. */
export async function auditSpan(db: Database, subject: string): Promise<{ rows: number; first: AuditRow; last: AuditRow } | undefined> {
  const rows = await sqlOf(db).$queryRaw<(AuditRow & { rows: number })[]>`
    WITH mine AS (SELECT lane, seq, at, hash FROM audit_entry WHERE subject = ${subject})
    SELECT lane, seq::text, at, encode(hash, 'hex') AS hash, (SELECT count(*)::int FROM mine) AS rows FROM mine
    WHERE seq IN ((SELECT min(seq) FROM mine), (SELECT max(seq) FROM mine)) ORDER BY mine.seq`
  const first = rows[0]
  const last = rows.at(-1)
  return first && last && { rows: first.rows, first, last }
}
