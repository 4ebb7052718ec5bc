import { z } from 'zod'
import { answersSchema } from '../../domain/quality/score'
import { reviewReasons, reviewStates, versionKinds } from '../../domain/quality/review'
import { scorecardSchema } from '../../domain/quality/scorecard'
import { nullableTime, time } from '../views/time'

/** What reviews and their results look like over HTTP; the dashboard reads the same. */

const person = z.object({ id: z.string(), name: z.string() })
const percent = z.int().min(0).max(100).nullable().meta({ description: 'whole percent; null when nothing was to be judged' })

export const scorecardView = z.object({ id: z.string(), version: z.int(), settings: scorecardSchema }).meta({ id: 'Scorecard' })
export type ScorecardView = z.output<typeof scorecardView>

/** One row of the queue of reviews. */
export const summaryView = z
  .object({
    reviewId: z.string(),
    caseId: z.string(),
    attemptId: z.string(),
    calledAt: time,
    agent: person.nullable(),
    reasons: z.array(z.enum(reviewReasons)),
    state: z.enum(reviewStates),
    reviewer: person.nullable(),
    percent,
    failed: z.boolean(),
    submittedAt: nullableTime,
  })
  .meta({ id: 'ReviewSummary' })
export type ReviewSummary = z.output<typeof summaryView>

const versionView = z
  .object({ version: z.int(), kind: z.enum(versionKinds), at: time, reviewer: person, answers: answersSchema, comment: z.string().nullable(), percent, failed: z.boolean() })
  .meta({ id: 'ReviewVersion' })

const comparisonView = z
  .object({
    reviewId: z.string(),
    reviewer: person.nullable(),
    percent: percent.meta({ description: 'null until it is submitted' }),
    submitted: z.boolean(),
    differences: z.array(z.object({ questionId: z.string(), here: z.string(), there: z.string(), points: z.int().nullable().meta({ description: 'how far apart, in percent' }) })),
  })
  .meta({ id: 'ReviewComparison' })

export const reviewView = summaryView
  .extend({
    scorecard: scorecardView.nullable(),
    /** Those that are for this call, to choose from before it is submitted. */
    applicable: z.array(scorecardView),
    draft: z.object({ answers: answersSchema, comment: z.string().nullable() }).nullable(),
    versions: z.array(versionView),
    agentComment: z.string().nullable(),
    agentAnsweredAt: nullableTime,
    calibrates: z.string().nullable(),
    comparisons: z.array(comparisonView),
  })
  .meta({ id: 'Review' })
export type ReviewView = z.output<typeof reviewView>

/** What an agent sees of a review: no draft, and nobody's calibration. */
export const ownReviewView = reviewView.omit({ applicable: true, draft: true, calibrates: true, comparisons: true }).meta({ id: 'OwnReview' })
export type OwnReviewView = z.output<typeof ownReviewView>

const countSchema = z
  .object({ key: z.string(), name: z.string().nullable(), count: z.int(), percent: z.int().nullable(), failed: z.int() })
  .meta({ id: 'QualityCount' })
export const reportSchema = z
  .object({
    from: time,
    until: time,
    all: countSchema,
    byAgent: z.array(countSchema),
    byQuestion: z.array(countSchema),
    byWeek: z.array(countSchema),
    disputed: z.int(),
    settled: z.int(),
  })
  .meta({ id: 'QualityReport' })
export const weekSchema = z.object({ week: time, seed: z.string(), policyVersion: z.int(), closedAt: nullableTime, calls: z.int() }).meta({ id: 'SamplingWeek' })
export type QualityReport = z.output<typeof reportSchema>
export type QualityCount = QualityReport['all']
