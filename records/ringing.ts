import { Prisma } from '../generated/prisma/client'
import { sqlOf, type Database } from './database'

/** What a ring is wanted for, which says where the intent is kept. */
export type RingKind = 'attempt' | 'third_party'

/** An intent to ring one phone once, written before the provider is asked. */
export interface RingIntent {
  /** Absent: an attempt. */
  kind?: RingKind
  id: string
  caseId: string
  phone: string
  /** The number that the call shows; null = the configured one. */
  fromNumber: string | null
  intendedAt: Date
  /** When the provider was last asked and did not clearly refuse, by PostgreSQL's clock. */
  askedAt: Date | null
  /** Of one that this execution has begun, and so is the one to ask for: when it was noted, by `performance.now()`. */
  begunAt?: number
}

type Asked = Pick<RingIntent, 'id' | 'askedAt' | 'kind'>

const tables: Record<RingKind, Prisma.Sql> = { attempt: Prisma.raw('attempt'), third_party: Prisma.raw('third_party') }
const tableOf = ({ kind = 'attempt' }: Pick<RingIntent, 'kind'>) => tables[kind]

/** Another execution of the same intent is asking the provider; this one must not. */
export class AskedElsewhere extends Error {}

/**
 * Before each further question to the provider: from here on the outcome is unknown until it answers. Of two
 * executions, of which each believes that it is the only one, one gets through.
 * @param intent as it was read before this execution decided to ask
 * @returns when, by PostgreSQL's clock
 * @throws AskedElsewhere
 */
export async function markAsked(db: Database, intent: Asked): Promise<Date> {
  const { id, askedAt } = intent
  const [asked] = await db.$queryRaw<{ asked_at: Date }[]>`
    UPDATE ${tableOf(intent)} SET asked_at = clock_timestamp()
    WHERE id = ${id} AND call_sid IS NULL AND status <> 'ended' AND asked_at IS NOT DISTINCT FROM ${askedAt}::timestamptz RETURNING asked_at`
  if (!asked) throw new AskedElsewhere(`${id} is being rung by another execution`)
  return asked.asked_at
}

/** By PostgreSQL's clock, so that it does not matter whose clock is wrong. */
export async function millisSinceAsked(db: Database, intent: Pick<RingIntent, 'id' | 'kind'>): Promise<number> {
  const [row] = await db.$queryRaw<{ millis: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp() - asked_at) * 1000)::float8 AS millis FROM ${tableOf(intent)} WHERE id = ${intent.id}`
  return row?.millis ?? Infinity
}

/** The provider was not asked after all, or clearly did not take the call: asking again can ring nothing twice. */
export async function markNotTaken(db: Database, intent: Asked): Promise<void> {
  await db.$executeRaw`UPDATE ${tableOf(intent)} SET asked_at = NULL WHERE id = ${intent.id} AND asked_at = ${intent.askedAt}::timestamptz`
}

/** Calls of other intents: a call in the provider's list that belongs to one of these is not ours. */
export async function claimedCallSids(db: Database, callSids: string[], exceptId: string): Promise<Set<string>> {
  const rows = await sqlOf(db).$queryRaw<{ callSid: string }[]>`
    SELECT call_sid AS "callSid" FROM attempt WHERE call_sid = ANY(${callSids}) AND id <> ${exceptId}
    UNION ALL SELECT call_sid FROM third_party WHERE call_sid = ANY(${callSids}) AND id <> ${exceptId}`
  return new Set(rows.map(({ callSid }) => callSid))
}

/** Whether another intent for the same number has a question of unknown outcome with the provider as well. */
export async function isAskedForElsewhere(db: Database, { id, phone }: Pick<RingIntent, 'id' | 'phone'>): Promise<boolean> {
  const others = await sqlOf(db).$executeRaw`
    SELECT 1 FROM attempt WHERE phone = ${phone} AND id <> ${id} AND status = 'intended' AND call_sid IS NULL AND asked_at IS NOT NULL
    UNION ALL SELECT 1 FROM third_party WHERE phone = ${phone} AND id <> ${id} AND status = 'intended' AND call_sid IS NULL AND asked_at IS NOT NULL`
  return others > 0
}
