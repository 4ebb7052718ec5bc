import { acknowledgeFlag, unacknowledgedFlags } from '../records/flags'
import type { RecordedFlag } from '../domain/messages'
import { signalCase } from '../providers/caseWorkflows'
import type { ActivityDependencies } from './dependencies'

// Younger flags are most likely on their way: the API hands over within this time.
const graceMillis = 5_000
const atOnce = 16

export function createRecoveryActivities({ db, temporal, log, metrics }: ActivityDependencies) {
  async function handOver(flag: RecordedFlag): Promise<void> {
    await signalCase(temporal, flag)
    await acknowledgeFlag(db, flag.paymentId)
    metrics.recovered.inc()
    log.warn({ caseId: flag.caseId, paymentId: flag.paymentId }, 'recovered a flag that Temporal had not acknowledged')
  }

  return {
    /** Hands over what was recorded while Temporal was out of reach, several at once: each has a promise. @returns how many */
    async handOverFlags(): Promise<number> {
      const flags = await unacknowledgedFlags(db, new Date(Date.now() - graceMillis), 500)
      const waiting = flags.values()
      const lane = async () => {
        for (const flag of waiting) await handOver(flag)
      }
      await Promise.all(Array.from({ length: atOnce }, lane))
      return flags.length
    },
  }
}
