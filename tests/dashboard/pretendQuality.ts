import { Router } from 'express'
import type { OwnReviewView, QualityReport, ReviewView, ScorecardView } from '../../dashboard/src/api/quality'
import { defaultScorecard } from '../../domain/quality/defaultScorecard'
import type { Answers } from '../../domain/quality/score'

const scorecard: ScorecardView = { id: 'scorecard_default', version: 2, settings: defaultScorecard }
const answers: Answers = { identified: 'yes', introduced: 'no', each_payment: 'yes', verdict_right: 'yes', scam_questions: 4, guidance: 'na', clear_calm: 5 }
const one = { id: 'supervisor-1', name: 'Supervisor One' }
const two = { id: 'supervisor-2', name: 'Supervisor Two' }
const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:08:00.000Z`
const version = { version: 1, kind: 'submitted', at: at(20), reviewer: one, answers, comment: 'Asked twice who the payee was: well done. Say first who is calling.', percent: 82, failed: false } as const

const waiting: ReviewView = {
  reviewId: 'review-1', caseId: 'case-closed', attemptId: 'attempt-1', calledAt: at(19), agent: { id: 'agent-1', name: 'Agent One' }, reasons: ['scam', 'agents_share'],
  state: 'waiting', reviewer: null, percent: null, failed: false, submittedAt: null, scorecard: null, applicable: [scorecard], draft: null, versions: [],
  agentComment: null, agentAnsweredAt: null, calibrates: null, comparisons: [],
}
const submitted: ReviewView = { ...waiting, reviewId: 'review-2', reasons: ['random'], state: 'submitted', reviewer: one, percent: 82, submittedAt: at(20), scorecard, applicable: [], versions: [version] }
const disputed: ReviewView = {
  ...submitted, reviewId: 'review-3', reviewer: two, versions: [{ ...version, reviewer: two }], state: 'disputed', agentComment: 'I did say who is calling, at 0:07.', agentAnsweredAt: at(21),
  comparisons: [{ reviewId: 'review-4', reviewer: one, percent: 90, submitted: true, differences: [{ questionId: 'introduced', here: 'no', there: 'yes', points: 100 }] }],
}

export const pretendReviews = [waiting, disputed, submitted]

const count = (key: string, name: string | null, percent: number, reviews: number, failed = 0) => ({ key, name, count: reviews, percent, failed })
const report: QualityReport = {
  from: at(1), until: at(22), disputed: 1, settled: 0,
  all: count('', null, 84, 24, 1),
  byAgent: [count('agent-2', 'Agent Two', 71, 9, 1), count('agent-1', 'Agent One', 91, 15)],
  byQuestion: [count('scorecard_default/introduced', null, 68, 24, 8), count('scorecard_default/clear_calm', null, 88, 24)],
  byWeek: [count('2026-11-02', null, 78, 7, 1), count('2026-11-09', null, 83, 9), count('2026-11-16', null, 90, 8)],
}

export function pretendQualityRoutes(): Router {
  const router = Router()
  const reviews = new Map(structuredClone(pretendReviews).map((review) => [review.reviewId, review]))
  const own = (): OwnReviewView[] => [submitted, disputed].map((review) => reviews.get(review.reviewId) ?? review)
  router.get('/supervision/reviews', (request, response) => {
    const { state } = request.query
    response.json({ reviews: [...reviews.values()].filter((review) => (state === 'open' ? ['waiting', 'draft', 'disputed'].includes(review.state) : review.state === state)) })
  })
  router.get('/supervision/reviews/:id', (request, response) => {
    const review = reviews.get(request.params.id)
    if (review) response.json(review)
    else response.status(404).type('application/problem+json').json({ type: 'about:blank', title: 'Problem', status: 404 })
  })
  router.put('/supervision/reviews/:id/draft', (request, response) => {
    const review: ReviewView = { ...waiting, ...reviews.get(request.params.id), state: 'draft', reviewer: one, scorecard, draft: { answers: (request.body as { answers: Answers }).answers, comment: null } }
    reviews.set(review.reviewId, review)
    response.json(review)
  })
  router.post('/supervision/reviews/:id/submit', (request, response) => {
    const given = request.body as { answers: Answers; comment?: string }
    const review: ReviewView = { ...waiting, ...reviews.get(request.params.id), state: 'submitted', reviewer: one, scorecard, draft: null, percent: 100, submittedAt: at(22), versions: [{ ...version, ...given, comment: given.comment ?? null, percent: 100 }] }
    reviews.set(review.reviewId, review)
    response.json(review)
  })
  router.get('/supervision/scorecards', (_request, response) => void response.json({ scorecards: [scorecard] }))
  router.get('/supervision/quality', (_request, response) => void response.json(report))
  router.get('/desk/reviews', (_request, response) => void response.json({ reviews: own() }))
  router.post('/desk/reviews/:id/dispute', (request, response) => {
    const review = reviews.get(request.params.id) ?? submitted
    reviews.set(review.reviewId, { ...review, state: 'disputed', agentComment: (request.body as { comment: string }).comment, agentAnsweredAt: at(22) })
    response.status(204).end()
  })
  return router
}
