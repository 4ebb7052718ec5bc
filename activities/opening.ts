import { setTimeout as wait } from 'node:timers/promises'
import type { RecordedFlag } from '../domain/messages'
import type { LedgerAnswer } from '../records/money'
import type { AgentSearch, createDispatchActivities } from './dispatch'
import type { createFundsActivities } from './funds'

export interface Opening {
  /** Undefined when the payments core has not answered in time: it is asked again, with patience. */
  hold?: LedgerAnswer
  search: AgentSearch
}

// An agent is not kept waiting for the payments core.
const holdPatienceMillis = 1_500

/** The two things that every case begins with, side by side in one activity: each of its own would cost every case more history. */
export function createOpeningActivities(
  funds: ReturnType<typeof createFundsActivities>,
  dispatch: ReturnType<typeof createDispatchActivities>,
) {
  return {
    async openCase(flag: RecordedFlag): Promise<Opening> {
      const search = dispatch.reserveAgent({ caseId: flag.caseId, policyVersion: flag.policy.version, fresh: true, intent: 'seek' })
      // A failure is logged and counted where it happens; the workflow asks again because there is no answer.
      const hold = funds.holdFunds(flag).catch(() => undefined)
      return { search: await search, hold: await Promise.race([hold, wait(holdPatienceMillis, undefined, { ref: false })]) }
    },
  }
}
