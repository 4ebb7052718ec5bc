import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ReviewReason } from '../../domain/quality/review'
import { drawn, weekAfter, weekOf, type Candidate, type SamplingPolicy } from '../../domain/quality/sampling'
import { inTransaction, sqlOf, type Database } from '../database'
import { currentPolicy, policyVersion } from '../policy'
import { appendEvents, lockCase, type Actor } from '../timeline'

export interface SamplingWeek {
  week: Date
  seed: string
  policyVersion: number
  closedAt: Date | null
}

/** What comes in late still belongs to its week. */
const lateMillis = 3_600_000

/** The weeks whose lots are drawn still: this one, and earlier ones that nobody has closed. Each gets its seed before its lots are known. */
export async function openWeeks(db: Database, now: Date): Promise<SamplingWeek[]> {
  const sql = sqlOf(db)
  const { version } = await currentPolicy(sql)
  const week = weekOf(now)
  // The one before too: nobody may have drawn while it lasted.
  for (const each of [new Date(week.getTime() - 1), week])
    await sql.$executeRaw`INSERT INTO quality_week (week, seed, policy_version) VALUES (${weekOf(each)}, ${randomBytes(16).toString('hex')}, ${version}) ON CONFLICT DO NOTHING`
  return sql.$queryRaw<SamplingWeek[]>`
    SELECT week, seed, policy_version AS "policyVersion", closed_at AS "closedAt" FROM quality_week WHERE closed_at IS NULL ORDER BY week`
}

/** A call's lot: its place between 0 and 1 under a seed, the same for whoever draws again. */
export function lotOf(seed: string, attemptId: string): number {
  return createHash('sha256').update(`${seed}:${attemptId}`).digest().readUIntBE(0, 6) / 2 ** 48
}

/** The agents who talked with somebody in a week. */
export async function agentsOf(db: Database, week: Date): Promise<string[]> {
  const rows = await sqlOf(db).$queryRaw<{ agentId: string }[]>`
    SELECT id AS "agentId" FROM staff_user u WHERE EXISTS (
      SELECT 1 FROM attempt WHERE agent_id = u.id AND contact_at IS NOT NULL AND ended_at >= ${week} AND ended_at < ${weekAfter(week)})
    ORDER BY id`
  return rows.map(({ agentId }) => agentId)
}

export interface CallToReview {
  attemptId: string
  caseId: string
  reason: ReviewReason
  week?: Date
}

/** The calls of one agent's week that its lots choose. */
export async function drawAgent(db: Database, { week, seed, policyVersion: version }: SamplingWeek, agentId: string, now: Date): Promise<CallToReview[]> {
  const policy: SamplingPolicy = (await policyVersion(sqlOf(db), version)).quality
  const calls = await sqlOf(db).$queryRaw<{ attemptId: string; caseId: string }[]>`
    SELECT id AS "attemptId", case_id AS "caseId" FROM attempt
    WHERE agent_id = ${agentId} AND contact_at IS NOT NULL AND ended_at >= ${week} AND ended_at < ${weekAfter(week)}`
  const candidates: Candidate[] = calls.map(({ attemptId }) => ({ attemptId, agentId, lot: lotOf(seed, attemptId) }))
  const chosen = drawn(candidates, policy, isOver(week, now))
  return calls.flatMap(({ attemptId, caseId }) => {
    const reason = chosen.get(attemptId)
    return reason ? [{ attemptId, caseId, reason, week }] : []
  })
}

function isOver(week: Date, now: Date): boolean {
  return now.getTime() >= weekAfter(week).getTime() + lateMillis
}

/** @returns whether the week is over, and so nothing of it is drawn any more */
export async function closeWeek(db: Database, { week }: SamplingWeek, now: Date): Promise<boolean> {
  if (!isOver(week, now)) return false
  return (await sqlOf(db).$executeRaw`UPDATE quality_week SET closed_at = ${now} WHERE week = ${week} AND closed_at IS NULL`) > 0
}

const backDays = 30

/**
 * Calls that are reviewed whatever the lots say, of the last thirty days: what became of the payment was a scam, the
 * decision was reversed afterwards, the payer disputed a payment that was talked about, or the payer found nobody.
 */
export async function alwaysReviewed(db: Database, { always }: SamplingPolicy): Promise<CallToReview[]> {
  const { scam, overturned, complaint, abandoned } = always
  return sqlOf(db).$queryRaw<CallToReview[]>`
    WITH about AS (
      SELECT case_id, 'scam' AS reason FROM flagged_payment WHERE ${scam} AND verdict = 'scam' AND verdict_at > now() - make_interval(days => ${backDays}::int)
      UNION SELECT case_id, 'overturned' FROM approval
        WHERE ${overturned} AND kind = 'unfreeze' AND outcome = 'approved' AND decided_at > now() - make_interval(days => ${backDays}::int)
      UNION SELECT p.case_id, 'overturned' FROM dispute d JOIN flagged_payment p ON p.id = d.payment_id
        WHERE ${overturned} AND d.decision = 'upheld' AND p.verdict = 'owner_confirmed' AND d.decided_at > now() - make_interval(days => ${backDays}::int)
      UNION SELECT p.case_id, 'complaint' FROM dispute d JOIN flagged_payment p ON p.id = d.payment_id
        WHERE ${complaint} AND p.verdict IS NOT NULL AND d.opened_at > p.verdict_at AND d.opened_at > now() - make_interval(days => ${backDays}::int)),
    calls AS (
      SELECT talk.id, talk.case_id, about.reason FROM about, LATERAL (
        SELECT a.id, a.case_id FROM attempt a WHERE a.case_id = about.case_id AND a.contact_at IS NOT NULL AND a.agent_id IS NOT NULL AND a.status = 'ended'
        ORDER BY a.number DESC LIMIT 1) talk
      UNION SELECT id, case_id, 'abandoned' FROM attempt WHERE ${abandoned} AND abandoned AND intended_at > now() - make_interval(days => ${backDays}::int))
    SELECT id AS "attemptId", case_id AS "caseId", reason FROM calls
    WHERE NOT EXISTS (SELECT 1 FROM call_review r WHERE r.attempt_id = calls.id AND r.calibrates IS NULL AND reason = ANY(r.reasons))
    ORDER BY id, reason`
}

/**
 * Puts a call among those to be reviewed, or adds a reason to one that is.
 * @returns its review; undefined when the reason was known, or the case has no such call
 */
export async function chooseCall(db: Database, { attemptId, caseId, reason, week }: CallToReview, actor: Actor): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await lockCase(tx, caseId))) return undefined
    const [chosen] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO call_review (id, case_id, attempt_id, agent_id, reasons, week)
      SELECT ${`review_${randomUUID()}`}, case_id, id, agent_id, ${[reason]}, ${week ?? null} FROM attempt
        WHERE id = ${attemptId} AND case_id = ${caseId} AND status = 'ended'
      ON CONFLICT (attempt_id) WHERE calibrates IS NULL DO UPDATE SET reasons = call_review.reasons || excluded.reasons, week = coalesce(call_review.week, excluded.week)
        WHERE NOT call_review.reasons && excluded.reasons
      RETURNING id`
    if (!chosen) return undefined
    await appendEvents(tx, caseId, [{ type: 'review_chosen', actor, data: { reviewId: chosen.id, attemptId, chosenFor: reason } }])
    return chosen.id
  })
}
