import { verify } from '@node-rs/argon2'
import { hashOfKey } from '../api/access/apiKeys'
import type { Role, Scope } from '../api/access/caller'
import { hashPassword } from '../api/access/session'
import { currentPolicy } from '../records/policy'
import type { Database } from '../records/database'

export interface SeedUser {
  id: string
  email: string
  name: string
  password: string
  role: Role
  languages: string[]
  skills: string[]
}

export interface SeedApiKey {
  id: string
  name: string
  key: string
  scopes: Scope[]
}

/** Accounts, API keys and policy version 1, for a demonstration or the first administrator. Safe to repeat. */
export async function seed(db: Database, { users, apiKeys }: { users: SeedUser[]; apiKeys: SeedApiKey[] }): Promise<void> {
  await currentPolicy(db)
  for (const { id, password, ...profile } of users) {
    const known = await db.staffUser.findUnique({ where: { id } })
    const email = profile.email.toLowerCase()
    // Hashing is slow on purpose, and a new hash of the same password would be needless news.
    const passwordHash = known?.passwordHash && (await verify(known.passwordHash, password)) ? known.passwordHash : await hashPassword(password)
    const row = { ...profile, email, passwordHash }
    await db.staffUser.upsert({ where: { id }, create: { id, ...row }, update: row })
  }
  for (const { id, key, name, scopes } of apiKeys) {
    const row = { name, hash: hashOfKey(key), scopes }
    await db.apiKey.upsert({ where: { id }, create: { id, ...row }, update: row })
  }
}
