import { z } from 'zod'
import { defaultApprovals } from './approvals'
import { minorUnits, seconds } from './units'

const approverRule = z
  .strictObject({ count: z.int().min(1).max(5), supervisor: z.boolean(), compliance: z.boolean(), admin: z.boolean() })
  .refine(({ supervisor, compliance, admin }) => supervisor || compliance || admin, { error: 'expected at least one role that may approve' })

/** See `ApprovalRules`. Each setting has a default, so that an older document stays valid. */
export const approvalPolicySchema = z.strictObject({
  releaseAbove: minorUnits.default(defaultApprovals.releaseAbove),
  compensationAbove: minorUnits.default(defaultApprovals.compensationAbove),
  advanceAbove: minorUnits.default(defaultApprovals.advanceAbove),
  refusedRelease: z.enum(['freeze', 'refund']).default('freeze'),
  expirySeconds: seconds.default(defaultApprovals.expirySeconds),
  approvers: z
    .strictObject({
      large_release: approverRule.default(defaultApprovals.approvers.large_release),
      unfreeze: approverRule.default(defaultApprovals.approvers.unfreeze),
      advance: approverRule.default(defaultApprovals.approvers.advance),
      compensation: approverRule.default(defaultApprovals.approvers.compensation),
      disclosure: approverRule.default(defaultApprovals.approvers.disclosure),
    })
    .default(defaultApprovals.approvers),
})
