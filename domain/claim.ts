import type { Money } from './money'

/** How a claim stands. `paid_before`: a dispute or a refund was faster. `recovered`: the money came back after it was paid. */
export const claimStatuses = ['open', 'refunded', 'compensated', 'paid_before', 'refused', 'recovered'] as const
export type ClaimStatus = (typeof claimStatuses)[number]

export function claimWorkflowId(paymentId: string): string {
  return `compensation/${paymentId}`
}

/** What the workflow of a claim must know. Times are epoch milliseconds. */
export interface ClaimInput {
  caseId: string
  paymentId: string
  payerId: string
  amount: Money
  /** Whoever gave the verdict: somebody else agrees to a large payment. */
  openedBy: string
  dueAt: number
  compensationAbove: number
  approvalMillis: number
}

export function compensationRecoveryWorkflowId(paymentId: string): string {
  return `recover-compensation/${paymentId}`
}

/** Money that came back after the company had paid: who gives it up. */
export interface CompensationRecovery {
  caseId: string
  paymentId: string
  amount: Money
  from: 'payer' | 'payee'
  accountId: string
  reason: string
  by: string
}
