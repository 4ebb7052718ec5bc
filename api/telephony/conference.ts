import type { Request } from 'express'
import { agentLeft, payerReached } from '../../domain/messages'
import { legOf } from '../../domain/legs'
import { tellCallNews } from '../../providers/callNews'
import { tellCase } from '../../providers/caseWorkflows'
import { tellLineBroke } from '../../providers/lineBroken'
import { attemptId } from '../../records/attempts'
import { recordInboundLeft } from '../../records/calls'
import { agentMayJoin, recordAgentLeft } from '../../records/conference'
import { recordAgentJoined, recordPayerJoined } from '../../records/contact'
import { sqlOf } from '../../records/database'
import { endMonitoring } from '../../records/monitoring'
import { scriptInForce, scriptOfCase } from '../../records/scripts'
import { recordThirdPartyJoined } from '../../records/thirdParty/reports'
import type { browserLegs } from './browserLegs'
import { announcement, waiting } from './documents'
import type { callRecording } from './recording'
import type { Webhooks } from './webhooks'
import { wordingOf, type Wording } from './wording'

/** What the payer hears while no agent talks with them. */
export function conferenceAnnouncements({ db, document }: Webhooks): void {
  async function wordingOfCase({ params }: Request): Promise<Wording> {
    return wordingOf((await scriptOfCase(sqlOf(db), String(params.caseId))) ?? (await scriptInForce(sqlOf(db), 'callback', 'en')))
  }

  document('/conferences/:caseId/wait', async (request) => waiting(await wordingOfCase(request)))

  /** What the payer hears while an agent has put them on hold. */
  document('/conferences/:caseId/hold', async (request) => waiting(await wordingOfCase(request)))

  document('/conferences/:caseId/line-broken', async (request) => {
    const wording = await wordingOfCase(request)
    return announcement(wording, wording.lineBroken)
  })

  /** What the payer hears once another agent is sought for them. */
  document('/conferences/:caseId/patience', async (request) => {
    const wording = await wordingOfCase(request)
    return announcement(wording, wording.waiting)
  })
}

interface Others {
  recording: ReturnType<typeof callRecording>
  seats: ReturnType<typeof browserLegs>
}

/** Who comes into a talk and who leaves it. */
export function conferenceReports({ db, temporal, telephony, configuration, log, report }: Webhooks, { recording, seats }: Others): void {
  report('/conferences/:caseId/status', async (request, { ParticipantLabel, StatusCallbackEvent: event, CallSid = '' }) => {
    const caseId = String(request.params.caseId)
    const leg = legOf(ParticipantLabel)
    if (!leg) return
    if (event === 'participant-join') {
      if ('payer' in leg) await payerIsIn(attemptId(caseId, leg.payer))
      if ('agent' in leg) await agentIsIn(caseId, leg.agent, CallSid)
      if ('supervisor' in leg) await seats.supervisorIsIn(caseId, leg.supervisor, CallSid)
      if ('thirdParty' in leg) await recordThirdPartyJoined(db, leg.thirdParty)
    }
    if (event === 'participant-leave') {
      if ('payer' in leg) await payerIsGone(attemptId(caseId, leg.payer), CallSid)
      if ('agent' in leg) await agentIsGone(caseId, leg.agent, CallSid)
      if ('supervisor' in leg) await supervisorIsGone(caseId, leg.supervisor, CallSid)
    }
  })

  async function payerIsIn(attempt: string): Promise<void> {
    const heard = await recordPayerJoined(db, attempt)
    if (heard?.reached) await tellCase(temporal, heard, payerReached, heard.reached)
    await recording.begin(attempt)
  }

  /** A call that the payer made has no status callbacks of ours: it ends with its leg. */
  async function payerIsGone(attempt: string, callSid: string): Promise<void> {
    const left = await recordInboundLeft(db, attempt, callSid)
    if (left) await tellCallNews(db, temporal, left)
  }

  async function agentIsIn(caseId: string, agentId: string, callSid: string): Promise<void> {
    const heard = await recordAgentJoined(db, caseId, agentId, callSid)
    if (heard?.reached) await tellCase(temporal, heard, payerReached, heard.reached)
    await seats.coachAgain(caseId)
  }

  async function agentIsGone(caseId: string, agentId: string, callSid: string): Promise<void> {
    const left = await recordAgentLeft(db, caseId, agentId, callSid)
    if (!left) return
    if (left.alone) await tellLineBroke({ telephony, configuration, log }, caseId, left.callSid)
    await tellCase(temporal, left, agentLeft, { attemptId: left.attemptId, agentId })
  }

  async function supervisorIsGone(caseId: string, supervisorId: string, callSid: string): Promise<void> {
    await endMonitoring(db, { caseId, supervisorId, callSid, why: 'line_lost' })
    // Who has taken the call over left it as its agent.
    if (await agentMayJoin(db, caseId, supervisorId)) await agentIsGone(caseId, supervisorId, callSid)
  }
}
