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

/** Reads by one person within this time are one reading: a page that refreshes itself is not news. */
export const sameReadingSeconds = 60

/** A reading of what is no case's, once a minute for each person. */
export async function noteListReading(db: Database, entry: TrailEntry): Promise<void> {
  const { actor, action, subject } = entry
  const since = new Date(Date.now() - sameReadingSeconds * 1_000)
  if ((await db.auditEntry.count({ where: { subject, at: { gt: since }, actor, action } })) === 0) await writeTrail(db, entry)
}

export async function writeTrail(db: Database | Transaction, entry: TrailEntry): Promise<void> {
  await db.auditEntry.create({ data: { ...chainFills, ...entry, data: entry.data ?? {} } })
}
