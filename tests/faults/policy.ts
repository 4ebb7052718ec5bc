import { defaultPolicy, type Policy } from '../../domain/policy'
import { welcomeNow } from '../support/callingHours'
import type { Plan } from './plan'

const inDays = (seconds: number) => seconds / 86_400

/** The product's own policy at the pace of a test: minutes become seconds, the decisions stay the same. */
export const fastPolicy: Policy = {
  ...defaultPolicy,
  promiseSeconds: 90,
  ringSeconds: 8,
  maxAttempts: 4,
  maxAttemptsPerPersonPerDay: 10,
  retrySeconds: { contact: 2, no_contact: 2, voicemail: 2, no_answer: 2, busy: 2, failed: 2, canceled: 2 },
  offerSeconds: 4,
  wrapUpSeconds: 5,
  dialReserveSeconds: 45,
  maxHoldingSeconds: 6,
  holdBeforeCallSeconds: 5,
  holdExpirySeconds: 100,
  // Nobody's own money is at risk at a payee's, who is rung within hours only.
  callingHours: welcomeNow(),
  approvals: { ...defaultPolicy.approvals, releaseAbove: 1_500_000 },
  answerReminder: { ...defaultPolicy.answerReminder, buttonSeconds: 5, coolingOffSeconds: 4, delaySeconds: 5, confirmSeconds: 10, helpSeconds: 15, talkSeconds: 40, anotherAgentSeconds: 8 },
  disputes: { ...defaultPolicy.disputes, appealDays: inDays(12), recoveryNoticeDays: inDays(3) },
  transferHelp: {
    ...defaultPolicy.transferHelp,
    payeeAttempts: 2,
    payeeRetryHours: inDays(4) * 24,
    payeeAnswerDays: inDays(18),
    mediationDays: inDays(10),
    instalmentDays: inDays(3),
    graceDays: inDays(2),
    holdDays: inDays(40),
    whenHoldEnds: { wrong_transfer: 'release', impersonation: 'return' },
  },
  disclosure: { ...defaultPolicy.disclosure, packageSeconds: 8 },
}

/** With claims that are settled while the run lasts, where its plan wants them. */
export function policyOf({ claimsAfterSeconds }: Pick<Plan, 'claimsAfterSeconds'>): Policy {
  if (claimsAfterSeconds === undefined) return fastPolicy
  return { ...fastPolicy, compensation: { ...fastPolicy.compensation, waitingDays: inDays(claimsAfterSeconds) } }
}
