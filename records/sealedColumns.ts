/** Where and with what a payment was made: keys of the documents that flag one, ask about one, or dispute one. */
export const circumstances = ['device', 'place', 'payload'] as const
/** What somebody said, in facts that a payer is told and in the events that carry them. */
export const words = ['reason', 'words', 'note'] as const

/** A column that is written sealed. */
export interface SealedColumn {
  table: string
  /** The columns of the primary key. */
  key: readonly string[]
  column: string
  kind: 'text' | 'bytes' | 'json'
  /** Of a JSON document: the keys under which it is sealed. */
  within?: readonly string[]
}

const text = (table: string, key: readonly string[], ...columns: string[]) => columns.map((column): SealedColumn => ({ table, key, column, kind: 'text' }))
const bytes = (table: string, key: readonly string[], ...columns: string[]) => columns.map((column): SealedColumn => ({ table, key, column, kind: 'bytes' }))
const json = (table: string, key: readonly string[], column: string, within: readonly string[]): SealedColumn => ({ table, key, column, kind: 'json', within })

/** All of it, so that keys can be rotated. What is written to one of these is wrapped in `sealed` or `sealedWithin`. */
export const sealedColumns: readonly SealedColumn[] = [
  json('flagged_payment', ['id'], 'body', circumstances),
  ...text('flagged_payment', ['id'], 'verdict_notes'),
  json('payment_check', ['payment_id'], 'body', circumstances),
  ...text('payment_check', ['payment_id'], 'outcome_notes', 'trusted_name', 'trusted_phone'),
  ...text('case_message', ['id'], 'text'),
  ...text('case_note', ['case_id', 'agent_id'], 'text'),
  ...text('transcript_line', ['transcription_sid', 'sequence'], 'text'),
  json('dispute', ['case_id'], 'facts', circumstances),
  ...text('dispute', ['case_id'], 'statement', 'decision_reason', 'appeal_reason'),
  ...text('dispute_task', ['case_id', 'kind'], 'result'),
  ...text('dispute_file', ['id'], 'name'),
  ...bytes('dispute_file', ['id'], 'content'),
  ...text('transfer_help', ['case_id'], 'reason', 'answer_reason'),
  json('transfer_help', ['case_id'], 'proposal', words),
  ...text('disclosure', ['case_id'], 'officer', 'reason', 'document_name'),
  ...bytes('disclosure', ['case_id'], 'document', 'package'),
  ...text('approval', ['id'], 'request_reason'),
  ...text('warm_transfer', ['id'], 'note'),
  json('payer_message', ['case_id', 'step', 'payment_id'], 'facts', words),
  json('outbound_event', ['id'], 'body', words),
]
