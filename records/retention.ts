import type { Policy } from '../domain/policy'
import { inTransaction, sqlOf, type Database } from './database'
import { eraseDetails } from './erasure'
import { countErased } from './retentionRuns'
import { appendEvents, lockCase, type Actor } from './timeline'

export type RetentionDays = Policy['retentionDays']

export interface DueRecording {
  attemptId: string
  caseId: string
  recordingSid: string | null
}

interface Part {
  limit: number
  /** So many of the oldest are left out. */
  passOver: number
}

/** Recordings past retention whose case is not under legal hold, the oldest first. */
export function recordingsToDelete(db: Database, { recordings }: RetentionDays, { limit, passOver }: Part): Promise<DueRecording[]> {
  return sqlOf(db).$queryRaw<DueRecording[]>`
    SELECT r.attempt_id AS "attemptId", r.case_id AS "caseId", r.recording_sid AS "recordingSid" FROM recording r JOIN attempt a ON a.id = r.attempt_id
    WHERE r.deleted_at IS NULL AND r.asked_at < now() - make_interval(days => ${recordings}::int) AND a.status = 'ended'
      AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = r.case_id)
    ORDER BY r.asked_at, r.attempt_id LIMIT ${limit} OFFSET ${passOver}`
}

/**
 * Deletes one recording. The case is locked meanwhile, so that a legal hold is set before or after, never in between.
 * @param atProvider deletes it there; one that is gone already is a success
 * @returns whether it was deleted; a legal hold that came first keeps it
 */
export async function deleteRecording(db: Database, runId: string, due: DueRecording, atProvider: () => Promise<void>): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, due.caseId)
    if ((await tx.$executeRaw`SELECT 1 FROM legal_hold WHERE case_id = ${due.caseId}`) > 0) return false
    await atProvider()
    const deleted = await tx.$executeRaw`
      UPDATE recording SET status = 'deleted', deleted_at = now() WHERE attempt_id = ${due.attemptId} AND deleted_at IS NULL`
    await tx.$executeRaw`DELETE FROM transcript_line WHERE attempt_id = ${due.attemptId}`
    const data = { attemptId: due.attemptId, recordingSid: due.recordingSid }
    if (deleted > 0) await appendEvents(tx, due.caseId, [{ type: 'recording_deleted', actor: 'system:retention', data }])
    await countErased(tx, runId, { recordings: deleted })
    return deleted > 0
  })
}

/** Closed cases past retention that hold personal data still and are not under legal hold, the oldest first. */
export async function casesToErase(db: Database, { personalData }: RetentionDays, { limit, passOver }: Part): Promise<string[]> {
  const rows = await sqlOf(db).$queryRaw<{ id: string }[]>`
    SELECT c.id FROM risk_case c
    WHERE c.closed_at < now() - make_interval(days => ${personalData}::int) AND c.erased_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM recording r WHERE r.case_id = c.id AND r.deleted_at IS NULL)
    ORDER BY c.closed_at, c.id LIMIT ${limit} OFFSET ${passOver}`
  return rows.map(({ id }) => id)
}

/**
 * Erases what tells who the people of a closed case were: names, numbers, notes, device, place and payload, and what
 * the provider reported. What happened, when, and to how much money stays; so do the ids, or the same flag would open
 * a new case. The timeline and the audit log hold none of it.
 * @returns whether it was erased; a legal hold that came first keeps it
 */
export async function eraseCase(db: Database, runId: string, caseId: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const erased = await tx.$executeRaw`
      UPDATE risk_case c SET erased_at = now(), needs_attention = NULL,
        payer = jsonb_build_object('id', c.payer_id, 'name', '', 'phones', '[]'::jsonb, 'locale', c.locale, 'security', coalesce(c.payer->'security', '{}'::jsonb))
      WHERE c.id = ${caseId} AND c.erased_at IS NULL AND c.closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = c.id)`
    if (erased === 0) return false
    await tx.$executeRaw`
      UPDATE flagged_payment p SET verdict_notes = NULL, body = p.body
        || jsonb_build_object('payer', c.payer, 'payee', jsonb_build_object('id', p.body->'payee'->'id', 'name', ''))
        || jsonb_build_object('risk', coalesce(p.body->'risk', '{}'::jsonb) - 'payload' || '{"device": {}, "place": {}}'::jsonb)
      FROM risk_case c WHERE p.case_id = ${caseId} AND c.id = p.case_id`
    await tx.$executeRaw`UPDATE attempt SET phone = '', pass_phrase = NULL WHERE case_id = ${caseId}`
    await tx.$executeRaw`UPDATE call_webhook SET form = '{}' WHERE attempt_id IN (SELECT id FROM attempt WHERE case_id = ${caseId})`
    await tx.$executeRaw`DELETE FROM case_note WHERE case_id = ${caseId}`
    await tx.$executeRaw`UPDATE call_review SET draft_comment = NULL, agent_comment = NULL WHERE case_id = ${caseId}`
    await tx.$executeRaw`
      UPDATE review_version SET comment = NULL WHERE comment IS NOT NULL AND review_id IN (SELECT id FROM call_review WHERE case_id = ${caseId})`
    await eraseDetails(tx, caseId)
    await appendEvents(tx, caseId, [{ type: 'data_erased', actor: 'system:retention' }])
    await countErased(tx, runId, { cases: 1 })
    return true
  })
}

/** @returns false when the case is under legal hold already; undefined when there is no such case */
export async function setLegalHold(db: Database, caseId: string, reason: string, actor: Actor): Promise<boolean | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await lockCase(tx, caseId))) return undefined
    const set = await tx.$executeRaw`INSERT INTO legal_hold (case_id, reason, set_by) VALUES (${caseId}, ${reason}, ${actor}) ON CONFLICT DO NOTHING`
    if (set > 0) await appendEvents(tx, caseId, [{ type: 'legal_hold_set', actor, data: { reason } }])
    return set > 0
  })
}

/** @returns whether the case was under legal hold */
export async function liftLegalHold(db: Database, caseId: string, reason: string, actor: Actor): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const lifted = await tx.$executeRaw`DELETE FROM legal_hold WHERE case_id = ${caseId}`
    if (lifted > 0) await appendEvents(tx, caseId, [{ type: 'legal_hold_lifted', actor, data: { reason } }])
    return lifted > 0
  })
}
