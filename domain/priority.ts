import type { FlaggedPayment } from './flag'

/**
 * Priority of a payment at intake, 0 (least) to 100: mostly the risk score, with weight for large
 * amounts. A case has the highest priority of its payments, so joining may only raise it.
 */
export function priorityOf(flag: FlaggedPayment): number {
  const magnitude = Math.min(30, Math.round(Math.log10(flag.amount.amount) * 4))
  return Math.min(100, Math.round(flag.risk.score * 0.7) + magnitude)
}

/**
 * Temporal's priority key for a dial request, 1 (first) to 5, by the time left until the promise
 * breaks. A promise that is already broken goes first of all; a repeated attempt, whose promise is
 * kept, goes last.
 */
export function dialPriority(millisLeft: number, alreadyRang: boolean): 1 | 2 | 3 | 4 | 5 {
  if (alreadyRang) return 5
  if (millisLeft < 30_000) return 1
  if (millisLeft < 75_000) return 2
  if (millisLeft < 120_000) return 3
  return 4
}

/** What a case's place in the queue is made of. Times in epoch milliseconds. */
export interface Urgency {
  deadline: number
  /** 0 to 100 */
  priority: number
  /** The first phone has rung: no promise is owed any more. */
  hasRung: boolean
  /** The payer is on the line and hears an announcement. */
  onTheLine: boolean
  now: number
}

const millisPerPriorityPoint = 1_000
const millisThatARepetitionMayWait = 15 * 60_000

/**
 * The order in which cases get an agent, the earliest moment first, in epoch milliseconds. A payer on the
 * line goes before all. A promise counts by its deadline, and each point of priority as a second less; so
 * all that wait become more urgent at the same pace, and the order needs no recomputing. A repeated attempt
 * goes after those that still owe a ring, unless it has waited for very long.
 */
export function urgentAt({ deadline, priority, hasRung, onTheLine, now }: Urgency): number {
  if (onTheLine) return Math.min(deadline, now) - 86_400_000
  const due = hasRung ? now + millisThatARepetitionMayWait : deadline
  return due - priority * millisPerPriorityPoint
}
