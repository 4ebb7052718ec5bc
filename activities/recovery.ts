import { unacknowledgedFlags } from '../records/flags'
import type { RecordedFlag } from '../domain/messages'
import type { RecordedCheck } from '../domain/reminder/check'
import { handOverFlag, startReminder } from '../providers/caseWorkflows'
import { acknowledgeCheck, unacknowledgedChecks } from '../records/reminder/checks'
import type { ActivityDependencies } from './dependencies'

// Younger flags are most likely on their way: the API hands over within this time.
const graceMillis = 5_000
const atOnce = 16

export function createRecoveryActivities({ db, temporal, log, metrics }: ActivityDependencies) {
  async function handOver(flag: RecordedFlag): Promise<void> {
    await handOverFlag(db, temporal, flag)
    metrics.recovered.inc()
    log.warn({ caseId: flag.caseId, paymentId: flag.paymentId }, 'recovered a flag that Temporal had not acknowledged')
  }

  async function handOverCheck(check: RecordedCheck): Promise<void> {
    await startReminder(temporal, check)
    await acknowledgeCheck(db, check.caseId)
    metrics.recovered.inc()
    log.warn({ caseId: check.caseId, paymentId: check.paymentId }, 'recovered a paused payment that Temporal had not acknowledged')
  }

  return {
    /** Hands over what was recorded while Temporal was out of reach, flags several at once: each has a promise. @returns how many */
    async handOverFlags(): Promise<number> {
      const olderThan = new Date(Date.now() - graceMillis)
      const flags = await unacknowledgedFlags(db, olderThan, 500)
      const waiting = flags.values()
      const lane = async () => {
        for (const flag of waiting) await handOver(flag)
      }
      await Promise.all(Array.from({ length: atOnce }, lane))
      const checks = await unacknowledgedChecks(db, olderThan, 500)
      for (const check of checks) await handOverCheck(check)
      return flags.length + checks.length
    },
  }
}
