import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ApiKey } from '../../generated/prisma/client'
import { noteKeyUse } from '../../records/apiKeys'
import { sqlOf, type Database } from '../../records/database'
import type { ApiClient, Scope } from './caller'

/** A new key. It is shown once; only its hash is kept. 256 random bits need no slow hash. */
export function newApiKey(): string {
  return `rck_${randomBytes(32).toString('base64url')}`
}

export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

const noteMillis = 60_000

/**
 * Who holds this key; undefined when nobody does, or it was revoked or has expired.
 * @param from the address that the program calls from, which is noted
 */
export async function clientOfKey(db: Database, key: string, from: string): Promise<ApiClient | undefined> {
  const hash = hashOfKey(key)
  const [row] = await sqlOf(db).$queryRaw<Omit<ApiKey, 'createdAt' | 'lastUsedFrom'>[]>`
    SELECT id, name, hash, scopes, expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt" FROM api_key WHERE hash = ${hash}`
  // The index compares hashes, not keys; the comparison that decides takes the same time for any key.
  if (!row || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash))) return undefined
  if (row.revokedAt || (row.expiresAt && row.expiresAt <= new Date())) return undefined
  if (!row.lastUsedAt || row.lastUsedAt.getTime() < Date.now() - noteMillis) await noteKeyUse(db, row.id, from)
  return { kind: 'key', id: row.id, name: row.name, scopes: row.scopes as Scope[] }
}
