import { percentOfAnswer, type Answers } from '../../domain/quality/score'
import type { ReviewReason, ReviewState, VersionKind } from '../../domain/quality/review'
import { applies, questionsOf } from '../../domain/quality/scorecard'
import type { CallReview, ReviewVersion } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { newestScorecards, scorecardAt, type ScorecardVersion } from '../../records/quality/scorecards'
import { iso } from '../views/time'
import type { OwnReviewView, ReviewSummary, ReviewView } from './shapes'

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
