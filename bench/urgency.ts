import type { temporal } from '@temporalio/proto'
import { urgentAt } from '../domain/priority'

/** Somebody waited for something that is handed out to one after the other: a free agent, a turn to dial. */
export interface HandOut {
  /** Epoch milliseconds. */
  waitingSince: number
  at: number
  /** Compared element by element; the lesser goes first. */
  rank: number[]
}

export interface Overtakings {
  handedOut: number
  /** How many went before somebody more urgent who had been waiting. */
  overtook: number
}

// Whoever came less than this before may be on its way still; whoever is served this soon after was served together.
const fairStartMillis = 1_000
const togetherMillis = 250

/** Counts those that were served while somebody more urgent had been waiting for a second. */
export function overtakings(handOuts: HandOut[]): Overtakings {
  const overtook = handOuts.filter((one) =>
    handOuts.some((other) => other.waitingSince < one.at - fairStartMillis && other.at > one.at + togetherMillis && before(other.rank, one.rank)),
  )
  return { handedOut: handOuts.length, overtook: overtook.length }
}

function before(a: number[], b: number[]): boolean {
  const differs = a.findIndex((value, index) => value !== b[index])
  return differs !== -1 && a[differs]! < b[differs]!
}

/** Turns to dial: from the decision to dial until the dialling queue let it out, by Temporal's priority key. */
export function dialHandOuts({ events }: temporal.api.history.v1.IHistory): HandOut[] {
  const scheduled = (events ?? []).find((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'dial')
  const started = (events ?? []).find((event) => event.activityTaskStartedEventAttributes?.scheduledEventId?.eq(scheduled?.eventId ?? -1))
  if (!scheduled || !started) return []
  const rank = [scheduled.activityTaskScheduledEventAttributes!.priority?.priorityKey ?? 3]
  return [{ waitingSince: millis(scheduled.eventTime), at: millis(started.eventTime), rank }]
}

const looks = ['openCase', 'reserveAgent']

/**
 * Agents: from the first look for one until the offer, in the order of the queue. A case that was dialled without an
 * agent has left that queue, and its payer gets one out of turn.
 */
export function offerHandOuts(
  theCase: { priority: number; deadline: Date; offers: { createdAt: Date }[]; attempts: { intendedAt: Date }[] },
  { events }: temporal.api.history.v1.IHistory,
): HandOut[] {
  const [first] = theCase.offers
  const look = (events ?? []).find((event) => looks.includes(event.activityTaskScheduledEventAttributes?.activityType?.name ?? ''))
  const looked = (events ?? []).find((event) => event.activityTaskCompletedEventAttributes?.scheduledEventId?.eq(look?.eventId ?? -1))
  if (!first || !looked || theCase.attempts.some(({ intendedAt }) => intendedAt < first.createdAt)) return []
  const at = first.createdAt.getTime()
  return [{ waitingSince: Math.min(at, millis(looked.eventTime)), at, rank: [urgentAt({ ...theCase, deadline: theCase.deadline.getTime(), hasRung: false, onTheLine: false, now: at })] }]
}

function millis(time: temporal.api.history.v1.IHistoryEvent['eventTime']): number {
  return Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6
}
