import { lockAttempt } from './calls'
import { inTransaction, sqlOf, type Database } from './database'
import { policyVersion } from './policy'
import { appendEvents, appendOnce, appendUnlessRecent, lockCase, type Actor } from './timeline'

export type RecordingStatus = 'asked' | 'recording' | 'paused' | 'completed' | 'deleted'

export interface CallToRecord {
  caseId: string
  attemptId: string
  callSid: string
  /** What is said is written down too. */
  transcribe: boolean
}

/** The provider's answer to the last question is not known for so long at most; then it may be asked again. */
const askAgainSeconds = 15

/**
 * The payer has heard the announcement and is in the talk: the consent is stamped, and the recording may be
 * asked for. Of several reports of the same join one is told to ask.
 * @param wording the version of the words that announced it
 * @returns undefined when the policy does not record, or somebody else asks
 */
export async function beginRecording(db: Database, attemptId: string, wording: string): Promise<CallToRecord | undefined> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt || attempt.status === 'ended' || attempt.callSid === null) return undefined
    const { recordCalls, transcribeCalls: transcribe } = await policyVersion(tx, attempt.policyVersion)
    if (!recordCalls) return undefined
    const { caseId, callSid } = attempt
    const [stamped, asked] = await Promise.all([
      tx.$executeRaw`UPDATE attempt SET consent_at = now(), consent_wording = ${wording} WHERE id = ${attemptId} AND consent_at IS NULL`,
      tx.$executeRaw`
        INSERT INTO recording (attempt_id, case_id, call_sid) VALUES (${attemptId}, ${caseId}, ${callSid})
        ON CONFLICT (attempt_id) DO UPDATE SET asked_at = now()
          WHERE recording.recording_sid IS NULL AND recording.asked_at < now() - make_interval(secs => ${askAgainSeconds})`,
    ])
    if (stamped > 0) await appendEvents(tx, caseId, [{ type: 'recording_announced', actor: 'system:telephony', data: { attemptId, wording } }])
    return asked > 0 ? { caseId, attemptId, callSid, transcribe } : undefined
  })
}

/** The provider was not reached: whoever is told of the call next may ask at once. */
export async function forgetAsking(db: Database, attemptId: string): Promise<void> {
  await sqlOf(db).$executeRaw`UPDATE recording SET asked_at = 'epoch' WHERE attempt_id = ${attemptId} AND recording_sid IS NULL`
}

export async function storeRecording(db: Database, { caseId, attemptId }: Pick<CallToRecord, 'caseId' | 'attemptId'>, recordingSid: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [, stored] = await Promise.all([
      lockCase(tx, caseId),
      tx.$executeRaw`
        UPDATE recording SET recording_sid = ${recordingSid}, status = CASE status WHEN 'asked' THEN 'recording' ELSE status END
        WHERE attempt_id = ${attemptId} AND recording_sid IS NULL`,
    ])
    if (stored > 0) await appendEvents(tx, caseId, [{ type: 'recording_started', actor: 'provider', data: { attemptId, recordingSid } }])
  })
}

/** The provider has the whole recording. Repeats write nothing. */
export async function completeRecording(
  db: Database,
  attemptId: string,
  { recordingSid, seconds, channels }: { recordingSid: string; seconds: number; channels: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return
    const data = { attemptId, recordingSid, seconds }
    await Promise.all([
      tx.$executeRaw`
        UPDATE recording SET recording_sid = ${recordingSid}, status = 'completed', seconds = ${seconds}, channels = ${channels}, completed_at = now(), paused_at = NULL
        WHERE attempt_id = ${attemptId} AND status NOT IN ('completed', 'deleted')`,
      appendOnce(tx, attempt.caseId, { type: 'recording_completed', actor: 'provider', data }, { recordingSid }),
    ])
  })
}

export interface LiveRecording {
  attemptId: string
  callSid: string
  recordingSid: string
  status: 'recording' | 'paused'
  pausedAt: Date | null
  /** What writes it down. */
  transcriptionSid: string | null
  transcribe: boolean
}

/** The recording of the case's call that is under way. */
export async function liveRecording(db: Database, caseId: string): Promise<LiveRecording | undefined> {
  const [live] = await sqlOf(db).$queryRaw<LiveRecording[]>`
    SELECT r.attempt_id AS "attemptId", r.call_sid AS "callSid", r.recording_sid AS "recordingSid", r.status, r.paused_at AS "pausedAt",
      r.transcription_sid AS "transcriptionSid", coalesce((p.body->>'transcribeCalls')::boolean, false) AS transcribe
    FROM recording r JOIN attempt a ON a.id = r.attempt_id JOIN risk_case c ON c.id = r.case_id JOIN policy p ON p.version = c.policy_version
    WHERE r.case_id = ${caseId} AND r.status IN ('recording', 'paused') AND a.status <> 'ended' ORDER BY r.asked_at DESC LIMIT 1`
  return live
}

/** The provider has paused the recording, or goes on with it. @returns whether that is news */
export async function noteRecordingPaused(db: Database, caseId: string, attemptId: string, paused: boolean, actor: Actor): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const changed = await tx.$executeRaw`
      UPDATE recording SET status = ${paused ? 'paused' : 'recording'}, paused_at = ${paused ? new Date() : null}
      WHERE attempt_id = ${attemptId} AND status = ${paused ? 'recording' : 'paused'}`
    if (changed > 0) await appendEvents(tx, caseId, [{ type: paused ? 'recording_paused' : 'recording_resumed', actor, data: { attemptId } }])
    return changed > 0
  })
}

/** Listening to a payer is reading personal data: an event of the case before a sound is heard, once a minute for each person. */
export async function noteListening(db: Database, caseId: string, recordingSid: string, actor: Actor): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    await appendUnlessRecent(tx, caseId, { type: 'recording_played', actor, data: { recordingSid } })
  })
}
