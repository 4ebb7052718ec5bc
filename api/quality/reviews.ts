import { z } from 'zod'
import { freeText, oneLine } from '../../domain/text'
import { reviewReasons, reviewStates } from '../../domain/quality/review'
import { answersSchema, faultsOf, type Answers } from '../../domain/quality/score'
import { sqlOf } from '../../records/database'
import { calibrateReview, draftReview, openReview, releaseReview, ReviewRefused, scorecardOf, settleReview, submitReview, type ReviewRow } from '../../records/quality/reviews'
import { chooseCall } from '../../records/quality/sampling'
import type { ScorecardVersion } from '../../records/quality/scorecards'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, forbidden, invalid, notFound } from '../problem'
import type { SupervisionDeps } from '../supervision/supervision'
import { tag } from '../supervision/watching'
import { reviewParams } from '../views/ids'
import { reviewView, summaryView } from './shapes'
import { namesIn, readReview, storedReview, summaryOf } from './view'

const path = '/v1/supervision/reviews'
const shown = 200
const query = z.strictObject({
  state: z.enum(['open', ...reviewStates]).default('open').meta({ description: 'open: waiting, begun or disputed' }),
  agentId: oneLine(128).optional(),
  reason: z.enum(reviewReasons).optional(),
})
const remark = freeText(4_000).optional()
const scoringSchema = z
  .strictObject({ scorecardId: oneLine(128).optional().meta({ description: 'before it is submitted; the first that is for the call unless said' }), answers: answersSchema, comment: remark })
  .meta({ id: 'Scoring' })
const settlingSchema = z.strictObject({ answers: answersSchema, comment: freeText(4_000).min(3) })
const example = { answers: { identified: 'yes', introduced: 'yes', scam_questions: 4 }, comment: 'Asked twice who the payee was: well done.' }
const refused = {
  403: { description: 'It is a call of your own, or somebody else’s review.' },
  404: { description: 'There is no such review.' },
  409: { description: 'Its state does not allow it any more.' },
}
const done = { 200: { description: 'As it is now.', schema: reviewView }, ...refused }

