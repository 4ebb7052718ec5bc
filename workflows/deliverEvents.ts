import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'
import { outlivesReleases } from './outlivesReleases'

const shiftMillis = 5 * 60_000

const { deliverEvents: deliver } = proxyActivities<Activities>({
  startToCloseTimeout: shiftMillis + 60_000,
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
})

/** One of its kind for ever: sends the risk engine its events, in shifts, on whichever worker is alive. */
export async function deliverEvents(): Promise<void> {
  for (let shift = 0; shift < 50; shift++) await deliver(shiftMillis)
  await continueAsNew<typeof deliverEvents>()
}

outlivesReleases(deliverEvents)
