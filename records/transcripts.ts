import { sealed } from '../configuration/vault'
import { withoutCardNumbers } from '../domain/transcript'
import { inTransaction, sqlOf, type Database } from './database'
import { appendUnlessRecent, lockCase, type Actor } from './timeline'

/** `company`: whatever the payer hears, the agent and announcements. */
export type Speaker = 'payer' | 'company'

export interface SpokenLine {
  transcriptionSid: string
  sequence: number
  speaker: Speaker
  text: string
  /** 0 to 1. */
  confidence: number | null
  at: Date
}

/** Which session of the provider writes a call down from now on; null = none does. @returns whether the call has a recording to go with it */
export async function noteTranscription(db: Database, attemptId: string, transcriptionSid: string | null): Promise<boolean> {
  return (await sqlOf(db).$executeRaw`UPDATE recording SET transcription_sid = ${transcriptionSid} WHERE attempt_id = ${attemptId} AND deleted_at IS NULL`) > 0
}

/**
 * Keeps one line without card numbers. Repeats write nothing, and neither does what comes after the recording was
 * deleted, or was said while it was paused.
 */
export async function recordSpoken(db: Database, attemptId: string, { transcriptionSid, sequence, speaker, text, confidence, at }: SpokenLine): Promise<void> {
  await sqlOf(db).$executeRaw`
    INSERT INTO transcript_line (transcription_sid, sequence, attempt_id, speaker, text, confidence, at)
    SELECT ${transcriptionSid}, ${sequence}, attempt_id, ${speaker}, ${sealed(withoutCardNumbers(text))}, ${confidence}, ${at} FROM recording
    WHERE attempt_id = ${attemptId} AND deleted_at IS NULL AND (paused_at IS NULL OR paused_at > ${at})
    ON CONFLICT DO NOTHING`
}

export interface TranscriptLine {
  attemptId: string
  /** Since the recording began. */
  seconds: number
  speaker: Speaker
  text: string
  confidence: number | null
}

/** What was said in a case's calls. Reading it is an event of the case before a word is shown, once a minute for each person. */
export async function readTranscript(db: Database, caseId: string, actor: Actor): Promise<TranscriptLine[]> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    await appendUnlessRecent(tx, caseId, { type: 'transcript_read', actor })
    return tx.$queryRaw<TranscriptLine[]>`
      SELECT l.attempt_id AS "attemptId", greatest(0, extract(epoch FROM l.at - r.asked_at))::float8 AS seconds, l.speaker, l.text, l.confidence
      FROM recording r JOIN transcript_line l ON l.attempt_id = r.attempt_id WHERE r.case_id = ${caseId} ORDER BY l.at, l.sequence`
  })
}
