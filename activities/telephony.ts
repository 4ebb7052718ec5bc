import { ApplicationFailure } from '@temporalio/activity'
import { CallNotTaken, CallOutcomeUnknown, CallRefused, creationTimeoutMillis, type CallCreation, type ProviderCall } from '../providers/telephony'
import {
  attemptId, beginAttempt, claimedCallSids, isAskedForElsewhere, markAsked, markNotTaken, millisSinceAsked, noteQueueTime, PersonCapReached, recordNotMade, storeCall,
  type AttemptIntent, type BegunAttempt,
} from '../records/attempts'
import { agentLabel, legOf, payerLabel } from '../domain/legs'
import type { CallEnded, PayerReached } from '../domain/messages'
import { holderLeg, recordAgentLeft, type HolderLeg } from '../records/conference'
import { recordAgentJoined, recordPayerJoined } from '../records/contact'
import { sqlOf } from '../records/database'
import { endingOf, recordCallReport, type CallReport } from '../records/calls'
import { offerToFreeAgent } from '../providers/caseWorkflows'
import { DiallingPaused, NotPermitted } from '../records/permission'
import type { Attempt } from '../generated/prisma/client'
import { setTimeout as wait } from 'node:timers/promises'
import type { ActivityDependencies } from './dependencies'

export interface DialRequest extends AttemptIntent {
  ringSeconds: number
}

export type DialResult =
  | { made: true; attemptId: string; callSid: string }
  /** Nothing rang. `notBefore`, RFC 3339: when calling is welcome again. */
  | { made: false; attemptId: string; reason: string; notBefore?: string }

/** What polling the provider found about a call that was not heard of. */
export interface Poll {
  ended?: CallEnded
  live: boolean
  /** The payer is in the talk; whoever should have told us was not heard. */
  reached?: PayerReached
  /** Who has the case was in the talk and is not any more. */
  goneAgentId?: string
}

// Whoever was held up between the note and the question must not ask any more: others may be looking it up by then.
const longestHoldUpMillis = 2_000
// What the provider took at the last moment may be in its list, or ring and report itself, only somewhat later.
const listLagMillis = 5_000
// After this an unanswered creation is either in the provider's list or was never taken.
const settleMillis = longestHoldUpMillis + creationTimeoutMillis + listLagMillis
const lookAgainMillis = 3_000
// Stands where a call's SID would, for an attempt that the provider refused.
const refusedCall = 'refused:'
// The provider's clock and PostgreSQL's need not agree. Calls of other attempts are known and left out.
const clockToleranceMillis = 60_000

