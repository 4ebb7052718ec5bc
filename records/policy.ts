import { defaultPolicy, policySchema, type Policy, type VersionedPolicy } from '../domain/policy'
import type { Database, Transaction } from './database'

/** The newest policy version; a fresh installation gets version 1. */
export async function currentPolicy(tx: Transaction | Database): Promise<VersionedPolicy> {
  const row = await tx.policy.findFirst({ orderBy: { version: 'desc' } })
  if (row) return { version: row.version, body: policySchema.parse(row.body) }
  const first = await tx.policy.create({ data: { body: defaultPolicy, createdBy: 'system:installation' } })
  return { version: first.version, body: defaultPolicy }
}

// A version never changes once written, so it may be remembered for ever.
const known = new Map<number, Policy>()

export async function policyVersion(tx: Transaction | Database, version: number): Promise<Policy> {
  const remembered = known.get(version)
  if (remembered) return remembered
  const row = await tx.policy.findUniqueOrThrow({ where: { version } })
  const body = policySchema.parse(row.body)
  known.set(version, body)
  return body
}
