import { setTimeout as wait } from 'node:timers/promises'
import type { LedgerAnswer } from '../records/money'
import type { AgentSearch, createDispatchActivities } from './dispatch'
import type { createFundsActivities, HoldRequest } from './funds'

/** What opening needs of the first flag. The policy's version alone: its text would be written into every history again. */
export interface OpeningRequest extends HoldRequest {
  policyVersion: number
}

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
    async openCase({ policyVersion, ...request }: OpeningRequest): Promise<Opening> {
      const search = dispatch.reserveAgent({ caseId: request.caseId, policyVersion, fresh: true, intent: 'seek' })
      // A failure is logged and counted where it happens; the workflow asks again because there is no answer.
      const hold = funds.holdFunds(request).catch(() => undefined)
      return { search: await search, hold: await Promise.race([hold, wait(holdPatienceMillis, undefined, { ref: false })]) }
    },
  }
}
