import { percentOf } from '../../domain/quality/score'
import { sqlOf, type Database } from '../database'

export interface QualityCount {
  /** An agent's id, a scorecard's and a question's id (`scorecard/question`), a week's Monday; empty for all together. */
  key: string
  name: string | null
  /** Reviews, or answers with occasion to a question. */
  count: number
  /** The mean of whole percents, rounded once. */
  percent: number | null
  /** Reviews failed by a critical question; of a question, answers of 0 %. */
  failed: number
}

export interface QualityReport {
  all: QualityCount
  byAgent: QualityCount[]
  byQuestion: QualityCount[]
  byWeek: QualityCount[]
  /** Submitted ones that the agent has disputed, and how many of these a second reviewer has settled. */
  disputed: number
  settled: number
}

interface Sums {
  part: string
  key: string
  name: string | null
  count: number
  sum: number
  failed: number
  disputed: number
  settled: number
}

/** What was scored of calls that were reviewed in a period: the last version of each review counts, calibrations do not. */
export async function qualityReport(db: Database, from: Date, until: Date): Promise<QualityReport> {
  const rows = await sqlOf(db).$queryRaw<Sums[]>`
    WITH scored AS (
      SELECT r.id, r.agent_id, u.name AS agent_name, r.state, r.scorecard_id, r.submitted_at, v.percent, v.failed, v.answers
      FROM call_review r JOIN LATERAL (SELECT * FROM review_version WHERE review_id = r.id ORDER BY version DESC LIMIT 1) v ON true
        LEFT JOIN staff_user u ON u.id = r.agent_id
      WHERE r.calibrates IS NULL AND r.submitted_at >= ${from} AND r.submitted_at < ${until}),
    answered AS (
      SELECT scorecard_id || '/' || a.key AS key, CASE a.value WHEN 'yes' THEN 100 WHEN 'no' THEN 0 ELSE (a.value::int - 1) * 25 END AS percent
      FROM scored, LATERAL (SELECT * FROM jsonb_each_text(answers)) a WHERE a.value <> 'na')
    SELECT 'all' AS part, '' AS key, NULL AS name, count(percent)::int AS count, coalesce(sum(percent), 0)::int AS sum, count(*) FILTER (WHERE failed)::int AS failed,
      count(*) FILTER (WHERE state IN ('disputed', 'settled'))::int AS disputed, count(*) FILTER (WHERE state = 'settled')::int AS settled FROM scored
    UNION ALL
    SELECT 'agent', agent_id, agent_name, count(percent)::int, coalesce(sum(percent), 0)::int, count(*) FILTER (WHERE failed)::int, 0, 0
    FROM scored WHERE agent_id IS NOT NULL GROUP BY agent_id, agent_name
    UNION ALL
    SELECT 'week', to_char(date_trunc('week', submitted_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD'), NULL, count(percent)::int, coalesce(sum(percent), 0)::int, count(*) FILTER (WHERE failed)::int, 0, 0
    FROM scored GROUP BY 2
    UNION ALL
    SELECT 'question', key, NULL, count(*)::int, sum(percent)::int, count(*) FILTER (WHERE percent = 0)::int, 0, 0 FROM answered GROUP BY key`
  const of = (part: string) => rows.filter((row) => row.part === part).map(counted)
  const [all] = rows.filter(({ part }) => part === 'all')
  return {
    all: counted(all!),
    // Whoever needs help first, first.
    byAgent: of('agent').toSorted(worstFirst),
    byQuestion: of('question').toSorted(worstFirst),
    byWeek: of('week').toSorted((a, b) => a.key.localeCompare(b.key)),
    disputed: all!.disputed,
    settled: all!.settled,
  }
}

function counted({ key, name, count, sum, failed }: Sums): QualityCount {
  return { key, name, count, percent: percentOf(sum, count * 100), failed }
}

function worstFirst(a: QualityCount, b: QualityCount): number {
  return (a.percent ?? 101) - (b.percent ?? 101) || (a.key < b.key ? -1 : 1)
}
