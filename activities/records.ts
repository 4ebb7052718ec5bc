import { ApplicationFailure } from '@temporalio/activity'
import { fieldErrors, flaggedPaymentSchema, type FlaggedPaymentInput } from '../domain/flag'
import type { FlagAccepted, RecordedFlag } from '../domain/messages'
import type { Verdict } from '../domain/verdict'
import { closeCase, type Closing } from '../records/closing'
import { acknowledgeFlag, FlagConflict, recordFlag } from '../records/flags'
import { judgePromise } from '../records/promise'
import { recordWaitingVerdict } from '../records/money'
import type { ActivityDependencies } from './dependencies'

export interface FlagIntake {
  accepted: FlagAccepted
  flag: RecordedFlag
}

export function createRecordsActivities({ db, configuration, log, metrics }: ActivityDependencies) {
  return {
    /** Records a flag that came straight from a Temporal SDK, by the same transaction as the HTTP endpoint. */
    async recordFlag(input: FlaggedPaymentInput): Promise<FlagIntake> {
      const parsed = flaggedPaymentSchema.safeParse(input)
      if (!parsed.success) {
        const faults = fieldErrors(parsed.error)
        log.error({ faults }, 'a flag from a Temporal client was refused')
        throw ApplicationFailure.nonRetryable(faults.map(({ field, message }) => `${field}: ${message}`).join('; '), 'InvalidFlag', ...faults)
      }
      try {
        const { payment, case: theCase, flag } = await recordFlag(db, parsed.data, { callsPerSecond: configuration.telephony.callsPerSecond })
        await acknowledgeFlag(db, payment.id)
        const accepted = {
          caseId: theCase.id,
          paymentId: payment.id,
          deadline: payment.deadline.toISOString(),
          predictedRingAt: payment.predictedRingAt.toISOString(),
        }
        return { accepted, flag }
      } catch (error) {
        if (!(error instanceof FlagConflict)) throw error
        log.error({ paymentId: error.paymentId }, 'a flag from a Temporal client was refused: known with another body')
        throw ApplicationFailure.nonRetryable(error.message, 'FlagConflict')
      }
    },

    /** A payment's deadline has come: names the step that used up the time when its phone has not rung. */
    async judgePromise(caseId: string, paymentId: string): Promise<void> {
      const step = await judgePromise(db, caseId, paymentId)
      if (!step) return
      metrics.promiseBroken.inc({ step })
      log.error({ caseId, paymentId, step }, 'the promise is broken: the phone did not ring in time')
    },

    async recordWaitingVerdict(caseId: string, actor: string, verdict: Verdict): Promise<void> {
      await recordWaitingVerdict(db, caseId, actor, verdict)
    },

    closeCase: (caseId: string): Promise<Closing> => closeCase(db, caseId),
  }
}
