import { z } from 'zod'
import type { HelpKind, HelpRules } from './help'

const days = z.number().positive().max(400)
const ending = z.enum(['release', 'return'])

/** Help after a transfer that went wrong. */
export const transferHelpPolicySchema = z.strictObject({
  /** How often the payee is rung, and hours from one attempt to the next. */
  payeeAttempts: z.int().min(0).max(20).default(3),
  payeeRetryHours: z.number().positive().max(240).default(4),
  /** How long the payee's answer is waited for, calls and all. */
  payeeAnswerDays: days.default(3),
  mediationDays: days.default(14),
  /** From one instalment to the next, and how late one may be. */
  instalmentDays: days.default(30),
  graceDays: days.default(3),
  maxInstalments: z.int().min(1).max(60).default(12),
  /** What is held at the payee stays held no longer. */
  holdDays: days.default(60),
  /** Where it goes then, when nothing was agreed. */
  whenHoldEnds: z.strictObject({ wrong_transfer: ending, impersonation: ending }).default({ wrong_transfer: 'release', impersonation: 'release' }),
})
export type TransferHelpPolicy = z.output<typeof transferHelpPolicySchema>

const hourMillis = 3_600_000
const dayMillis = 24 * hourMillis

export function helpRules(policy: TransferHelpPolicy, kind: HelpKind): HelpRules {
  return {
    payeeAttempts: policy.payeeAttempts,
    payeeRetryMillis: policy.payeeRetryHours * hourMillis,
    payeeAnswerMillis: policy.payeeAnswerDays * dayMillis,
    mediationMillis: policy.mediationDays * dayMillis,
    instalmentMillis: policy.instalmentDays * dayMillis,
    graceMillis: policy.graceDays * dayMillis,
    maxInstalments: policy.maxInstalments,
    holdMillis: policy.holdDays * dayMillis,
    whenHoldEnds: policy.whenHoldEnds[kind],
  }
}
