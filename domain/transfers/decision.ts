import { maskForCompletion, type MaskedName } from './mask'
import type { TransferCheckPolicy } from './policy'
import type { TransferCheck } from './transferCheck'

export const transferDecisions = ['allowed', 'refused', 'name_required', 'name_shown'] as const
export type TransferDecision = (typeof transferDecisions)[number]

export const transferRefusals = ['real_name_required', 'too_many_names'] as const
export type TransferRefusal = (typeof transferRefusals)[number]

/** What the payer should know of the payee before money is sent. */
export const transferWarnings = ['payee_reported', 'payee_new', 'payee_renamed'] as const
export type TransferWarning = (typeof transferWarnings)[number]

export interface Protection {
  decision: TransferDecision
  refusal?: TransferRefusal
  warnings: TransferWarning[]
  /** What is to be completed. */
  name?: MaskedName
}

/** How many names of other payees this payer was shown in the last 24 hours. */
export interface NamesSeen {
  masked: number
  full: number
}

const dayMillis = 86_400_000

export function warningsOf({ payee }: TransferCheck, policy: TransferCheckPolicy, now: Date): TransferWarning[] {
  const within = (time: string | undefined, days: number) => time !== undefined && now.getTime() - Date.parse(time) < days * dayMillis
  const found: Record<TransferWarning, boolean> = {
    payee_reported: payee.reported,
    payee_new: within(payee.since, policy.newPayeeDays),
    payee_renamed: within(payee.renamedAt, policy.renamedDays),
  }
  return transferWarnings.filter((warning) => found[warning])
}

/**
 * What a transfer needs before the money goes. A full name is shown to few only: whoever has seen as many as policy
 * allows must complete the next one, and whoever has seen too many masked ones gets no further.
 */
export function protectTransfer(check: TransferCheck, policy: TransferCheckPolicy, seen: NamesSeen, now: Date): Protection {
  const warnings = warningsOf(check, policy, now)
  if (policy.realNameRequired && check.payer.realNameVerified !== true) return { decision: 'refused', refusal: 'real_name_required', warnings }
  const { amount } = check.amount
  const toBeShown = amount > policy.showNameAbove
  const toBeCompleted = amount > policy.completeNameAbove || (policy.completeNameWhenWarned && warnings.length > 0)
  if (!toBeShown && !toBeCompleted) return { decision: 'allowed', warnings }

  const name = maskForCompletion(check.payee.name, policy.guessChance / policy.tries)
  const mayShow = seen.full < policy.fullNamesPerDay
  // A name that is too easily guessed is no question; showing it is the better protection.
  if ((toBeShown || !name) && mayShow) return { decision: 'name_shown', warnings }
  if (!name || seen.masked >= policy.maskedNamesPerDay) return { decision: 'refused', refusal: 'too_many_names', warnings }
  return { decision: 'name_required', warnings, name }
}