/** Calls that are to be scored, and scoring them. Opening one is an event of its case. */
export function reviewEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const access = gate.staff('supervisor')

  /** The scorecard in question: what the review has, or what was chosen of those in force. */
  async function scorecardFor(review: ReviewRow, wanted: string | undefined): Promise<ScorecardVersion> {
    if (review.state !== 'waiting' && review.state !== 'draft') return scorecardOf(sqlOf(db), review)
    if (review.calibrates !== null) return scorecardOf(sqlOf(db), review)
    const pinned = review.scorecardId !== null && review.scorecardVersion !== null && (wanted ?? review.scorecardId) === review.scorecardId
    if (pinned) return scorecardOf(sqlOf(db), review)
    const { applicable } = await readReview(db, review.id)
    const found = wanted === undefined ? applicable[0] : applicable.find(({ id }) => id === wanted)
    if (!found) throw invalid([{ field: 'scorecardId', message: 'expected a scorecard in force that is for this call' }])
    return found
  }

  function demandAnswers(scorecard: ScorecardVersion, answers: Answers, whole: boolean): void {
    const faults = faultsOf(scorecard.settings, answers, whole)
    if (faults.length > 0) throw invalid(faults)
  }

  return [
    endpoint({
      method: 'get',
      path,
      tag,
      summary: 'Calls that are to be reviewed, or were',
      description: 'The oldest first, at most 200. Which calls these are says the policy (`quality`): each agent’s share of a week by lot, a share of all, and always what went wrong.',
      access,
      query,
      answers: { 200: { description: 'The reviews, without calibrations of others.', schema: z.object({ reviews: z.array(summaryView) }) } },
      async handle({ caller, query: { state, agentId, reason } }) {
        const states = state === 'open' ? ['waiting', 'draft', 'disputed'] : [state]
        const rows = await db.callReview.findMany({
          where: {
            state: { in: states },
            OR: [{ calibrates: null }, { reviewerId: caller.id }],
            ...(agentId ? { agentId } : {}),
            ...(reason ? { reasons: { has: reason } } : {}),
          },
          include: storedReview,
          orderBy: state === 'open' ? [{ chosenAt: 'asc' }, { id: 'asc' }] : [{ submittedAt: 'desc' }, { id: 'asc' }],
          take: shown,
        })
        const names = await namesIn(db, rows)
        return { reviews: rows.map((row) => summaryOf(row, names)) }
      },
    }),
    endpoint({
      method: 'post',
      path,
      tag,
      summary: 'Choose a call to be reviewed',
      access,
      body: z.strictObject({ caseId: oneLine(128), attemptId: oneLine(128) }),
      bodyExample: { caseId: 'case_0a1b2c', attemptId: 'case_0a1b2c.1' },
      answers: { 201: { description: 'Among those that wait.', schema: reviewView }, 403: refused[403], 409: { description: 'There is no such ended call, or it was chosen already.' } },
      async handle({ caller, body: { caseId, attemptId }, response }) {
        const id = await chooseCall(db, { caseId, attemptId, reason: 'chosen' }, actorOf(caller))
        if (id === undefined) throw conflict('There is no such call that has ended, or it was chosen for review already.')
        await openReview(db, id, caller.id).catch(inWords)
        response.locals.status = 201
        return readReview(db, id)
      },
    }),
    endpoint({
      method: 'get',
      path: `${path}/:reviewId`,
      tag,
      summary: 'Open a review',
      description: 'An event of the case, once a minute. Nobody opens a review of a call of their own here.',
      access,
      params: reviewParams,
      answers: { 200: { description: 'The review.', schema: reviewView }, 403: refused[403], 404: refused[404] },
      async handle({ caller, params: { reviewId } }) {
        await openReview(db, reviewId, caller.id).catch(inWords)
        return readReview(db, reviewId)
      },
    }),
    endpoint({
      method: 'put',
      path: `${path}/:reviewId/draft`,
      tag,
      summary: 'Keep what is answered so far',
      description: 'The first one takes the review: others cannot score it until it is put back.',
      access,
      params: reviewParams,
      body: scoringSchema,
      bodyExample: example,
      answers: done,
      async handle({ caller, params: { reviewId }, body: { scorecardId, answers, comment } }) {
        const review = await openReview(db, reviewId, caller.id).catch(inWords)
        const scorecard = await scorecardFor(review, scorecardId)
        demandAnswers(scorecard, answers, false)
        await draftReview(db, reviewId, caller.id, { scorecard, answers, comment }).catch(inWords)
        return readReview(db, reviewId)
      },
    }),
    endpoint({
      method: 'post',
      path: `${path}/:reviewId/release`,
      tag,
      summary: 'Put a review that somebody has begun back among those that wait',
      access,
      params: reviewParams,
      answers: { 204: { description: 'It waits.' }, ...refused },
      handle: async ({ caller, params: { reviewId } }) => releaseReview(db, reviewId, caller.id).catch(inWords),
    }),
    endpoint({
      method: 'post',
      path: `${path}/:reviewId/submit`,
      tag,
      summary: 'Submit a review, or correct one',
      description: 'Every question needs an answer. It is fixed then and the agent sees it; submitting again is a correction, which is a further version, by the same reviewer.',
      access,
      params: reviewParams,
      body: scoringSchema,
      bodyExample: example,
      answers: { ...done, 422: { description: 'A question has no answer, or one that it does not take.' } },
      async handle({ caller, params: { reviewId }, body: { scorecardId, answers, comment } }) {
        const review = await openReview(db, reviewId, caller.id).catch(inWords)
        const scorecard = await scorecardFor(review, scorecardId)
        demandAnswers(scorecard, answers, true)
        await submitReview(db, reviewId, caller.id, { scorecard, answers, comment }).catch(inWords)
        return readReview(db, reviewId)
      },
    }),
    endpoint({
      method: 'post',
      path: `${path}/:reviewId/settle`,
      tag,
      summary: 'Settle a review that the agent disputes',
      description: 'By somebody who has not scored it. The last word: a further version, with a comment.',
      access,
      params: reviewParams,
      body: settlingSchema,
      bodyExample: example,
      answers: { ...done, 422: { description: 'A question has no answer, or one that it does not take; or there is no comment.' } },
      async handle({ caller, params: { reviewId }, body }) {
        const review = await openReview(db, reviewId, caller.id).catch(inWords)
        if (review.state !== 'disputed') throw conflict('Only a review that the agent disputes is settled.')
        demandAnswers(await scorecardOf(sqlOf(db), review), body.answers, true)
        await settleReview(db, reviewId, caller.id, body).catch(inWords)
        return readReview(db, reviewId)
      },
    }),
    endpoint({
      method: 'post',
      path: `${path}/:reviewId/calibration`,
      tag,
      summary: 'Score the same call for comparison',
      description: 'On the same scorecard, by somebody else; it counts in no result. The difference shows once you have submitted.',
      access,
      params: reviewParams,
      answers: { 201: { description: 'Your own review, begun.', schema: reviewView }, ...refused },
      async handle({ caller, params: { reviewId }, response }) {
        const id = await calibrateReview(db, reviewId, caller.id).catch(inWords)
        response.locals.status = 201
        return readReview(db, id)
      },
    }),
  ]
}

/** Says in words why something cannot be done with a review. */
export function inWords(error: unknown): never {
  if (!(error instanceof ReviewRefused)) throw error
  if (error.reason === 'unknown') throw notFound(error.message)
  throw error.reason === 'state' ? conflict(error.message) : forbidden(error.message)
}
