import type { DisputeRow, DisputeTask, DisputeView as Dispute } from '../../../api/disputes/view'
import type { DisputeDecision, DisputeReason, EvidenceKind, EvidenceState, Finding } from '../../../domain/dispute/dispute'
import { request } from './request'

export type { Dispute, DisputeRow, DisputeTask }

export const disputeLists = ['open', 'mine', 'untaken', 'closed'] as const
export type DisputeList = (typeof disputeLists)[number]

const at = (caseId: string) => `/v1/disputes/${encodeURIComponent(caseId)}`

export const disputes = {
  list: async (show: DisputeList) => (await request<{ disputes: DisputeRow[] }>('GET', `/v1/disputes?show=${show}&limit=200`)).disputes,
  read: (caseId: string) => request<Dispute>('GET', at(caseId)),
  open: (paymentId: string, reason: DisputeReason, statement: string) =>
    request<{ caseId: string }>('POST', '/v1/disputes', { paymentId, reason, ...(statement === '' ? {} : { statement }) }),
  takeUp: (caseId: string) => request<void>('POST', `${at(caseId)}/take-up`),
  task: (caseId: string, task: { kind: EvidenceKind; state: EvidenceState; finding?: Finding; result?: string }) =>
    request<void>('PUT', `${at(caseId)}/tasks`, task),
  attach: (caseId: string, file: { name: string; mediaType: string; content: string }) => request<{ fileId: string }>('POST', `${at(caseId)}/files`, file),
  fileAddress: (caseId: string, fileId: string) => `${at(caseId)}/files/${encodeURIComponent(fileId)}`,
  advance: (caseId: string, reason: string) => request<void>('POST', `${at(caseId)}/advance`, { reason }),
  decide: (caseId: string, decision: DisputeDecision, reason: string) =>
    request<{ effect: 'taken' | 'waits' }>('POST', `${at(caseId)}/decision`, { decision, reason }),
}
