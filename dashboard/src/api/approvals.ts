import type { ApprovalBar, ApprovalKind, ApprovalOutcome } from '../../../domain/approvals'
import type { Money } from '../../../domain/money'
import { request } from './request'

export interface Approval {
  approvalId: string
  caseId: string
  kind: ApprovalKind
  subject: string
  amount: Money | null
  payer: { id: string; name: string }
  reason: string
  requestedBy: string
  requestedByName: string | null
  requestedAt: string
  expiresAt: string
  needed: number
  votes: { by: string; name: string | null; vote: 'approve' | 'refuse'; reason: string | null; at: string }[]
  outcome: ApprovalOutcome | null
  decidedAt: string | null
  /** Why it is not ours to decide; null when it is. */
  bar: ApprovalBar | null
}

interface ApprovalPage {
  approvals: Approval[]
  nextCursor: string | null
}

const part = encodeURIComponent

/** What takes two persons. */
export const approvals = {
  open: async () => (await request<ApprovalPage>('GET', '/v1/approvals?status=open&limit=200')).approvals,
  closed: async () => (await request<ApprovalPage>('GET', '/v1/approvals?status=closed&limit=20')).approvals,
  decide: (approvalId: string, vote: 'approve' | 'refuse', reason: string) =>
    request<Approval>('POST', `/v1/approvals/${part(approvalId)}/decision`, { vote, ...(reason === '' ? {} : { reason }) }),
  unfreeze: (caseId: string, paymentId: string, reason: string) =>
    request<{ expiresAt: string }>('POST', `/v1/cases/${part(caseId)}/unfreezes`, { paymentId, reason }),
}
