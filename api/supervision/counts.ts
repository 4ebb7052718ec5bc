import type { CaseKind } from '../../domain/status'
import { abandonedPercent } from '../../domain/pacing'
import { Prisma } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { pacingFigures } from '../../records/pacing'
import { currentPolicy } from '../../records/policy'

/** How things stand at one moment. */
export interface Counts {
  openCases: number
  /** Cases that wait for a person. */
  waiting: number
  ringing: number
  talking: number
  wrapUp: number
  needsAttention: number
  longestWaitSeconds: number
  keptToday: number
  brokenToday: number
  keptLastHour: number
  brokenLastHour: number
  /** Customer-first calls that found nobody in time, of all live calls in the policy's window. */
  abandonedCalls: number
  liveCalls: number
  abandonedPercent: number
  abandonedLimitPercent: number
}

/** Kinds of cases that last for weeks, mostly without a call. */
export const lastingKinds = ['dispute', 'disclosure', 'transfer_help'] as const satisfies CaseKind[]

/**
 * Counts for wallboard and metrics, in one statement. A promise is judged when its deadline passes or
 * the phone rings; what was flagged after its deadline counts as broken, by whoever flagged it late.
 */
export async function readCounts(db: Database, now = new Date()): Promise<Counts> {
  const midnight = new Date(now)
  midnight.setHours(0, 0, 0, 0)
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const [counts] = await db.$queryRaw<Omit<Counts, keyof Pacing>[]>`
    WITH judged AS (
      ${judged(now)} AND flagged_at >= least(${midnight}::timestamptz, ${hourAgo}::timestamptz) - interval '1 hour')
    SELECT
      (SELECT count(*)::int FROM risk_case WHERE status <> 'closed' AND kind <> ALL (${lastingKinds})) AS "openCases",
      (SELECT count(*)::int FROM risk_case WHERE status <> 'closed' AND waiting_since IS NOT NULL) AS "waiting",
      (SELECT count(*)::int FROM attempt WHERE status IN ('queued', 'ringing')) AS "ringing",
      (SELECT count(*)::int FROM risk_case WHERE status = 'talking') AS "talking",
      (SELECT count(*)::int FROM presence WHERE status = 'wrap_up' AND lease_until > ${now}) AS "wrapUp",
      (SELECT count(*)::int FROM risk_case WHERE status <> 'closed' AND needs_attention IS NOT NULL) AS "needsAttention",
      (SELECT coalesce(max(extract(epoch FROM ${now}::timestamptz - waiting_since)), 0)::int
         FROM risk_case WHERE status <> 'closed' AND waiting_since IS NOT NULL) AS "longestWaitSeconds",
      (SELECT count(*)::int FROM judged WHERE kept AND at >= ${midnight}) AS "keptToday",
      (SELECT count(*)::int FROM judged WHERE NOT kept AND at >= ${midnight}) AS "brokenToday",
      (SELECT count(*)::int FROM judged WHERE kept AND at >= ${hourAgo}) AS "keptLastHour",
      (SELECT count(*)::int FROM judged WHERE NOT kept AND at >= ${hourAgo}) AS "brokenLastHour"`
  if (!counts) throw new Error('the counts have no row')
  return { ...counts, ...(await readPacing(db)) }
}

const hoursShown = 12

/** Kept and broken promises of the last hours, the earliest first; an hour without any has zeros. */
export function readPromiseByHour(db: Database, now: Date): Promise<{ hour: Date; kept: number; broken: number }[]> {
  return db.$queryRaw`
    SELECT hour, count(kept) FILTER (WHERE kept)::int AS kept, count(kept) FILTER (WHERE NOT kept)::int AS broken
    FROM generate_series(date_trunc('hour', ${now}::timestamptz, 'UTC') - make_interval(hours => ${hoursShown - 1}), ${now}::timestamptz, interval '1 hour') AS hour
    LEFT JOIN (${judged(now)} AND flagged_at >= ${now}::timestamptz - make_interval(hours => ${hoursShown + 1})) AS promise
      ON date_trunc('hour', promise.at, 'UTC') = hour
    GROUP BY hour ORDER BY hour`
}

/** Promises that are kept or broken by now. */
function judged(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT coalesce(rang_at, deadline) AS at, rang_at IS NOT NULL AND rang_at <= deadline AND NOT late AS kept
    FROM flagged_payment WHERE (rang_at IS NOT NULL OR (deadline <= ${now} AND breach_step IS NOT NULL))`
}

type Pacing = Pick<Counts, 'abandonedCalls' | 'liveCalls' | 'abandonedPercent' | 'abandonedLimitPercent'>

async function readPacing(db: Database): Promise<Pacing> {
  const { pacing } = (await currentPolicy(db)).body
  const { live, abandoned } = await pacingFigures(sqlOf(db), pacing)
  return { liveCalls: live, abandonedCalls: abandoned, abandonedPercent: abandonedPercent({ live, abandoned }) ?? 0, abandonedLimitPercent: pacing.maxAbandonedPercent }
}
