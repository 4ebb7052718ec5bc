import { scopes, type Scope } from '../domain/scopes'
import type { ApiKey, Prisma } from '../generated/prisma/client'
import { newestArrangement, recordArrangement } from './arrangements'
import { sqlOf, type Database, type Transaction } from './database'

export interface NewApiKey {
  id: string
  name: string
  scopes: Scope[]
  hash: string
  expiresAt: Date | null
}

/** How many other keys may do what this one may, now; 0: nobody else. */
export type OtherKeys = { scope: Scope; keys: number }[]

/** @returns the key, without itself, and who else may do the same */
export async function makeApiKey(tx: Transaction, { key, actor }: { key: NewApiKey; actor: string }): Promise<{ row: ApiKey; others: OtherKeys }> {
  const row = await tx.apiKey.create({ data: key })
  await recordArrangement(tx, { kind: 'api_key', subject: row.id, body: bodyOf(row), actor, since: 0 })
  return { row, others: await otherKeys(tx, row) }
}

/**
 * The key is worth nothing from now on. Revoking it again changes nothing.
 * @returns the key as it was used last; undefined when there is none
 */
export async function revokeApiKey(
  tx: Transaction,
  { keyId, actor }: { keyId: string; actor: string },
): Promise<{ row: ApiKey; others: OtherKeys } | undefined> {
  const row = await tx.apiKey.findUnique({ where: { id: keyId } })
  if (!row) return undefined
  const others = await otherKeys(tx, row)
  if (row.revokedAt) return { row, others }
  const revoked = await tx.apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date() } })
  const since = (await newestArrangement(tx, 'api_key', keyId))?.version ?? 0
  await recordArrangement(tx, { kind: 'api_key', subject: keyId, body: bodyOf(revoked), actor, since, was: { body: bodyOf(row), at: row.createdAt } })
  return { row: revoked, others }
}

async function otherKeys(tx: Transaction, { id, scopes: given }: ApiKey): Promise<OtherKeys> {
  const valid = await tx.apiKey.findMany({
    where: { id: { not: id }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { scopes: true },
  })
  return scopes.filter((scope) => given.includes(scope)).map((scope) => ({ scope, keys: valid.filter((key) => key.scopes.includes(scope)).length }))
}

function bodyOf({ name, scopes: given, expiresAt, revokedAt }: ApiKey): Prisma.InputJsonObject {
  return { name, scopes: given, expiresAt: expiresAt?.toISOString() ?? null, revoked: revokedAt !== null }
}

/** Written once a minute; whoever comes at the same moment does not wait for it. */
export async function noteKeyUse(db: Database, keyId: string, from: string): Promise<void> {
  await sqlOf(db).$executeRaw`
    UPDATE api_key SET last_used_at = now(), last_used_from = ${from}
    WHERE id = (SELECT id FROM api_key WHERE id = ${keyId} AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute') FOR UPDATE SKIP LOCKED)`
}
