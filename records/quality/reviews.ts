import { randomUUID } from 'node:crypto'
import { statesBefore, type ReviewReason, type ReviewState, type VersionKind } from '../../domain/quality/review'
import { scoreOf, type Answers } from '../../domain/quality/score'
import { inTransaction, type Database, type Sql } from '../database'
import { appendEvents, appendUnlessRecent, lockCase, type Actor } from '../timeline'
import { scorecardAt, type ScorecardVersion } from './scorecards'

/** Why something cannot be done with a review. */
export class ReviewRefused extends Error {
  constructor(
    readonly reason: 'unknown' | 'own_call' | 'not_yours' | 'state',
    message: string,
  ) {
    super(message)
  }
}

export interface ReviewRow {
  id: string
  caseId: string
  attemptId: string
  agentId: string | null
  reasons: ReviewReason[]
  state: ReviewState
  calibrates: string | null
  scorecardId: string | null
  scorecardVersion: number | null
  reviewerId: string | null
}

export interface Scoring {
  answers: Answers
  comment?: string | undefined
}

/** Locks the case, then the review. @throws ReviewRefused unknown, own_call */
async function lockReview(tx: Sql, reviewId: string, userId: string): Promise<ReviewRow> {
  const [known] = await tx.$queryRaw<{ caseId: string }[]>`SELECT case_id AS "caseId" FROM call_review WHERE id = ${reviewId}`
  if (!known) throw new ReviewRefused('unknown', 'There is no such review.')
  await lockCase(tx, known.caseId)
  const [row] = await tx.$queryRaw<ReviewRow[]>`
    SELECT id, case_id AS "caseId", attempt_id AS "attemptId", agent_id AS "agentId", reasons, state, calibrates,
      scorecard_id AS "scorecardId", scorecard_version AS "scorecardVersion", reviewer_id AS "reviewerId"
    FROM call_review WHERE id = ${reviewId}`
  if (row!.agentId === userId) throw new ReviewRefused('own_call', 'Nobody scores a call of their own.')
  return row!
}

function demandState({ state }: ReviewRow, to: ReviewState): void {
  if (!statesBefore(to).includes(state)) throw new ReviewRefused('state', `This review is ${state.replace('_', ' ')} by now.`)
}

function demandReviewer({ reviewerId }: ReviewRow, userId: string): void {
  if (reviewerId !== null && reviewerId !== userId) throw new ReviewRefused('not_yours', 'Somebody else reviews this call.')
}

/**
 * A supervisor opens a review: noted on the case before anything of it is shown.
 * @throws ReviewRefused unknown; own_call, for one's own are read as an agent
 */
export async function openReview(db: Database, reviewId: string, userId: string): Promise<ReviewRow> {
  return inTransaction(db, async (tx) => {
    const review = await lockReview(tx, reviewId, userId)
    await appendUnlessRecent(tx, review.caseId, { type: 'review_opened', actor: `supervisor:${userId}`, data: { reviewId } })
    return review
  })
}

/** Keeps what is answered so far; the first time it takes the review. @throws ReviewRefused */
export async function draftReview(db: Database, reviewId: string, userId: string, { scorecard, answers, comment }: Scoring & { scorecard: ScorecardVersion }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const review = await lockReview(tx, reviewId, userId)
    demandState(review, 'draft')
    demandReviewer(review, userId)
    await tx.$executeRaw`
      UPDATE call_review SET state = 'draft', reviewer_id = ${userId}, scorecard_id = ${scorecard.id}, scorecard_version = ${scorecard.version},
        draft = ${JSON.stringify(answers)}::jsonb, draft_comment = ${comment ?? null} WHERE id = ${reviewId}`
  })
}

/** Puts a review back among those that wait, whoever has begun it; what they had answered is gone. @throws ReviewRefused */
export async function releaseReview(db: Database, reviewId: string, userId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const review = await lockReview(tx, reviewId, userId)
    if (review.state !== 'draft' || review.calibrates !== null) throw new ReviewRefused('state', 'Only a review that was begun is put back.')
    await tx.$executeRaw`
      UPDATE call_review SET state = 'waiting', reviewer_id = NULL, scorecard_id = NULL, scorecard_version = NULL, draft = NULL, draft_comment = NULL WHERE id = ${reviewId}`
    await appendEvents(tx, review.caseId, [{ type: 'review_released', actor: `supervisor:${userId}`, data: { reviewId } }])
  })
}

/** Fixes what was answered; once more is a correction, which is a further version and goes to the agent anew. @throws ReviewRefused */
export async function submitReview(db: Database, reviewId: string, userId: string, scoring: Scoring & { scorecard: ScorecardVersion }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const review = await lockReview(tx, reviewId, userId)
    demandState(review, 'submitted')
    demandReviewer(review, userId)
    const again = review.state !== 'waiting' && review.state !== 'draft'
    await tx.$executeRaw`
      UPDATE call_review SET state = 'submitted', reviewer_id = ${userId}, scorecard_id = ${scoring.scorecard.id}, scorecard_version = ${scoring.scorecard.version},
        draft = NULL, draft_comment = NULL, submitted_at = coalesce(submitted_at, now()), agent_comment = NULL, agent_answered_at = NULL WHERE id = ${reviewId}`
    await addVersion(tx, review, userId, again ? 'corrected' : 'submitted', scoring)
  })
}

