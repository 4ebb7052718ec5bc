import { beginRecording, completeRecording, forgetAsking, storeRecording } from '../../records/recordings'
import { unavailable } from '../problem'
import { callSubject } from './callSubject'
import { createTranscription } from './transcription'
import type { Webhooks } from './webhooks'

/** Recordings of talks, and the transcripts beside them. */
export function callRecording(webhooks: Webhooks) {
  const { db, telephony, log, address, report } = webhooks
  const transcription = createTranscription(webhooks)

  report('/calls/:attemptId/recording', async (request, { RecordingSid, RecordingStatus, RecordingDuration, RecordingChannels }) => {
    if (!RecordingSid || RecordingStatus !== 'completed') return
    const done = { recordingSid: RecordingSid, seconds: Number(RecordingDuration ?? 0), channels: Number(RecordingChannels ?? 2) }
    await completeRecording(db, String(request.params.attemptId), done)
  })

  report('/calls/:attemptId/transcription', async (request, body) => transcription.take(String(request.params.attemptId), body))

  return {
    /** The announcement is over when the payer is in the talk. An outage is no reason to refuse the report for good: it comes again, and asks again. */
    async begin(id: string): Promise<void> {
      const call = await beginRecording(db, id, (await callSubject(db, id))?.script ?? '')
      if (!call) return
      try {
        const recordingSid = await telephony.startRecording(call.callSid, address(`calls/${encodeURIComponent(id)}/recording#rc=5&rp=all`))
        if (recordingSid) await storeRecording(db, call, recordingSid)
        if (recordingSid && call.transcribe) await transcription.begin(call)
      } catch (error) {
        log.error({ caseId: call.caseId, attemptId: id, err: error }, 'the call could not be recorded')
        await forgetAsking(db, id)
        throw unavailable('The provider could not be asked to record.')
      }
    },
  }
}
