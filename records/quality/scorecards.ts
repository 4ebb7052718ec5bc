import { defaultScorecard } from '../../domain/quality/defaultScorecard'
import { scorecardSchema, type Scorecard } from '../../domain/quality/scorecard'
import type { Sql } from '../database'

export interface ScorecardVersion {
  id: string
  version: number
  settings: Scorecard
}

/** The newest version of every scorecard; a fresh installation gets one. */
export async function newestScorecards(tx: Sql): Promise<ScorecardVersion[]> {
  const rows = await readNewest(tx)
  if (rows.length > 0) return rows
  await tx.$executeRaw`
    INSERT INTO arrangement_version (kind, subject, version, body, created_by)
    VALUES ('scorecard', 'scorecard_default', 1, ${JSON.stringify(defaultScorecard)}::jsonb, 'system:installation') ON CONFLICT DO NOTHING`
  return readNewest(tx)
}

async function readNewest(tx: Sql): Promise<ScorecardVersion[]> {
  const rows = await tx.$queryRaw<(Omit<ScorecardVersion, 'settings'> & { body: unknown })[]>`
    SELECT DISTINCT ON (subject) subject AS id, version, body FROM arrangement_version WHERE kind = 'scorecard' ORDER BY subject, version DESC`
  return rows.map(({ body, ...row }) => ({ ...row, settings: scorecardSchema.parse(body) }))
}

/** A scorecard as it was in a version; versions stay. */
export async function scorecardAt(tx: Sql, id: string, version: number): Promise<ScorecardVersion | undefined> {
  const [row] = await tx.$queryRaw<{ body: unknown }[]>`
    SELECT body FROM arrangement_version WHERE kind = 'scorecard' AND subject = ${id} AND version = ${version}`
  return row && { id, version, settings: scorecardSchema.parse(row.body) }
}
