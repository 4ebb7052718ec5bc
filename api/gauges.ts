import { Gauge, type Registry } from 'prom-client'
import type { Log } from '../configuration/log'
import type { Database } from '../records/database'
import { readCounts, type Counts } from './supervision/counts'

const gauges: [keyof Counts, string, string][] = [
  ['openCases', 'risk_callback_open_cases', 'Cases that are not closed'],
  ['waiting', 'risk_callback_waiting_cases', 'Cases that wait for a person'],
  ['ringing', 'risk_callback_ringing_calls', 'Calls at the provider that nobody has answered yet'],
  ['talking', 'risk_callback_talking_cases', 'Cases whose payer is talking'],
  ['needsAttention', 'risk_callback_cases_needing_attention', 'Open cases that a supervisor must look at'],
  ['longestWaitSeconds', 'risk_callback_longest_wait_seconds', 'How long the oldest waiting case has waited for a person'],
  ['keptLastHour', 'risk_callback_promise_kept_last_hour', 'Payments whose phone rang in time, of those judged in the last hour'],
  ['brokenLastHour', 'risk_callback_promise_broken_last_hour', 'Payments whose phone did not'],
  ['abandonedCalls', 'risk_callback_abandoned_calls', 'Customer-first calls that found nobody in time, in the window of the policy'],
  ['abandonedPercent', 'risk_callback_abandoned_percent', 'Of all live calls in that window, in percent; it must not exceed the limit of the policy'],
]

/** One scrape asks for all gauges in the same moment: one read answers them. */
const sameScrapeMillis = 500

/**
 * What monitoring asks of the records: read from PostgreSQL when it asks, the same from every API
 * process. While PostgreSQL is away they are not a number, which alerts can tell from zero.
 */
export function registerGauges({ db, metrics, log }: { db: Database; metrics: Registry; log: Log }): void {
  let read: { at: number; counts: Promise<Counts | undefined> } | undefined
  const counts = () => {
    if (!read || Date.now() - read.at > sameScrapeMillis) read = { at: Date.now(), counts: attempt() }
    return read.counts
  }
  async function attempt(): Promise<Counts | undefined> {
    try {
      return await readCounts(db)
    } catch (error) {
      log.warn({ err: error }, 'the gauges could not be read')
      return undefined
    }
  }
  for (const [field, name, help] of gauges) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [],
      collect: async () => gauge.set((await counts())?.[field] ?? NaN),
    })
    metrics.registerMetric(gauge)
  }
}
