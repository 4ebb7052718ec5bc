import type { Attention } from '../domain/attention'
import type { Sql } from './database'

/** A person must look at this case; null: nobody need look any more. */
export async function askForAttention(tx: Sql, caseId: string, attention: Attention | null): Promise<void> {
  await tx.$executeRaw`UPDATE risk_case SET needs_attention = ${attention && JSON.stringify(attention)}::jsonb WHERE id = ${caseId}`
}
