import { acknowledgeFlag, unacknowledgedFlags } from '../records/flags'
import { signalCase } from '../providers/caseWorkflows'
import type { ActivityDependencies } from './dependencies'

// Younger flags are most likely on their way: the API hands over within this time.
const graceMillis = 5_000

export function createRecoveryActivities({ db, temporal, log, metrics }: ActivityDependencies) {
  return {
    /** Hands over what was recorded while Temporal was out of reach. @returns how many */
    async handOverFlags(): Promise<number> {
      const flags = await unacknowledgedFlags(db, new Date(Date.now() - graceMillis), 200)
      for (const flag of flags) {
        await signalCase(temporal, flag)
        await acknowledgeFlag(db, flag.paymentId)
        metrics.recovered.inc()
        log.warn({ caseId: flag.caseId, paymentId: flag.paymentId }, 'recovered a flag that Temporal had not acknowledged')
      }
      return flags.length
    },
  }
}
