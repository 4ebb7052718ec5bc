import { inTransaction, type Database } from './database'
import { countErased } from './retentionRuns'

/**
 * Erases names, numbers, device, place and payload of payments that were asked about and never paused. Payer's and
 * payee's ids, the amount and what was decided stay, and so does the hash: the id is known for ever. Whose payer has a
 * case under legal hold is left whole.
 * @returns how many were erased, up to `limit`, the oldest first
 */
export async function erasePaymentChecks(db: Database, runId: string, days: number, limit: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    const paymentChecks = await tx.$executeRaw`
      UPDATE payment_check k SET erased_at = now(), body = k.body
        || jsonb_build_object('payer', (k.body->'payer') || '{"name": "", "phones": []}', 'payee', jsonb_build_object('id', k.payee_id, 'name', ''))
        || jsonb_build_object('risk', coalesce(k.body->'risk', '{}'::jsonb) - 'payload' || '{"device": {}, "place": {}}')
      WHERE payment_id IN (
        SELECT payment_id FROM payment_check d WHERE d.case_id IS NULL AND d.erased_at IS NULL AND d.opened_at < now() - make_interval(days => ${days}::int)
          AND NOT EXISTS (SELECT 1 FROM legal_hold h JOIN risk_case c ON c.id = h.case_id WHERE c.payer_id = d.payer_id)
        ORDER BY d.opened_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
    await countErased(tx, runId, { paymentChecks })
    return paymentChecks
  })
}

/**
 * Erases what is left of a payee's name in transfers that were checked: the mask and the keyed hashes. That the id is
 * known, what was decided and how it was answered stay.
 * @returns how many were erased, up to `limit`, the oldest first
 */
export async function eraseTransferChecks(db: Database, runId: string, days: number, limit: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    const transferChecks = await tx.$executeRaw`
      UPDATE transfer_check SET erased_at = now(), masked = NULL, missing_hash = NULL, whole_hash = NULL
      WHERE id IN (
        SELECT id FROM transfer_check d WHERE d.erased_at IS NULL AND d.created_at < now() - make_interval(days => ${days}::int)
          AND NOT EXISTS (SELECT 1 FROM legal_hold h JOIN risk_case c ON c.id = h.case_id WHERE c.payer_id = d.payer_id)
        ORDER BY d.created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
    await countErased(tx, runId, { transferChecks })
    return transferChecks
  })
}
