import { setTimeout as wait } from 'node:timers/promises'
import { CallNotTaken, CallOutcomeUnknown, CallRefused, creationTimeoutMillis, type CallCreation, type ProviderCall } from '../providers/telephony'
import { claimedCallSids, isAskedForElsewhere, markAsked, markNotTaken, millisSinceAsked, type RingIntent } from '../records/ringing'
import type { ActivityDependencies } from './dependencies'

// Whoever was held up between the note and the question must not ask any more: others may be looking it up by then.
const longestHoldUpMillis = 2_000
// What the provider took at the last moment may be in its list, or ring and report itself, only somewhat later.
const listLagMillis = 5_000
// After this an unanswered creation is either in the provider's list or was never taken.
const settleMillis = longestHoldUpMillis + creationTimeoutMillis + listLagMillis
const lookAgainMillis = 3_000
// The provider's clock and PostgreSQL's need not agree. Calls of other intents are known and left out.
const clockToleranceMillis = 60_000

export interface RingWish {
  /** Below which the call's documents and reports are: `/voice`, `/status`, `/answered-by`. */
  documents: string
  ringSeconds: number
}

/**
 * Rings one phone once for one intent, however often that is executed: an unknown outcome is looked up (`reconcile`)
 * before the provider is asked again (`ask`).
 */
export function createRinging({ db, telephony, log, metrics }: Pick<ActivityDependencies, 'db' | 'telephony' | 'log' | 'metrics'>) {
  const shownNumber = ({ fromNumber }: Pick<RingIntent, 'fromNumber'>) => fromNumber ?? telephony.fromNumber

  function creation(intent: RingIntent, { documents, ringSeconds }: RingWish): CallCreation {
    return {
      to: intent.phone,
      from: shownNumber(intent),
      url: `${documents}/voice`,
      method: 'POST',
      // Ask for five retries on any failure: the default is one, on connection failures only.
      statusCallback: `${documents}/status#rc=5&rp=all`,
      statusCallbackEvent: ['ringing', 'answered', 'completed'],
      statusCallbackMethod: 'POST',
      timeout: ringSeconds,
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${documents}/answered-by#rc=3&rp=all`,
      asyncAmdStatusCallbackMethod: 'POST',
    }
  }

  return {
    /** Is an earlier question to the provider, whose answer we never got, a call by now? */
    async reconcile(intent: RingIntent): Promise<ProviderCall | undefined> {
      if (!intent.askedAt || intent.begunAt !== undefined) return undefined
      let ours: ProviderCall | undefined
      // A call that is there is believed at once; that there is none, only when nothing can be under way any more.
      for (let settled = false; !ours && !settled; ) {
        const age = await millisSinceAsked(db, intent)
        settled = age >= settleMillis
        const calls = await telephony.callsTo(intent.phone, shownNumber(intent), new Date(intent.intendedAt.getTime() - clockToleranceMillis))
        const claimed = await claimedCallSids(db, calls.map((call) => call.callSid), intent.id)
        // Two people with one number: whose call it is, its callbacks will have said by the time that all is settled.
        if (settled || !(await isAskedForElsewhere(db, intent))) ours = calls.find((call) => !claimed.has(call.callSid))
        if (!ours && !settled) await wait(Math.min(lookAgainMillis, settleMillis - age))
      }
      metrics.reconciliations.inc({ found: ours ? 'call' : 'nothing' })
      log.info({ caseId: intent.caseId, intent: intent.id, callSid: ours?.callSid }, 'reconciled a ring with the provider')
      return ours
    },

    /**
     * Asks the provider to ring.
     * @returns the call, or how the provider refused it: then nothing rings
     * @throws when it must be executed again: nothing was taken, or nobody knows
     */
    async ask(intent: RingIntent, wish: RingWish): Promise<ProviderCall | CallRefused> {
      const about = { caseId: intent.caseId, intent: intent.id }
      const { begunAt: decidedAt = performance.now() } = intent
      const askedAt = intent.begunAt === undefined ? await markAsked(db, intent) : intent.askedAt
      if (performance.now() - decidedAt > longestHoldUpMillis) {
        await markNotTaken(db, { ...intent, askedAt })
        throw new Error('held up before the provider was asked; asking again')
      }
      try {
        return await telephony.createCall(creation(intent, wish))
      } catch (error) {
        if (error instanceof CallNotTaken) {
          metrics.creationFailures.inc({ kind: 'not_taken' })
          log.warn({ ...about, err: error }, 'the provider did not take the call; asking again')
          await markNotTaken(db, { ...intent, askedAt })
        }
        if (error instanceof CallOutcomeUnknown) {
          metrics.creationFailures.inc({ kind: 'unknown' })
          log.warn({ ...about, err: error }, 'unknown whether the call was taken; looking it up before asking again')
        }
        if (!(error instanceof CallRefused)) throw error
        metrics.creationFailures.inc({ kind: 'refused' })
        log.error({ ...about, err: error, code: error.code }, 'the provider refused the call')
        return error
      }
    },
  }
}
