import { noteTranscription, recordSpoken, type Speaker } from '../../records/transcripts'
import { callSubject } from './callSubject'
import type { Form, TelephonyDeps } from './webhooks'

/** The payer's own leg is transcribed: what comes in is the payer, what goes out is everybody whom they hear. */
const speakers: Record<string, Speaker> = { inbound_track: 'payer', outbound_track: 'company' }

/** Real-time transcription of talks that are recorded. A talk is not disturbed because it cannot be written down. */
export function createTranscription({ db, telephony, configuration, log }: Pick<TelephonyDeps, 'db' | 'telephony' | 'configuration' | 'log'>) {
  return {
    /** Has the call written down from now on. */
    async begin({ caseId, attemptId, callSid }: { caseId: string; attemptId: string; callSid: string }): Promise<void> {
      try {
        const subject = await callSubject(db, attemptId)
        if (!subject) return
        const { language } = subject.wording.voice
        const statusCallback = `${configuration.publicBaseUrl}/telephony/calls/${encodeURIComponent(attemptId)}/transcription#rc=5&rp=all`
        const sid = await telephony.startTranscription(callSid, { statusCallback, language })
        if (sid) await noteTranscription(db, attemptId, sid)
      } catch (error) {
        log.error({ caseId, attemptId, err: error }, 'the call could not be transcribed')
      }
    },

    /** One report of the provider: a sentence, or that it has begun, stopped or failed. */
    async take(attemptId: string, form: Form): Promise<void> {
      const { TranscriptionEvent: event, TranscriptionSid, SequenceId, Track = '', Final = 'true', Timestamp } = form
      if (event === 'transcription-error') log.warn({ attemptId, code: form.TranscriptionErrorCode }, 'the provider could not transcribe')
      const speaker = speakers[Track]
      const sequence = Number(SequenceId)
      if (event !== 'transcription-content' || Final !== 'true' || !speaker || !TranscriptionSid || !Number.isSafeInteger(sequence)) return
      const { text, confidence } = sentenceIn(form.TranscriptionData)
      const at = new Date(Timestamp ?? Date.now())
      if (text) await recordSpoken(db, attemptId, { transcriptionSid: TranscriptionSid, sequence, speaker, text, confidence, at: Number.isNaN(at.getTime()) ? new Date() : at })
    },
  }
}

function sentenceIn(data = '{}'): { text: string; confidence: number | null } {
  try {
    const { transcript, confidence } = JSON.parse(data) as { transcript?: unknown; confidence?: unknown }
    return { text: typeof transcript === 'string' ? transcript.replaceAll('\0', '').trim().slice(0, 8_000) : '', confidence: typeof confidence === 'number' ? confidence : null }
  } catch {
    // What cannot be read is of no use to anybody, and would not be on a repeat either.
    return { text: '', confidence: null }
  }
}
