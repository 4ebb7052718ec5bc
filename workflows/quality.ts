import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'

const { chooseReviews } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '2m',
  retry: { initialInterval: '5s', maximumInterval: '10m' },
})

/** Started by a schedule: chooses calls to be reviewed. */
export async function sampleCalls(): Promise<number> {
  return chooseReviews()
}
