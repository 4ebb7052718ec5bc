import { proxyActivities, sleep } from '@temporalio/workflow'
import type { Activities } from '../activities'

const { enforceRetention } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '2m',
  retry: { initialInterval: '5s', maximumInterval: '10m' },
})

/** A run takes this many portions at most; what is left then is for the next one. */
const portions = 500

/** Started by a schedule: deletes recordings and erases personal data whose time has come, a portion at a time. */
export async function retention(): Promise<{ recordings: number; cases: number }> {
  const done = { recordings: 0, cases: 0 }
  for (let portion = 0; portion < portions; portion++) {
    const { recordings, cases, more } = await enforceRetention()
    done.recordings += recordings
    done.cases += cases
    if (!more) break
    // Calls come first: the database and the provider are left to them in between.
    await sleep('2s')
  }
  return done
}
