import type { Money } from '../money'

export const disputeReasons = ['not_me', 'wrong_place', 'wrong_amount', 'goods_not_received'] as const
export type DisputeReason = (typeof disputeReasons)[number]

/** Where a dispute is. */
export const disputeStatuses = ['received', 'investigating', 'decided', 'appealed', 'closed'] as const
export type DisputeStatus = (typeof disputeStatuses)[number]

const transitions: Record<DisputeStatus, readonly DisputeStatus[]> = {
  received: ['investigating', 'decided'],
  investigating: ['decided'],
  decided: ['appealed', 'closed'],
  appealed: ['decided'],
  closed: [],
}

/** The statuses from which one may be reached. */
export function statusesBefore(to: DisputeStatus): DisputeStatus[] {
  return disputeStatuses.filter((from) => transitions[from].includes(to))
}

/** For the payer, or against. */
export const disputeDecisions = ['upheld', 'rejected'] as const
export type DisputeDecision = (typeof disputeDecisions)[number]

/** Evidence to be had. `merchant_follow_up` comes with a decision for the payer. */
export const evidenceKinds = ['payment_data', 'device', 'place', 'verification', 'merchant_statement', 'merchant_follow_up'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const evidenceStates = ['open', 'done', 'not_available'] as const
export type EvidenceState = (typeof evidenceStates)[number]

export const findings = ['for_payer', 'for_payee', 'neutral'] as const
export type Finding = (typeof findings)[number]

/** What is looked into: who paid and where matters only when that is disputed. */
export function evidenceFor(reason: DisputeReason): EvidenceKind[] {
  return reason === 'not_me' || reason === 'wrong_place'
    ? ['payment_data', 'device', 'place', 'verification', 'merchant_statement']
    : ['payment_data', 'merchant_statement']
}

/** Somebody else may hold the payer's account or credentials: it is verified more strictly from now on. */
export function callsForStrongerVerification(reason: DisputeReason): boolean {
  return reason === 'not_me' || reason === 'wrong_place'
}

export function disputeWorkflowId(caseId: string): string {
  return `dispute/${caseId}`
}

/** What the workflow must know. Times are epoch milliseconds. */
export interface DisputeInput {
  caseId: string
  paymentId: string
  payerId: string
  amount: Money
  openedBy: string
  takeUpBy: number
  decideBy: number
  finalBy: number
  appealMillis: number
  recoveryNoticeMillis: number
  advanceAbove: number
  compensationAbove: number
}

export interface DecisionGiven {
  decision: DisputeDecision
  reason: string
  by: string
}

/** `waits`: for a second person. */
export type DecisionEffect = 'taken' | 'waits'