/** The last word on what the agent disputed, by somebody who has not scored it before. @throws ReviewRefused */
export async function settleReview(db: Database, reviewId: string, userId: string, scoring: Scoring): Promise<void> {
  await inTransaction(db, async (tx) => {
    const review = await lockReview(tx, reviewId, userId)
    demandState(review, 'settled')
    if (review.reviewerId === userId) throw new ReviewRefused('not_yours', 'Somebody else settles what your review found.')
    const scorecard = await scorecardOf(tx, review)
    await tx.$executeRaw`UPDATE call_review SET state = 'settled' WHERE id = ${reviewId}`
    await addVersion(tx, review, userId, 'settled', { ...scoring, scorecard })
  })
}

/** @throws when the review has no scorecard yet */
export async function scorecardOf(tx: Sql, { scorecardId, scorecardVersion }: Pick<ReviewRow, 'scorecardId' | 'scorecardVersion'>): Promise<ScorecardVersion> {
  const found = scorecardId !== null && scorecardVersion !== null ? await scorecardAt(tx, scorecardId, scorecardVersion) : undefined
  if (!found) throw new Error('the review has no scorecard')
  return found
}

async function addVersion(tx: Sql, { id, caseId }: ReviewRow, userId: string, kind: VersionKind, { scorecard, answers, comment }: Scoring & { scorecard: ScorecardVersion }): Promise<void> {
  const { earned, possible, percent, failed } = scoreOf(scorecard.settings, answers)
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    INSERT INTO review_version (review_id, version, kind, answers, comment, earned, possible, percent, failed, reviewer_id)
    SELECT ${id}, coalesce(max(version), 0) + 1, ${kind}, ${JSON.stringify(answers)}::jsonb, ${comment ?? null}, ${earned}, ${possible}, ${percent}, ${failed}, ${userId}
    FROM review_version WHERE review_id = ${id} RETURNING version`
  // No score here: whoever may read the case's timeline may not therefore read how a colleague did.
  await appendEvents(tx, caseId, [{ type: `review_${kind}`, actor: `supervisor:${userId}`, data: { reviewId: id, version: row!.version } }])
}

/** The agent agrees, or says why not; a calibration is none of theirs. @throws ReviewRefused */
export async function answerReview(db: Database, reviewId: string, agentId: string, answer: { disputed: boolean; comment?: string | undefined; actor: Actor }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [known] = await tx.$queryRaw<{ caseId: string }[]>`
      SELECT case_id AS "caseId" FROM call_review WHERE id = ${reviewId} AND agent_id = ${agentId} AND calibrates IS NULL AND submitted_at IS NOT NULL`
    if (!known) throw new ReviewRefused('unknown', 'There is no such review of a call of yours.')
    await lockCase(tx, known.caseId)
    const state: ReviewState = answer.disputed ? 'disputed' : 'acknowledged'
    const answered = await tx.$executeRaw`
      UPDATE call_review SET state = ${state}, agent_comment = ${answer.comment ?? null}, agent_answered_at = now() WHERE id = ${reviewId} AND state = ANY(${statesBefore(state)})`
    if (answered === 0) throw new ReviewRefused('state', 'This review was answered already.')
    await appendEvents(tx, known.caseId, [{ type: `review_${state}`, actor: answer.actor, data: { reviewId } }])
  })
}

/**
 * A second reviewer scores the same call on the same scorecard, for comparison; it counts nowhere else.
 * @returns the id of their own review
 * @throws ReviewRefused
 */
export async function calibrateReview(db: Database, reviewId: string, userId: string): Promise<string> {
  return inTransaction(db, async (tx) => {
    const review = await lockReview(tx, reviewId, userId)
    if (review.calibrates !== null || review.scorecardId === null || review.state === 'draft') throw new ReviewRefused('state', 'Only a review that is submitted is compared.')
    if (review.reviewerId === userId) throw new ReviewRefused('not_yours', 'Somebody else scores it for comparison.')
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO call_review (id, case_id, attempt_id, agent_id, reasons, state, calibrates, scorecard_id, scorecard_version, reviewer_id, draft)
      SELECT ${`review_${randomUUID()}`}, case_id, attempt_id, agent_id, ARRAY['calibration'], 'draft', id, scorecard_id, scorecard_version, ${userId}, '{}'::jsonb
      FROM call_review WHERE id = ${reviewId}
      ON CONFLICT (calibrates, reviewer_id) DO NOTHING RETURNING id`
    if (!row) throw new ReviewRefused('state', 'You have scored it for comparison already.')
    await appendEvents(tx, review.caseId, [{ type: 'review_calibration_begun', actor: `supervisor:${userId}`, data: { reviewId: row.id } }])
    return row.id
  })
}
