import { createHash } from 'node:crypto'
import { sqlOf, type Database, type Sql } from './database'

/** Somebody's sign-in at one browser. */
export interface OpenSession {
  /** A hash: the session's own id is a secret. */
  id: string
  startedAt: Date
  /** When it ends if it is not used again. */
  idleUntil: Date
  /** The address that it was started from. */
  from: string | null
  /** What the browser called itself. */
  browser: string | null
}

export function publicSessionId(sid: string): string {
  return createHash('sha256').update(sid).digest('hex')
}

/** Somebody's sessions, the newest first. */
export async function openSessions(tx: Sql, userId: string): Promise<OpenSession[]> {
  return tx.$queryRaw<OpenSession[]>`
    SELECT encode(sha256(convert_to(sid, 'UTF8')), 'hex') AS id, to_timestamp((sess->>'startedAt')::float8 / 1000) AS "startedAt",
           expire::timestamptz AS "idleUntil", sess->>'from' AS "from", sess->>'browser' AS browser
    FROM session WHERE sess->>'userId' = ${userId} AND expire > now() ORDER BY 2 DESC`
}

/** How many sessions each person has who has any. */
export async function sessionCounts(db: Database): Promise<Map<string, number>> {
  const rows = await sqlOf(db).$queryRaw<{ userId: string; open: number }[]>`
    SELECT sess->>'userId' AS "userId", count(*)::int AS open FROM session WHERE expire > now() AND sess->>'userId' IS NOT NULL GROUP BY 1`
  return new Map(rows.map(({ userId, open }) => [userId, open]))
}

/**
 * Ends somebody's sessions.
 * @param which all of them when it is left out
 * @returns how many had not run out yet
 */
export async function endSessions(tx: Sql, userId: string, which: { only?: string; except?: string } = {}): Promise<number> {
  const [ended] = await tx.$queryRaw<{ open: number }[]>`
    WITH gone AS (
      DELETE FROM session WHERE sess->>'userId' = ${userId}
        AND (${which.only ?? null}::text IS NULL OR encode(sha256(convert_to(sid, 'UTF8')), 'hex') = ${which.only ?? null})
        AND (${which.except ?? null}::text IS NULL OR encode(sha256(convert_to(sid, 'UTF8')), 'hex') <> ${which.except ?? null})
      RETURNING expire)
    SELECT (count(*) FILTER (WHERE expire > now()))::int AS open FROM gone`
  return ended?.open ?? 0
}
