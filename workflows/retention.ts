import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../activities'
import type { PassedOver } from '../activities/retention'
import type { RetentionCounts } from '../records/retentionRuns'

const { beginRetention, enforceRetention, endRetention } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '2m',
  retry: { initialInterval: '5s', maximumInterval: '10m' },
})

/** So many portions fit into one history; a longer run goes on in a new one. */
const portions = 500

/** Where a run goes on that is too long for one history. */
interface Going {
  runId: string
  passedOver: PassedOver
}

/** Started by a schedule: deletes recordings and erases personal data whose time has come, a portion at a time. */
export async function retention(going?: Going): Promise<RetentionCounts> {
  const runId = going?.runId ?? workflowInfo().runId
  let passedOver = going?.passedOver ?? { recordings: 0, cases: 0 }
  if (!going) await beginRetention(runId)
  for (let portion = 0; portion < portions; portion++) {
    const done = await enforceRetention({ runId, passedOver })
    if (!done.more) return endRetention(runId)
    passedOver = done.passedOver
    // Calls come first: the database and the provider are left to them in between.
    await sleep('2s')
  }
  return continueAsNew<typeof retention>({ runId, passedOver })
}
