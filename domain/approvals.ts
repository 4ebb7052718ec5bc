/** What one person alone may not do. */
export const approvalKinds = ['large_release', 'unfreeze', 'advance', 'compensation', 'disclosure'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/** `expired`: nobody decided in time. `withdrawn`: it is not needed any more. */
export const approvalOutcomes = ['approved', 'refused', 'expired', 'withdrawn'] as const
export type ApprovalOutcome = (typeof approvalOutcomes)[number]

export const approverRoles = ['supervisor', 'compliance', 'admin'] as const
export type ApproverRole = (typeof approverRoles)[number]

/** Who may approve a kind, and how many of them must. */
export type ApproverRule = Record<ApproverRole, boolean> & { count: number }

/** The part of the policy about two persons. Amounts are in minor units of the payment's currency. */
export interface ApprovalRules {
  releaseAbove: number
  compensationAbove: number
  advanceAbove: number
  /** What becomes of a payment whose large release was refused. */
  refusedRelease: 'freeze' | 'refund'
  /** How long a request stands that no other clock ends. */
  expirySeconds: number
  approvers: Record<ApprovalKind, ApproverRule>
}

const complianceAlone: ApproverRule = { count: 1, supervisor: false, compliance: true, admin: false }

export const defaultApprovals: ApprovalRules = {
  releaseAbove: 5_000_000,
  compensationAbove: 1_000_000,
  advanceAbove: 1_000_000,
  refusedRelease: 'freeze',
  expirySeconds: 7 * 86_400,
  approvers: {
    large_release: { ...complianceAlone, supervisor: true },
    unfreeze: complianceAlone,
    advance: complianceAlone,
    compensation: complianceAlone,
    disclosure: { ...complianceAlone, count: 2, supervisor: true },
  },
}

/** A case that began under an older version of this program has a policy without this part. */
export function approvalRules(policy: { approvals?: ApprovalRules }): ApprovalRules {
  return policy.approvals ?? defaultApprovals
}

/**
 * How many different people must approve. What a clock asks for has no person behind it, so that it takes
 * one more: whatever needs approval is never one person's doing.
 */
export function approvalsNeeded(rules: ApprovalRules, kind: ApprovalKind, requestedBy: string): number {
  return rules.approvers[kind].count + (personOf(requestedBy) === undefined ? 1 : 0)
}

const staffActor = /^(?:agent|supervisor|compliance|admin):(.+)$/

/** The account behind an actor such as `agent:agent-one`; undefined for a clock, a program or a payer. */
export function personOf(actor: string): string | undefined {
  return staffActor.exec(actor)?.[1]
}

/** Why somebody may not decide a request. */
export type ApprovalBar = 'own_request' | 'role' | 'voted'

/** @returns undefined when they may */
export function barToApproving(
  request: { kind: ApprovalKind; requestedBy: string; votedBy: string[] },
  rules: ApprovalRules,
  approver: { id: string; role: string },
): ApprovalBar | undefined {
  if (personOf(request.requestedBy) === approver.id) return 'own_request'
  const rule = rules.approvers[request.kind]
  if (!approverRoles.some((role) => role === approver.role && rule[role])) return 'role'
  return request.votedBy.includes(approver.id) ? 'voted' : undefined
}
