import type { ReviewReason } from './review'

/** Which calls are reviewed. Shares are of a week's calls, Monday to Monday, in UTC. */
export interface SamplingPolicy {
  /** At least so many of each agent's calls, drawn by lot. */
  perAgentPerWeek: number
  /** Of all calls so many per cent, drawn by lot. */
  sharePercent: number
  always: { overturned: boolean; complaint: boolean; abandoned: boolean; scam: boolean }
}

/** Version 1. */
export const defaultSampling: SamplingPolicy = {
  perAgentPerWeek: 3,
  sharePercent: 1,
  always: { overturned: true, complaint: true, abandoned: true, scam: true },
}

export interface Candidate {
  attemptId: string
  agentId: string
  /** The call's lot under the week's seed: 0 up to, but not, 1. */
  lot: number
}

/**
 * The calls that the lots of a week choose. A call's lot depends on the week's seed and its own id alone, and the
 * lowest are taken: every call of an agent has the same chance, and whoever draws again with the same seed gets the same.
 * @param weekIsOver each agent's number is filled up then; before, a later call might have a lower lot
 */
export function drawn(candidates: readonly Candidate[], policy: SamplingPolicy, weekIsOver: boolean): Map<string, ReviewReason> {
  const chosen = new Map<string, ReviewReason>()
  const inOrder = candidates.toSorted((a, b) => a.lot - b.lot || (a.attemptId < b.attemptId ? -1 : 1))
  const taken = new Map<string, number>()
  for (const { attemptId, agentId, lot } of inOrder) {
    const had = taken.get(agentId) ?? 0
    if (lot < policy.sharePercent / 100) chosen.set(attemptId, 'random')
    else if (weekIsOver && had < policy.perAgentPerWeek) chosen.set(attemptId, 'agents_share')
    else continue
    taken.set(agentId, had + 1)
  }
  return chosen
}

const day = 86_400_000

/** The Monday at or before a moment, 00:00 UTC. */
export function weekOf(at: Date): Date {
  const midnight = Math.floor(at.getTime() / day) * day
  // The epoch was a Thursday.
  return new Date(midnight - ((midnight / day + 3) % 7) * day)
}

export function weekAfter(week: Date): Date {
  return new Date(week.getTime() + 7 * day)
}
