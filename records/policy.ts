import { defaultPolicy, storedPolicySchema, type Policy, type VersionedPolicy } from '../domain/policy'
import type { Sql } from './database'

/** The newest policy version; a fresh installation gets version 1. */
export async function currentPolicy(tx: Sql): Promise<VersionedPolicy> {
  const [newest] = await tx.$queryRaw<{ version: number }[]>`SELECT version FROM policy ORDER BY version DESC LIMIT 1`
  if (newest) return { version: newest.version, body: await policyVersion(tx, newest.version) }
  const [first] = await tx.$queryRaw<{ version: number }[]>`
    INSERT INTO policy (body, created_by) VALUES (${JSON.stringify(defaultPolicy)}::jsonb, 'system:installation') RETURNING version`
  return { version: first!.version, body: defaultPolicy }
}

// A version never changes once written, so it may be remembered for ever.
const known = new Map<number, Policy>()

export async function policyVersion(tx: Sql, version: number): Promise<Policy> {
  const remembered = known.get(version)
  if (remembered) return remembered
  const [row] = await tx.$queryRaw<{ body: unknown }[]>`SELECT body FROM policy WHERE version = ${version}`
  if (!row) throw new Error(`there is no policy version ${version}`)
  const body = storedPolicySchema.parse(row.body)
  known.set(version, body)
  return body
}
