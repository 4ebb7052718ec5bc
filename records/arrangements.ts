import type { Prisma } from '../generated/prisma/client'
import type { Transaction } from './database'
import { chainFills } from './presence'

/** What people arrange beside the policy; each change is a version that stays. */
export const arrangementKinds = ['team', 'queue', 'agent', 'script', 'caller_numbers', 'directory', 'scorecard', 'playbook'] as const
/** Who may come in, which only administrators see. */
export const accessKinds = ['user', 'api_key'] as const
export type ArrangementKind = (typeof arrangementKinds | typeof accessKinds)[number]

/** Somebody else changed it since it was read. */
export class OutdatedArrangement extends Error {
  constructor(readonly current: number) {
    super(`it is at version ${current} by now`)
  }
}

export interface Arranged {
  kind: ArrangementKind
  subject: string
  body: Prisma.InputJsonObject
  actor: string
  /** What its version was when it was read; 0 = there was none. */
  since: number
  /** What it was, and since when, where nobody has arranged it yet: its first version. */
  was?: { body: Prisma.InputJsonObject; at: Date }
}

/**
 * Writes the next version and the audit row that says what was before and what is now.
 * @returns the new version
 * @throws OutdatedArrangement when it was changed since it was read
 */
export async function recordArrangement(tx: Transaction, { kind, subject, body, actor, since, was }: Arranged): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`${kind}:${subject}`}))`
  const before = await newestArrangement(tx, kind, subject)
  const current = before?.version ?? 0
  if (since !== current) throw new OutdatedArrangement(current)
  const first = before === undefined && was !== undefined
  if (first) await tx.arrangementVersion.create({ data: { kind, subject, version: 1, body: was.body, createdBy: 'system:installation', createdAt: was.at } })
  const version = current + (first ? 2 : 1)
  await tx.arrangementVersion.create({ data: { kind, subject, version, body, createdBy: actor } })
  const old: Record<string, unknown> = before?.body ?? was?.body ?? {}
  const changed = Object.keys({ ...old, ...body }).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(body[key]))
  const data = JSON.parse(JSON.stringify(Object.fromEntries(changed.map((key) => [key, { from: old[key] ?? null, to: body[key] ?? null }])))) as Prisma.InputJsonObject
  await tx.auditEntry.create({ data: { ...chainFills, actor, action: `${kind}_changed`, subject: `${kind}:${subject}`, data: { version, ...data } } })
  return version
}

export async function newestArrangement(
  tx: Pick<Transaction, 'arrangementVersion'>,
  kind: ArrangementKind,
  subject: string,
): Promise<{ version: number; body: Record<string, unknown>; createdBy: string; createdAt: Date } | undefined> {
  const newest = await tx.arrangementVersion.findFirst({ where: { kind, subject }, orderBy: { version: 'desc' } })
  return newest ? { ...newest, body: newest.body as Record<string, unknown> } : undefined
}

/** The version that each subject of a kind is at. */
export async function versionsOf(tx: Pick<Transaction, 'arrangementVersion'>, kind: ArrangementKind): Promise<Map<string, number>> {
  const rows = await tx.arrangementVersion.groupBy({ by: ['subject'], where: { kind }, _max: { version: true } })
  return new Map(rows.map(({ subject, _max }) => [subject, _max.version ?? 0]))
}
