import type { BenchResults } from './main'
import { median } from './statistics'

/** A number that was promised, and what it is. */
export interface Target {
  name: string
  wanted: string
  value: number
  kept: boolean
}

const latencyFactor = 1.5
const throughputShare = 0.8
const mostEvents = 60
const rateShare = 0.95
const providerQueueMillis = 2_000
const offerSeenMillis = 1_000

/** The targets of the main job, in the order of the table. */
export function judge({ comparison, surge, desks }: Pick<BenchResults, 'comparison' | 'surge' | 'desks'>): Target[] {
  const targets: Target[] = []
  const most = (name: string, value: number, limit: number) => targets.push({ name, wanted: `≤ ${limit}`, value, kept: value <= limit })
  const least = (name: string, value: number, limit: number) => targets.push({ name, wanted: `≥ ${limit}`, value, kept: value >= limit })
  if (comparison) {
    for (const phase of ['idle', 'load'] as const)
      for (const share of ['p50', 'p99'] as const)
        most(`flag → Twilio request, ${phase}, ${share}, product / bare`, comparison[phase].product.request[share] / comparison[phase].bare.request[share], latencyFactor)
    least('whole cases a second, product / bare', median(comparison.throughput.product) / median(comparison.throughput.bare), throughputShare)
    most('history events of one plain case', comparison.footprint.product.events, mostEvents)
    most('cases that failed', comparison.failed.product, 0)
  }
  if (surge) {
    most('surge: first rings after their deadline', surge.flags - surge.rungInTime, 0)
    least('surge: share of the allowed calls per second', surge.rateUsed, rateShare)
    most('surge: longest wait at the provider, ms', surge.providerQueueMillis.worst, providerQueueMillis)
    most('surge: dialled before a more urgent one that waited', surge.dialOrder.overtook, 0)
    most('surge: offered before a more urgent one that waited', surge.offerOrder.overtook, 0)
    most('surge: cases not closed', surge.flags - surge.closed, 0)
  }
  if (desks) {
    most('desks: offer → seen, p99, ms', desks.seenMillis.p99, offerSeenMillis)
    most('desks: offers not made', desks.offersPerSecond * desks.seconds - desks.made, 0)
    most('desks: offers lost', desks.lost, 0)
    most('desks: offers given twice', desks.twice, 0)
  }
  return targets
}
