import { chainFills } from '../../records/presence'
import type { Database, Transaction } from '../../records/database'
import type { Prisma } from '../../generated/prisma/client'

/** One row of the audit log that is not an event of a case: sign-ins, refusals, reads of personal data, administration. */
export interface TrailEntry {
  actor: string
  action: string
  subject: string
  data?: Prisma.InputJsonObject
}

export async function writeTrail(db: Database | Transaction, entry: TrailEntry): Promise<void> {
  await db.auditEntry.create({ data: { ...chainFills, ...entry, data: entry.data ?? {} } })
}
