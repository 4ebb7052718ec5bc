import type { Money } from '../money'
import type { VersionedPolicy } from '../policy'

/** What went wrong: it went to somebody else by mistake, or to somebody who pretended to be a friend or an office. */
export const helpKinds = ['wrong_transfer', 'impersonation'] as const
export type HelpKind = (typeof helpKinds)[number]

/** Where a case of help is. */
export const helpStatuses = ['received', 'contacting', 'returning', 'mediation', 'evidence', 'closed'] as const
export type HelpStatus = (typeof helpStatuses)[number]

/** `settled`: both sides agreed to less than all of it, and that has come back. */
export const helpOutcomes = ['returned', 'settled', 'part_returned', 'not_returned'] as const
export type HelpOutcome = (typeof helpOutcomes)[number]

const transitions: Record<HelpStatus, readonly HelpStatus[]> = {
  received: ['contacting'],
  contacting: ['returning', 'mediation', 'closed'],
  returning: ['mediation', 'evidence', 'closed'],
  mediation: ['returning', 'evidence', 'closed'],
  evidence: ['closed'],
  closed: [],
}

/** The statuses from which one may be reached. */
export function helpStatusesBefore(to: HelpStatus): HelpStatus[] {
  return helpStatuses.filter((from) => transitions[from].includes(to))
}

export const payeeAnswers = ['return', 'refuse'] as const

/** What the payee says: all of it or an amount, at once or in parts; or no. */
export interface PayeeAnswer {
  answer: (typeof payeeAnswers)[number]
  /** Minor units of the transfer's currency; without it, all of it. */
  amount?: number | undefined
  /** Without it, at once. */
  instalments?: number | undefined
  reason?: string | undefined
  /** `payee`, by a key or the link, or the member of staff who heard it. */
  by: string
}

/** How mediation ended; with an agreement, on what. */
export type MediationEnd = { agreed: true; amount: number; instalments: number } | { agreed: false }

/** One part of what comes back. */
export interface Instalment {
  number: number
  /** Epoch milliseconds. */
  dueAt: number
  /** Minor units. */
  amount: number
}

/** `late`: not all of it was there when it was due; `missed`: nor at the end of the days of grace. */
export const instalmentStates = ['due', 'returned', 'late', 'missed'] as const
export type InstalmentState = (typeof instalmentStates)[number]

export interface Payee {
  id: string
  name: string
  phone?: string | undefined
  locale: string
}

/** The input of the workflow `transferHelp`. Durations in milliseconds. */
export interface TransferHelpInput {
  caseId: string
  transferId: string
  kind: HelpKind
  payerId: string
  amount: Money
  payee: Payee
  policy: VersionedPolicy
  openedAt: string
  rules: HelpRules
}

/** The policy's part of a case of help, as its workflow counts. Durations in milliseconds. */
export interface HelpRules {
  payeeAttempts: number
  payeeRetryMillis: number
  payeeAnswerMillis: number
  mediationMillis: number
  instalmentMillis: number
  graceMillis: number
  maxInstalments: number
  holdMillis: number
  whenHoldEnds: 'release' | 'return'
}

export function transferHelpWorkflowId(caseId: string): string {
  return `transfer-help/${caseId}`
}

/**
 * The parts in which an agreed amount comes back: what is held is the first, and the rest is spread evenly over the
 * others, with the odd minor units at the end.
 * @param now epoch milliseconds, when the first is due
 * @param between milliseconds from one to the next
 */
export function instalmentsOf(agreed: number, held: number, parts: number, now: number, between: number): Instalment[] {
  const even = Math.floor(agreed / parts)
  const first = parts === 1 || held >= agreed ? agreed : Math.max(held, even)
  if (first === agreed) return [{ number: 1, dueAt: now, amount: agreed }]
  const rest = agreed - first
  const others = Math.min(parts - 1, rest)
  const plan = [{ number: 1, dueAt: now, amount: first }]
  for (let part = 1; part <= others; part++) {
    const amount = Math.floor((rest * part) / others) - Math.floor((rest * (part - 1)) / others)
    plan.push({ number: part + 1, dueAt: now + part * between, amount })
  }
  return plan.filter(({ amount }) => amount > 0)
}
