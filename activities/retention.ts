import { Context } from '@temporalio/activity'
import { currentPolicy } from '../records/policy'
import { casesToErase, deleteRecording, eraseCase, recordingsToDelete } from '../records/retention'
import type { ActivityDependencies } from './dependencies'

const atOnce = 50

export interface Erased {
  recordings: number
  cases: number
  /** Whether more waits. */
  more: boolean
}

export function createRetentionActivities({ db, telephony, log }: ActivityDependencies) {
  return {
    /**
     * Deletes and erases some of what is past retention, by the policy in force. A recording that the provider does
     * not delete now is left for the next run.
     */
    async enforceRetention(): Promise<Erased> {
      const { retentionDays } = (await currentPolicy(db)).body
      const tapes = await recordingsToDelete(db, retentionDays, atOnce)
      let recordings = 0
      for (const due of tapes) {
        const { recordingSid } = due
        const deleting = deleteRecording(db, due, async () => (recordingSid ? telephony.deleteRecording(recordingSid) : undefined))
        const deleted = await deleting.catch((error: unknown) => {
          log.warn({ caseId: due.caseId, recordingSid, err: error }, 'a recording past retention could not be deleted')
          return false
        })
        if (deleted) recordings++
        Context.current().heartbeat()
      }
      const closed = await casesToErase(db, retentionDays, atOnce)
      let cases = 0
      for (const caseId of closed) {
        if (await eraseCase(db, caseId)) cases++
        Context.current().heartbeat()
      }
      if (recordings + cases > 0) log.info({ recordings, cases }, 'retention')
      return { recordings, cases, more: recordings === atOnce || cases === atOnce }
    },
  }
}
