import { ApplicationFailure } from '@temporalio/activity'
import { CallRefused, type ProviderCall } from '../providers/telephony'
import { attemptId, beginAttempt, noteQueueTime, PersonCapReached, recordNotMade, storeCall, type AttemptIntent, type BegunAttempt } from '../records/attempts'
import { agentLabel, legOf, payerLabel } from '../domain/legs'
import type { CallEnded, PayerReached } from '../domain/messages'
import { holderLeg, leftTogether, recordAgentLeft, type HolderLeg } from '../records/conference'
import { recordAgentJoined, recordPayerJoined } from '../records/contact'
import { sqlOf } from '../records/database'
import { endingOf, recordCallReport, type CallReport } from '../records/calls'
import { tellOthers } from '../providers/callNews'
import { tellLineBroke } from '../providers/lineBroken'
import { DiallingPaused, NotPermitted } from '../records/permission'
import type { Attempt } from '../generated/prisma/client'
import type { ActivityDependencies } from './dependencies'
import { createRinging } from './ringing'

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

// Stands where a call's SID would, for an attempt that the provider refused.
const refusedCall = 'refused:'

export function createTelephonyActivities({ db, temporal, telephony, configuration, log, metrics }: ActivityDependencies) {
  const ringing = createRinging({ db, telephony, log, metrics })
  const address = (path: string) => `${configuration.publicBaseUrl}/telephony/${path}`

  /** What we found out ourselves goes the way of a callback; an agent whom it frees may be needed elsewhere. */
  async function takeReport(report: CallReport) {
    const news = await recordCallReport(db, report)
    if (news) await tellOthers(db, temporal, news)
    return news
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
    const known = (await leftTogether(sqlOf(db), caseId)) ? undefined : await holderLeg(sqlOf(db), caseId)
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
    if (left?.alone) await tellLineBroke({ telephony, configuration, log }, caseId, left.callSid)
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
      const found = await ringing.reconcile(attempt)
      if (found) {
        await storeCall(db, id, found.callSid, 'reconciled')
        return { made: true, attemptId: id, callSid: found.callSid }
      }
      const answer = await ringing.ask(attempt, { documents: address(`calls/${encodeURIComponent(id)}`), ringSeconds: request.ringSeconds })
      if (answer instanceof CallRefused) {
        await takeReport({
          attemptId: id, callSid: refusedCall + id, status: 'failed', key: 'refused', source: 'poll', errorCode: String(answer.code ?? 'refused'),
        })
        return { made: false, attemptId: id, reason: `provider_refused_${answer.code ?? 'unknown'}` }
      }
      await storeCall(db, id, answer.callSid, 'created')
      metrics.attempts.inc({ mode: request.mode })
      return { made: true, attemptId: id, callSid: answer.callSid }
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
