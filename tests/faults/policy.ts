import { defaultPolicy, type Policy } from '../../domain/policy'

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
}
