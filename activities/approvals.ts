import type { ApprovalOutcome } from '../domain/approvals'
import { approvalState, endApproval, type ApprovalRequest, type ApprovalState, requestApproval } from '../records/approvals'
import { inTransaction, sqlOf } from '../records/database'
import { requestRelease, type ReleaseRequest } from '../records/largeRelease'
import type { ActivityDependencies } from './dependencies'

export function createApprovalActivities({ db }: ActivityDependencies) {
  return {
    /** Asks for other persons' consent; repeatable by the request's key. */
    requestApproval: (request: ApprovalRequest): Promise<ApprovalState> => inTransaction(db, (tx) => requestApproval(tx, request)),

    /** Records the verdict and asks for consent to the release that it leads to. */
    requestRelease: (request: ReleaseRequest): Promise<ApprovalState> => requestRelease(db, request),

    approvalState: (approvalId: string): Promise<ApprovalState> => approvalState(sqlOf(db), approvalId),

    endApproval: (approvalId: string, outcome: 'expired' | 'withdrawn'): Promise<ApprovalOutcome> => endApproval(db, approvalId, outcome),
  }
}
