import { sqlOf, type Database } from './database'
import type { RetentionDays } from './retention'

/** Of one kind: how much the next run would take, since when the oldest is there, and how much legal holds keep from it. */
export interface Due {
  due: number
  oldest: Date | null
  held: number
}

export interface RetentionOutlook {
  recordings: Due
  cases: Due
  paymentChecks: Due
  transferChecks: Due
  /** Cases under legal hold. */
  onHold: number
}

/** What the next run would delete and erase, without doing it. */
export async function retentionOutlook(db: Database, { recordings, personalData, checks }: RetentionDays): Promise<RetentionOutlook> {
  const sql = sqlOf(db)
  const one = (rows: Due[]) => rows[0]!
  const [holds] = await sql.$queryRaw<{ onHold: number }[]>`SELECT count(*)::int AS "onHold" FROM legal_hold`
  return {
    recordings: one(
      await sql.$queryRaw<Due[]>`
        SELECT count(*) FILTER (WHERE NOT held)::int AS due, min(at) FILTER (WHERE NOT held) AS oldest, count(*) FILTER (WHERE held)::int AS held
        FROM (SELECT r.asked_at AS at, EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = r.case_id) AS held FROM recording r JOIN attempt a ON a.id = r.attempt_id
          WHERE r.deleted_at IS NULL AND r.asked_at < now() - make_interval(days => ${recordings}::int) AND a.status = 'ended') d`,
    ),
    cases: one(
      await sql.$queryRaw<Due[]>`
        SELECT count(*) FILTER (WHERE NOT held)::int AS due, min(at) FILTER (WHERE NOT held) AS oldest, count(*) FILTER (WHERE held)::int AS held
        FROM (SELECT c.closed_at AS at, EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = c.id) AS held FROM risk_case c
          WHERE c.closed_at < now() - make_interval(days => ${personalData}::int) AND c.erased_at IS NULL) d`,
    ),
    paymentChecks: one(
      await sql.$queryRaw<Due[]>`
        SELECT count(*) FILTER (WHERE NOT held)::int AS due, min(at) FILTER (WHERE NOT held) AS oldest, count(*) FILTER (WHERE held)::int AS held
        FROM (SELECT k.opened_at AS at, k.payer_id IN (SELECT c.payer_id FROM legal_hold h JOIN risk_case c ON c.id = h.case_id) AS held FROM payment_check k
          WHERE k.case_id IS NULL AND k.erased_at IS NULL AND k.opened_at < now() - make_interval(days => ${checks}::int)) d`,
    ),
    transferChecks: one(
      await sql.$queryRaw<Due[]>`
        SELECT count(*) FILTER (WHERE NOT held)::int AS due, min(at) FILTER (WHERE NOT held) AS oldest, count(*) FILTER (WHERE held)::int AS held
        FROM (SELECT k.created_at AS at, k.payer_id IN (SELECT c.payer_id FROM legal_hold h JOIN risk_case c ON c.id = h.case_id) AS held FROM transfer_check k
          WHERE k.erased_at IS NULL AND k.created_at < now() - make_interval(days => ${checks}::int)) d`,
    ),
    onHold: holds!.onHold,
  }
}
