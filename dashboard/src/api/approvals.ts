import type { ApprovalPage } from '../../../api/approvals/approvals'
import type { ApprovalView as Approval } from '../../../api/views/approval'
import { request } from './request'

export type { ApprovalPage, Approval }

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