export function createTelephonyActivities({ db, temporal, telephony, configuration, log, metrics }: ActivityDependencies) {
  const address = (path: string) => `${configuration.publicBaseUrl}/telephony/${path}`

  function creation(request: DialRequest, { id, fromNumber }: Attempt): CallCreation {
    const base = address(`calls/${encodeURIComponent(id)}`)
    return {
      to: request.phone,
      from: fromNumber ?? telephony.fromNumber,
      url: `${base}/voice`,
      method: 'POST',
      // Ask for five retries on any failure: the default is one, on connection failures only.
      statusCallback: `${base}/status#rc=5&rp=all`,
      statusCallbackEvent: ['ringing', 'answered', 'completed'],
      statusCallbackMethod: 'POST',
      timeout: request.ringSeconds,
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${base}/answered-by#rc=3&rp=all`,
      asyncAmdStatusCallbackMethod: 'POST',
    }
  }

  /** What we found out ourselves goes the way of a callback; an agent whom it frees may be needed elsewhere. */
  async function takeReport(report: CallReport) {
    const news = await recordCallReport(db, report)
    if (news?.freedAgentId) await offerToFreeAgent(db, temporal, news.freedAgentId)
    return news
  }

  /** Is an earlier question to the provider, whose answer we never got, a call by now? */
  async function reconcile(attempt: Attempt): Promise<ProviderCall | undefined> {
    if (!attempt.askedAt) return undefined
    let ours: ProviderCall | undefined
    // A call that is there is believed at once; that there is none, only when nothing can be under way any more.
    for (let settled = false; !ours && !settled; ) {
      const age = await millisSinceAsked(db, attempt.id)
      settled = age >= settleMillis
      const calls = await telephony.callsTo(attempt.phone, attempt.fromNumber ?? telephony.fromNumber, new Date(attempt.intendedAt.getTime() - clockToleranceMillis))
      const claimed = await claimedCallSids(db, calls.map((call) => call.callSid), attempt.id)
      // Two payers with one number: whose call it is, its callbacks will have said by the time that all is settled.
      if (settled || !(await isAskedForElsewhere(db, attempt))) ours = calls.find((call) => !claimed.has(call.callSid))
      if (!ours && !settled) await wait(Math.min(lookAgainMillis, settleMillis - age))
    }
    metrics.reconciliations.inc({ found: ours ? 'call' : 'nothing' })
    log.info({ caseId: attempt.caseId, attemptId: attempt.id, callSid: ours?.callSid }, 'reconciled an attempt with the provider')
    return ours
  }

  /** Takes in how the provider finds an attempt's call. */
  async function poll(id: string, find: (callSid: string) => Promise<ProviderCall | undefined>): Promise<Poll> {
    const attempt = await db.attempt.findUniqueOrThrow({ where: { id } })
    if (attempt.status === 'ended') return { ended: await endingOf(db, attempt), live: false }
    if (!attempt.callSid) throw ApplicationFailure.nonRetryable(`attempt ${id} has no call`)
    const call = await find(attempt.callSid)
    // A call that the provider does not know rings nowhere.
    if (!call) {
      const lost = await takeReport({ attemptId: id, callSid: attempt.callSid, status: 'failed', key: 'poll:unknown', source: 'poll', errorCode: '20404' })
      return { ended: lost?.ended, live: false }
    }
    if (call.queueMillis !== null) {
      metrics.providerQueue.observe(call.queueMillis / 1_000)
      await noteQueueTime(db, id, call.queueMillis)
    }
    const news = await takeReport({ attemptId: id, callSid: call.callSid, status: call.status, key: `poll:${call.status}`, source: 'poll' })
    const live = call.status === 'in-progress'
    return { ended: news?.ended, live, ...(live ? await lookWhoIsThere(attempt) : {}) }
  }

  /** Takes in who is in the talk, as the conference's own reports would have said. */
  async function lookWhoIsThere({ id, caseId, number, intendedAt }: Attempt): Promise<Pick<Poll, 'reached' | 'goneAgentId'>> {
    // Read first: whoever joins from now on may not be in the provider's answer, and is not gone for that.
    const known = await holderLeg(sqlOf(db), caseId)
    const legs = await telephony.legsIn(caseId)
    for (const { callSid, label } of legs) {
      const leg = legOf(label)
      if (leg && 'agent' in leg) await recordAgentJoined(db, caseId, leg.agent, callSid)
    }
    const payerIsIn = legs.some(({ label }) => label === payerLabel(number))
    const reached = payerIsIn ? (await recordPayerJoined(db, id))?.reached : undefined
    const gone = payerIsIn && known && known.at > intendedAt && !legs.some(({ callSid, label }) => callSid === known.callSid || label === agentLabel(known.agentId))
    if (!gone) return { reached }
    if (known.there) await leaveBehind(caseId, known)
    return { reached, goneAgentId: known.agentId }
  }

  /** What the conference would have reported, and the payer is told at once. */
  async function leaveBehind(caseId: string, { agentId, callSid }: HolderLeg): Promise<void> {
    const left = await recordAgentLeft(db, caseId, agentId, callSid)
    log.warn({ caseId, agentId }, 'an agent had left a talk, and the provider had not told us')
    if (left?.alone)
      await telephony
        .announceTo(caseId, left.callSid, address(`conferences/${encodeURIComponent(caseId)}/line-broken`))
        .catch((error: unknown) => log.warn({ caseId, err: error }, 'the payer could not be told that the line broke'))
  }

  return {
    /**
     * Rings one phone once for one attempt, however often it is executed: the intent is written, the
     * provider asked, and an unknown outcome is looked up before anything rings again.
     */
    async dial(request: DialRequest): Promise<DialResult> {
      const id = attemptId(request.caseId, request.number)
      const about = { caseId: request.caseId, attemptId: id }
      let attempt: BegunAttempt
      try {
        attempt = await beginAttempt(db, request)
      } catch (error) {
        // Asked again until it is allowed: a pause loses nothing.
        if (error instanceof DiallingPaused) throw ApplicationFailure.create({ message: error.message, type: 'DiallingPaused', nextRetryDelay: '5s' })
        const reason = error instanceof PersonCapReached ? 'person_cap' : error instanceof NotPermitted ? error.reason : undefined
        if (!reason) throw error
        metrics.attemptsNotMade.inc({ reason })
        log.warn({ ...about, reason }, 'nothing rings')
        await recordNotMade(db, request, reason)
        return { made: false, attemptId: id, reason, notBefore: error instanceof NotPermitted ? error.notBefore?.toISOString() : undefined }
      }
      if (attempt.callSid?.startsWith(refusedCall)) return { made: false, attemptId: id, reason: `provider_refused_${attempt.errorCode}` }
      if (attempt.callSid) return { made: true, attemptId: id, callSid: attempt.callSid }
      if (attempt.status === 'ended') return { made: false, attemptId: id, reason: attempt.errorCode ?? 'failed' }
      const found = attempt.begunAt === undefined ? await reconcile(attempt) : undefined
      if (found) {
        await storeCall(db, id, found.callSid, 'reconciled')
        return { made: true, attemptId: id, callSid: found.callSid }
      }

      const { begunAt: decidedAt = performance.now() } = attempt
      const askedAt = attempt.begunAt === undefined ? await markAsked(db, attempt) : attempt.askedAt!
      if (performance.now() - decidedAt > longestHoldUpMillis) {
        await markNotTaken(db, id, askedAt)
        throw new Error('held up before the provider was asked; asking again')
      }
      try {
        const call = await telephony.createCall(creation(request, attempt))
        await storeCall(db, id, call.callSid, 'created')
        metrics.attempts.inc({ mode: request.mode })
        return { made: true, attemptId: id, callSid: call.callSid }
      } catch (error) {
        if (error instanceof CallNotTaken) {
          metrics.creationFailures.inc({ kind: 'not_taken' })
          log.warn({ ...about, err: error }, 'the provider did not take the call; asking again')
          await markNotTaken(db, id, askedAt)
        }
        if (error instanceof CallOutcomeUnknown) {
          metrics.creationFailures.inc({ kind: 'unknown' })
          log.warn({ ...about, err: error }, 'unknown whether the call was taken; looking it up before asking again')
        }
        if (!(error instanceof CallRefused)) throw error
        metrics.creationFailures.inc({ kind: 'refused' })
        log.error({ ...about, err: error, code: error.code }, 'the provider refused the call')
        await takeReport({
          attemptId: id, callSid: refusedCall + id, status: 'failed', key: 'refused', source: 'poll', errorCode: String(error.code ?? 'refused'),
        })
        return { made: false, attemptId: id, reason: `provider_refused_${error.code ?? 'unknown'}` }
      }
    },

    /** Nothing was heard of a call for too long: asks the provider, and takes in what it says. */
    async pollCall(id: string): Promise<Poll> {
      return poll(id, telephony.fetchCall)
    },

    /** A machine answered: a message without payment details that names a safe way to call back, then ring off. */
    async leaveVoicemail(id: string, callSid: string): Promise<void> {
      await telephony.redirectCall(callSid, address(`calls/${encodeURIComponent(id)}/voicemail`))
    },

    /** Nobody could come to a payer on the line: apologise, say that we ring again, ring off. */
    async apologise(id: string, callSid: string): Promise<void> {
      await telephony.redirectCall(callSid, address(`calls/${encodeURIComponent(id)}/apology`))
    },

    /** Ends a call. One that was over already is news: the callback that should have said so is lost. */
    async endCall(id: string): Promise<Poll> {
      return poll(id, telephony.endCall)
    },
  }
}
