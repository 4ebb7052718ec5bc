/** The steps between a payment and the ring of the phone, in order. */
export const promiseSteps = ['flagged_late', 'intake', 'agent_search', 'dial_queue', 'provider'] as const
export type PromiseStep = (typeof promiseSteps)[number]

/** When each step ended, in epoch milliseconds; undefined = not yet. */
export interface PromiseTimes {
  paidAt: number
  flaggedAt: number
  acknowledgedAt?: number
  intendedAt?: number
  requestedAt?: number
  rangAt?: number
}

/**
 * Names the step that used up most of the time until the ring, or until now while nothing rang.
 * `dial_queue` is the wait between the decision to dial and the provider's acceptance.
 */
export function slowestStep(times: PromiseTimes, now: number): PromiseStep {
  const ends = [times.flaggedAt, times.acknowledgedAt, times.intendedAt, times.requestedAt, times.rangAt]
  let from = times.paidAt
  let slowest: PromiseStep = 'flagged_late'
  let longest = -1
  for (const [index, step] of promiseSteps.entries()) {
    const until = ends[index] ?? now
    if (until - from > longest) {
      longest = until - from
      slowest = step
    }
    if (ends[index] === undefined) break
    from = Math.max(from, until)
  }
  return slowest
}
