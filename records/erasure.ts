import type { Sql } from './database'

/**
 * Erases from the tables of a case's kind, of its calls, its reviews and its events what tells who its people were, or
 * what they said and wrote. Decisions, times, amounts and ids stay; files, chats and notes go.
 */
export async function eraseDetails(tx: Sql, caseId: string): Promise<void> {
  await eraseDispute(tx, caseId)
  await eraseReminder(tx, caseId)
  await eraseHelp(tx, caseId)
  // Whom the package was about stands there by ids alone, and goes on to be what was disclosed.
  await tx.$executeRaw`UPDATE disclosure SET officer = '', reason = '', document_name = NULL, document_type = NULL, document = NULL, package = NULL WHERE case_id = ${caseId}`
  await tx.$executeRaw`
    UPDATE payer_message SET facts = facts || (SELECT coalesce(jsonb_object_agg(key, ''), '{}') FROM jsonb_object_keys(facts) key WHERE key IN ('reason', 'words', 'note'))
    WHERE case_id = ${caseId}`
  // A large release is asked for with the verdict's own word; the other requests have words of somebody.
  await tx.$executeRaw`UPDATE approval SET request_reason = '' WHERE case_id = ${caseId} AND kind <> 'large_release'`
  await tx.$executeRaw`UPDATE approval_vote SET reason = NULL WHERE approval_id IN (SELECT id FROM approval WHERE case_id = ${caseId})`
  await tx.$executeRaw`UPDATE warm_transfer SET note = NULL WHERE case_id = ${caseId}`
  await tx.$executeRaw`UPDATE third_party SET phone = '' WHERE case_id = ${caseId}`
  await tx.$executeRaw`UPDATE help_request SET reason = NULL WHERE case_id = ${caseId}`
  await tx.$executeRaw`UPDATE outbound_event SET body = '{}' WHERE case_id = ${caseId} AND status = 'delivered'`
  // An event that was given up years ago is not to be sent again without its content.
  await tx.$executeRaw`DELETE FROM outbound_event WHERE case_id = ${caseId} AND status = 'dead'`
}

async function eraseDispute(tx: Sql, caseId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE dispute SET statement = NULL, decision_reason = NULL, appeal_reason = NULL,
      facts = facts || jsonb_build_object('payee', jsonb_build_object('id', facts->'payee'->'id', 'name', ''), 'device', '{}'::jsonb, 'place', '{}'::jsonb)
    WHERE case_id = ${caseId}`
  await tx.$executeRaw`UPDATE dispute_task SET result = NULL WHERE case_id = ${caseId}`
  await tx.$executeRaw`DELETE FROM dispute_file WHERE case_id = ${caseId}`
}

async function eraseReminder(tx: Sql, caseId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE payment_check k SET trusted_name = NULL, trusted_phone = NULL, trusted_link_hash = NULL, outcome_notes = NULL, call_code = NULL,
      body = k.body || jsonb_build_object('payer', c.payer, 'payee', jsonb_build_object('id', k.payee_id, 'name', ''),
        'risk', coalesce(k.body->'risk', '{}'::jsonb) - 'payload' || '{"device": {}, "place": {}}')
    FROM risk_case c WHERE k.case_id = ${caseId} AND c.id = k.case_id`
  await tx.$executeRaw`DELETE FROM case_message WHERE case_id = ${caseId}`
}

async function eraseHelp(tx: Sql, caseId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE transfer_help SET reason = '', answer_reason = NULL, payee = payee - 'phone' || '{"name": ""}',
      proposal = CASE WHEN proposal ? 'words' THEN proposal || '{"words": ""}' ELSE proposal END
    WHERE case_id = ${caseId}`
}
