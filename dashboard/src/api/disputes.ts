import type { DisputeDecision, DisputeReason, DisputeStatus, EvidenceKind, EvidenceState, Finding } from '../../../domain/dispute/dispute'
import type { Money } from '../../../domain/money'
import type { Payer } from './caseView'
import { request } from './request'

interface DisputeCommon {
  caseId: string
  paymentId: string
  amount: Money
  reason: DisputeReason
  status: DisputeStatus
  decision: DisputeDecision | null
  openedAt: string
  takeUpBy: string
  decideBy: string
  finalBy: string
  appealBy: string | null
  handler: { id: string; name: string } | null
  needsAttention: string | null
}

export interface DisputeRow extends DisputeCommon {
  payer: { id: string; name: string }
  openTasks: number
}

export interface DisputeTask {
  kind: EvidenceKind
  state: EvidenceState
  finding: Finding | null
  result: string | null
  doneBy: string | null
  doneAt: string | null
}

export interface Dispute extends DisputeCommon {
  statement: string | null
  payment: { paidAt: string; method: string; payee: { id: string; name: string }; place?: Record<string, unknown>; device?: Record<string, unknown> }
  payer: Payer
  takenUpAt: string | null
  decidedBy: string | null
  decidedAt: string | null
  decisionReason: string | null
  appealedAt: string | null
  appealReason: string | null
  tasks: DisputeTask[]
  files: { fileId: string; name: string; size: number; sha256: string; addedAt: string }[]
  moneyActions: {
    key: string
    kind: 'refund' | 'compensate' | 'advance' | 'recover'
    status: 'requested' | 'pending' | 'confirmed' | 'refused'
    amount: Money | null
    requestedAt: string
  }[]
  approvals: { approvalId: string; kind: string; outcome: string | null }[]
  messages: { step: string; at: string; text: string }[]
}

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
