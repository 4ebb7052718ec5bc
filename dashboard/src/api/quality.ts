import type { OwnReviewView, QualityReport, ReviewSummary, ReviewView, ScorecardView } from '../../../api/quality/shapes'
import type { ReviewState } from '../../../domain/quality/review'
import type { Answers } from '../../../domain/quality/score'
import type { Scorecard } from '../../../domain/quality/scorecard'
import { request } from './request'

export type { OwnReviewView, QualityCount, QualityReport, ReviewSummary, ReviewView, ScorecardView } from '../../../api/quality/shapes'

export interface Scoring {
  scorecardId?: string
  answers: Answers
  comment?: string
}

const part = encodeURIComponent
const one = (reviewId: string) => `/v1/supervision/reviews/${part(reviewId)}`

export const quality = {
  reviews: async (state: ReviewState | 'open') => (await request<{ reviews: ReviewSummary[] }>('GET', `/v1/supervision/reviews?state=${state}`)).reviews,
  choose: (caseId: string, attemptId: string) => request<ReviewView>('POST', '/v1/supervision/reviews', { caseId, attemptId }),
  review: (reviewId: string) => request<ReviewView>('GET', one(reviewId)),
  draft: (reviewId: string, scoring: Scoring) => request<ReviewView>('PUT', `${one(reviewId)}/draft`, scoring),
  submit: (reviewId: string, scoring: Scoring) => request<ReviewView>('POST', `${one(reviewId)}/submit`, scoring),
  settle: (reviewId: string, scoring: Scoring) => request<ReviewView>('POST', `${one(reviewId)}/settle`, scoring),
  release: (reviewId: string) => request<void>('POST', `${one(reviewId)}/release`, {}),
  calibrate: (reviewId: string) => request<ReviewView>('POST', `${one(reviewId)}/calibration`, {}),
  report: (from: string) => request<QualityReport>('GET', `/v1/supervision/quality?${new URLSearchParams({ from })}`),
  scorecards: async () => (await request<{ scorecards: ScorecardView[] }>('GET', '/v1/supervision/scorecards')).scorecards,
  saveScorecard: (card: ScorecardView | undefined, settings: Scorecard) =>
    card === undefined
      ? request<ScorecardView>('POST', '/v1/supervision/scorecards', settings)
      : request<ScorecardView>('PUT', `/v1/supervision/scorecards/${part(card.id)}`, { since: card.version, settings }),
  own: async () => (await request<{ reviews: OwnReviewView[] }>('GET', '/v1/desk/reviews')).reviews,
  acknowledge: (reviewId: string) => request<void>('POST', `/v1/desk/reviews/${part(reviewId)}/acknowledge`, {}),
  dispute: (reviewId: string, comment: string) => request<void>('POST', `/v1/desk/reviews/${part(reviewId)}/dispute`, { comment }),
}
