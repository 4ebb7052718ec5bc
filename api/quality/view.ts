import { z } from 'zod'
import { percentOfAnswer, answersSchema, type Answers } from '../../domain/quality/score'
import { reviewReasons, reviewStates, versionKinds, type ReviewReason, type ReviewState, type VersionKind } from '../../domain/quality/review'
import { applies, questionsOf, scorecardSchema } from '../../domain/quality/scorecard'
import type { CallReview, ReviewVersion } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { newestScorecards, scorecardAt, type ScorecardVersion } from '../../records/quality/scorecards'
import { iso, nullableTime, time } from '../views/time'

const person = z.object({ id: z.string(), name: z.string() })
const percent = z.int().min(0).max(100).nullable().meta({ description: 'whole percent; null when nothing was to be judged' })

export const scorecardView = z.object({ id: z.string(), version: z.int(), settings: scorecardSchema }).meta({ id: 'Scorecard' })

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

type Stored = CallReview & { versions: ReviewVersion[]; attempt: { intendedAt: Date; answeredAt: Date | null } }

export const storedReview = {
  versions: { orderBy: { version: 'asc' } },
  attempt: { select: { intendedAt: true, answeredAt: true } },
} as const

export type Names = ReadonlyMap<string, string>

/** The names of everybody who occurs in these reviews. */
export async function namesIn(db: Database, reviews: readonly Stored[]): Promise<Names> {
  const ids = reviews.flatMap(({ agentId, reviewerId, versions }) => [agentId, reviewerId, ...versions.map((one) => one.reviewerId)]).filter((id) => id !== null)
  const people = await db.staffUser.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}

function named(id: string, names: Names): { id: string; name: string }
function named(id: string | null, names: Names): { id: string; name: string } | null
function named(id: string | null, names: Names) {
  return id === null ? null : { id, name: names.get(id) ?? id }
}

export function summaryOf(row: Stored, names: Names): ReviewSummary {
  const last = row.versions.at(-1)
  return {
    reviewId: row.id,
    caseId: row.caseId,
    attemptId: row.attemptId,
    calledAt: iso(row.attempt.answeredAt ?? row.attempt.intendedAt),
    agent: named(row.agentId, names),
    reasons: row.reasons as ReviewReason[],
    state: row.state as ReviewState,
    reviewer: named(row.reviewerId, names),
    percent: last?.percent ?? null,
    failed: last?.failed ?? false,
    submittedAt: iso(row.submittedAt),
  }
}

export async function ownReview(db: Database, row: Stored, names: Names): Promise<OwnReviewView> {
  const pinned = row.scorecardId === null || row.scorecardVersion === null ? undefined : await scorecardAt(sqlOf(db), row.scorecardId, row.scorecardVersion)
  return {
    ...summaryOf(row, names),
    scorecard: pinned ?? null,
    versions: row.versions.map((one) => ({
      version: one.version,
      kind: one.kind as VersionKind,
      at: iso(one.at),
      reviewer: named(one.reviewerId, names),
      answers: one.answers as Answers,
      comment: one.comment,
      percent: one.percent,
      failed: one.failed,
    })),
    agentComment: row.agentComment,
    agentAnsweredAt: iso(row.agentAnsweredAt),
  }
}

/** A review as supervisors see it. What was scored for comparison shows once both have submitted. */
export async function readReview(db: Database, reviewId: string): Promise<ReviewView> {
  const row = await db.callReview.findUniqueOrThrow({ where: { id: reviewId }, include: storedReview })
  const others = await db.callReview.findMany({
    where: row.calibrates === null ? { calibrates: row.id } : { id: row.calibrates },
    include: storedReview,
    orderBy: { chosenAt: 'asc' },
  })
  const names = await namesIn(db, [row, ...others])
  const own = await ownReview(db, row, names)
  const mine = row.versions.at(-1)
  return {
    ...own,
    applicable: row.scorecardId === null || row.state === 'draft' ? await applicableTo(db, row) : [],
    draft: row.draft === null ? null : { answers: row.draft as Answers, comment: row.draftComment },
    calibrates: row.calibrates,
    comparisons: others.map((other) => {
      const theirs = other.versions[0]
      const shown = mine && theirs && own.scorecard ? differencesOf(own.scorecard, mine.answers as Answers, theirs.answers as Answers) : []
      return { reviewId: other.id, reviewer: named(other.reviewerId, names), submitted: theirs !== undefined, percent: mine ? (theirs?.percent ?? null) : null, differences: shown }
    }),
  }
}

async function applicableTo(db: Database, { caseId, calibrates }: CallReview): Promise<ScorecardVersion[]> {
  // Both must have scored the same, or there is nothing to compare.
  if (calibrates !== null) return []
  const all = await newestScorecards(sqlOf(db))
  const found = await db.riskCase.findUniqueOrThrow({ where: { id: caseId }, select: { kind: true, queueId: true, payments: { select: { verdict: true } } } })
  const call = { kind: found.kind, queueId: found.queueId, verdicts: found.payments.flatMap(({ verdict }) => verdict ?? []) }
  return all.filter(({ settings }) => applies(settings, call))
}

function differencesOf({ settings }: ScorecardVersion, here: Answers, there: Answers): ReviewView['comparisons'][number]['differences'] {
  return questionsOf(settings).flatMap(({ id }) => {
    const [a, b] = [here[id] ?? 'na', there[id] ?? 'na']
    if (a === b) return []
    const [x, y] = [percentOfAnswer(a), percentOfAnswer(b)]
    return [{ questionId: id, here: String(a), there: String(b), points: x === null || y === null ? null : Math.abs(x - y) }]
  })
}
