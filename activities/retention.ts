import { Context } from '@temporalio/activity'
import { erasePaymentChecks, eraseTransferChecks } from '../records/checkErasure'
import { sqlOf } from '../records/database'
import { currentPolicy } from '../records/policy'
import { casesToErase, deleteRecording, eraseCase, recordingsToDelete } from '../records/retention'
import { beginRun, countErased, endRun, type RetentionCounts } from '../records/retentionRuns'
import type { ActivityDependencies } from './dependencies'

const atOnce = 50
/** One statement takes so many, and holds nobody up for longer than some milliseconds. */
const checksAtOnce = 500

/** What could not be deleted or erased in this run so far: the oldest of what is due, which the next portion passes over. */
export interface PassedOver {
  recordings: number
  cases: number
}

export interface Portion {
  passedOver: PassedOver
  /** Whether more waits. */
  more: boolean
}

export function createRetentionActivities({ db, telephony, log }: ActivityDependencies) {
  /** @returns how many of these failed; they are left for the next run */
  async function each<T>(runId: string, due: T[], erase: (one: T) => Promise<unknown>, what: string): Promise<number> {
    let failed = 0
    for (const one of due) {
      await erase(one).catch(async (error: unknown) => {
        failed++
        log.warn({ due: one, err: error }, `${what} past retention could not be deleted`)
        await countErased(sqlOf(db), runId, { failed: 1 })
      })
      Context.current().heartbeat()
    }
    return failed
  }

  return {
    beginRetention: (runId: string): Promise<void> => beginRun(db, runId),

    /** Deletes and erases some of what is past retention, by the policy in force. */
    async enforceRetention({ runId, passedOver }: { runId: string; passedOver: PassedOver }): Promise<Portion> {
      const { retentionDays } = (await currentPolicy(db)).body
      const tapes = await recordingsToDelete(db, retentionDays, { limit: atOnce, passOver: passedOver.recordings })
      const keptTapes = await each(
        runId,
        tapes,
        (due) => deleteRecording(db, runId, due, async () => (due.recordingSid ? telephony.deleteRecording(due.recordingSid) : undefined)),
        'a recording',
      )
      const closed = await casesToErase(db, retentionDays, { limit: atOnce, passOver: passedOver.cases })
      const keptCases = await each(runId, closed, (caseId) => eraseCase(db, runId, caseId), 'a case')
      const paymentChecks = await erasePaymentChecks(db, runId, retentionDays.checks, checksAtOnce)
      Context.current().heartbeat()
      const transferChecks = await eraseTransferChecks(db, runId, retentionDays.checks, checksAtOnce)
      return {
        passedOver: { recordings: passedOver.recordings + keptTapes, cases: passedOver.cases + keptCases },
        more: tapes.length === atOnce || closed.length === atOnce || paymentChecks === checksAtOnce || transferChecks === checksAtOnce,
      }
    },

    async endRetention(runId: string): Promise<RetentionCounts> {
      const counts = await endRun(db, runId)
      log.info(counts, 'retention')
      return counts
    },
  }
}
