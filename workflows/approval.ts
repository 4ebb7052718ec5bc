import { condition } from '@temporalio/workflow'
import type { ApprovalOutcome } from '../domain/approvals'
import type { ApprovalDecided } from '../domain/messages'
import type { ApprovalState } from '../records/approvals'
import { records } from './activities'

// The decision is signalled; looking only covers a signal that was lost on the way.
const secondsUntilNextLook = [60, 300, 900, 3_600, 21_600]

/** What approvers have said, by request. */
export type Heard = Map<string, ApprovalOutcome>

/** The handler of `approvalDecided`. */
export function hear(heard: Heard, { approvalId, outcome }: ApprovalDecided): void {
  heard.set(approvalId, outcome)
}

/**
 * Asks for other persons' consent and waits for it.
 * @param ask records the request; repeatable
 * @param until when nobody's consent helps any more, in epoch milliseconds
 * @param needed whether it is still needed; when not, the request is withdrawn
 */
export async function consent(ask: () => Promise<ApprovalState>, heard: Heard, until: number, needed: () => boolean = () => true): Promise<ApprovalOutcome> {
  let { approvalId, outcome } = await ask()
  for (let looks = 0; outcome === null; looks++) {
    const left = until - Date.now()
    if (left <= 0 || !needed()) return records.endApproval(approvalId, needed() ? 'expired' : 'withdrawn')
    const pause = secondsUntilNextLook[Math.min(looks, secondsUntilNextLook.length - 1)]! * 1_000
    await condition(() => heard.has(approvalId) || !needed(), Math.max(1, Math.min(left, pause)))
    outcome = heard.get(approvalId) ?? (await records.approvalState(approvalId)).outcome
  }
  return outcome
}
