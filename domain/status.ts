import { disputeDecisions, disputeStatuses, type DisputeStatus } from './dispute/dispute'
import { helpOutcomes, helpStatuses, type HelpStatus } from './transferHelp/help'

/** What a case is about. All kinds share the desk, the history, the audit log and the money actions. */
export const caseKinds = ['callback', 'answer_reminder', 'dispute', 'transfer_help', 'disclosure'] as const
export type CaseKind = (typeof caseKinds)[number]

/** Where a callback is. What was found is its outcome, kept apart. */
export const caseStatuses = ['received', 'calling', 'talking', 'awaiting_verdict', 'settling', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** What was found: one word for the whole case once every payment is final. */
export const caseOutcomes = ['confirmed', 'denied', 'scam', 'mixed', 'unsure', 'unreachable'] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** Where a case of any kind may be, and what may have been found. */
export const anyStatuses = [...new Set<CaseStatus | DisputeStatus | HelpStatus>([...caseStatuses, ...disputeStatuses, ...helpStatuses])] as const
export const anyOutcomes = [...caseOutcomes, ...disputeDecisions, ...helpOutcomes] as const
export type AnyStatus = (typeof anyStatuses)[number]
export type AnyOutcome = (typeof anyOutcomes)[number]

const transitions: Record<CaseStatus, readonly CaseStatus[]> = {
  received: ['calling', 'talking', 'settling'],
  calling: ['received', 'talking', 'awaiting_verdict', 'settling'],
  talking: ['received', 'calling', 'awaiting_verdict', 'settling'],
  awaiting_verdict: ['received', 'calling', 'talking', 'settling'],
  // A flag that joins while the money settles re-opens the conversation.
  settling: ['received', 'calling', 'talking', 'awaiting_verdict', 'closed'],
  closed: [],
}

export function canMove(from: CaseStatus, to: CaseStatus): boolean {
  return transitions[from].includes(to)
}

/** How one attempt to ring one phone ended. Only `contact` may lead to a verdict. */
export const attemptOutcomes = ['contact', 'no_contact', 'voicemail', 'no_answer', 'busy', 'failed', 'canceled'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

export const dialModes = ['agent_first', 'customer_first', 'automated', 'inbound'] as const
export type DialMode = (typeof dialModes)[number]
