import { z } from 'zod'
import { callNow } from '../../domain/messages'
import { tellCallNews } from '../../providers/callNews'
import { tellCase } from '../../providers/caseWorkflows'
import { noteQueueTime } from '../../records/attempts'
import { isOver, recordCallReport } from '../../records/calls'
import { liveAttempt } from '../../records/conference'
import { inTransaction, sqlOf } from '../../records/database'
import { liveRecording, noteRecordingPaused } from '../../records/recordings'
import { appendEvents } from '../../records/timeline'
import { noteTranscription } from '../../records/transcripts'
import { actorOf, type Staff } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, unavailable } from '../problem'
import { createTranscription } from '../telephony/transcription'
import { appoint, appointmentSchema, appointmentView } from '../views/appointment'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { heldCase } from './holding'

const holdSchema = z.strictObject({ hold: z.boolean() }).meta({ id: 'Hold' })
const pauseSchema = z.strictObject({ paused: z.boolean() }).meta({ id: 'RecordingPause' })
const answers = {
  204: { description: 'Done.' },
  403: { description: 'The case is not in your hands.' },
  409: { description: 'No call of this case is under way.' },
}

const decided = { 403: { description: 'The case is not in your hands.' }, 409: { description: 'Everything in this case is decided.' } }

/** What an agent does to the payer's leg of the call. */
export function callEndpoints({ db, gate, temporal, telephony, configuration, log }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')
  const transcription = createTranscription({ db, telephony, configuration, log })

  async function liveCall(caller: Staff, caseId: string): Promise<{ attemptId: string; callSid: string }> {
    await heldCase(db, caller.id, caseId)
    const live = await liveAttempt(sqlOf(db), caseId)
    if (!live) throw conflict('No call of this case is under way.')
    return live
  }

  /** The call goes on as it is when the provider cannot be asked; the agent should know that. */
  async function ask<T>(caseId: string, request: Promise<T>): Promise<T> {
    return request.catch((error: unknown) => {
      log.error({ caseId, err: error }, 'the telephone provider did not do as the agent asked')
      throw unavailable('The telephone provider cannot be reached; the call goes on as it is.')
    })
  }

  async function takeEnding(attemptId: string, callSid: string, status: string): Promise<void> {
    const news = await recordCallReport(db, { attemptId, callSid, status, key: `poll:${status}`, source: 'poll' })
    if (news) await tellCallNews(db, temporal, news)
  }

  async function note(caller: Staff, caseId: string, type: string, attemptId: string): Promise<void> {
    await inTransaction(db, (tx) => appendEvents(tx, caseId, [{ type, actor: actorOf(caller), data: { attemptId } }]))
  }

  return [
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/call',
      tag: 'desk',
      summary: 'Have the phone dialled now',
      description: 'In a queue with preview: you have looked at the case. Without it the phone is dialled by itself when the time for looking is over.',
      access,
      params: caseParams,
      answers: { ...answers, 204: { description: 'It is being dialled.' }, 409: { description: 'A call is under way, or the case needs none any more.' } },
      async handle({ caller, params: { caseId } }) {
        const held = await heldCase(db, caller.id, caseId)
        const live = await db.attempt.count({ where: { caseId, status: { not: 'ended' } } })
        if (live > 0) throw conflict('A call of this case is under way already.')
        await inTransaction(db, (tx) => appendEvents(tx, caseId, [{ type: 'agent_called', actor: actorOf(caller) }]))
        if (!(await tellCase(temporal, held, callNow, { agentId: caller.id }))) throw conflict('This case is over.')
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/desk/cases/:caseId/appointment',
      tag: 'desk',
      summary: 'Agree with the payer when to call again',
      description: 'The funds stay held until then; the same agent is asked first. A later agreement replaces this one.',
      access,
      params: caseParams,
      body: appointmentSchema,
      bodyExample: { at: '2099-05-25T18:00:00+08:00' },
      answers: { 200: { description: 'The phone rings then, and not before.', schema: appointmentView }, ...decided },
      async handle({ caller, params: { caseId }, body }) {
        await heldCase(db, caller.id, caseId)
        return appoint({ db, temporal }, caseId, { at: body.at, actor: actorOf(caller) })
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/hang-up',
      tag: 'desk',
      summary: 'End the call with the payer',
      access,
      params: caseParams,
      answers,
      async handle({ caller, params: { caseId } }) {
        const { attemptId, callSid } = await liveCall(caller, caseId)
        const found = await ask(caseId, telephony.endCall(callSid))
        await note(caller, caseId, 'agent_hung_up', attemptId)
        if (found?.queueMillis != null) await noteQueueTime(db, attemptId, found.queueMillis)
        // It was over before: the callback that should have said so is lost, and the agent still sees a live call.
        if (!found || isOver(found.status)) await takeEnding(attemptId, callSid, found?.status ?? 'failed')
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/hold',
      tag: 'desk',
      summary: 'Put the payer on hold, or come back',
      access,
      params: caseParams,
      body: holdSchema,
      bodyExample: { hold: true },
      answers,
      async handle({ caller, params: { caseId }, body: { hold } }) {
        const { attemptId, callSid } = await liveCall(caller, caseId)
        await ask(caseId, telephony.holdParticipant(caseId, callSid, hold, `${configuration.publicBaseUrl}/telephony/conferences/${caseId}/hold`))
        await note(caller, caseId, hold ? 'payer_held' : 'payer_resumed', attemptId)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/recording',
      tag: 'desk',
      summary: 'Pause the recording while card data is spoken, or go on with it',
      description: 'While it is paused the tape has silence of the same length.',
      access,
      params: caseParams,
      body: pauseSchema,
      bodyExample: { paused: true },
      answers: { ...answers, 409: { description: 'No call of this case is being recorded.' } },
      async handle({ caller, params: { caseId }, body: { paused } }) {
        await heldCase(db, caller.id, caseId)
        const live = await liveRecording(db, caseId)
        if (!live) throw conflict('No call of this case is being recorded.')
        // What must not be recorded must not be written down either: that ends first, and begins again last.
        if (paused && live.transcriptionSid) {
          await ask(caseId, telephony.stopTranscription(live.callSid, live.transcriptionSid))
          await noteTranscription(db, live.attemptId, null)
        }
        await ask(caseId, telephony.pauseRecording(live.callSid, live.recordingSid, paused))
        const changed = await noteRecordingPaused(db, caseId, live.attemptId, paused, actorOf(caller))
        if (!paused && changed && live.transcribe) await transcription.begin({ caseId, attemptId: live.attemptId, callSid: live.callSid })
      },
    }),
  ]
}
