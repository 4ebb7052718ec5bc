/** Why a call is to be reviewed; a call may have several reasons. */
export const reviewReasons = ['agents_share', 'random', 'overturned', 'complaint', 'abandoned', 'scam', 'chosen', 'calibration'] as const
export type ReviewReason = (typeof reviewReasons)[number]

/** Where a review is. Once submitted it is fixed; a correction is a further version of it. */
export const reviewStates = ['waiting', 'draft', 'submitted', 'acknowledged', 'disputed', 'settled'] as const
export type ReviewState = (typeof reviewStates)[number]

const transitions: Record<ReviewState, readonly ReviewState[]> = {
  waiting: ['draft', 'submitted'],
  draft: ['draft', 'submitted'],
  // To itself by a correction.
  submitted: ['submitted', 'acknowledged', 'disputed'],
  // What the agent has agreed to is shown again when it is corrected.
  acknowledged: ['submitted'],
  disputed: ['settled'],
  // The second reviewer has had the last word.
  settled: [],
}

export function mayBecome(from: ReviewState, to: ReviewState): boolean {
  return transitions[from].includes(to)
}

/** The states from which a review may become this one. */
export function statesBefore(to: ReviewState): ReviewState[] {
  return reviewStates.filter((from) => mayBecome(from, to))
}

/** How a version of a review came about. */
export const versionKinds = ['submitted', 'corrected', 'settled'] as const
export type VersionKind = (typeof versionKinds)[number]
