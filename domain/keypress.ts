import type { Policy } from './policy'

/** Whether the payer's own "it was me" by keypress is enough: only below both limits of the policy. */
export function releasesByKeypress(policy: Policy, score: number, amount: number): boolean {
  return score < policy.keypressReleaseBelow.score && amount < policy.keypressReleaseBelow.amount
}
