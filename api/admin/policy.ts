import { z } from 'zod'
import { defaultPolicy, policySchema, type Policy } from '../../domain/policy'
import { currentPolicy } from '../../records/policy'
import { transact } from '../../records/database'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict } from '../problem'
import { staffIdOf, staffNames } from '../views/staffNames'
import { iso, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

const versionSchema = z
  .object({ version: z.int(), body: policySchema.meta({ id: 'Policy' }), createdBy: z.string(), createdByName: z.string().nullable(), createdAt: time })
  .meta({ id: 'PolicyVersion' })
export type PolicyVersion = z.output<typeof versionSchema>
const maxShown = 50

export function policyEndpoints({ db, gate }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)
  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/policy',
      tag,
      summary: 'The policy in force, and what it was before',
      description: 'A case keeps the version that it started with.',
      access,
      answers: {
        200: { description: 'The newest versions, newest first.', schema: z.object({ current: versionSchema, versions: z.array(versionSchema) }) },
      },
      async handle() {
        await currentPolicy(db)
        const rows = await db.policy.findMany({ orderBy: { version: 'desc' }, take: maxShown })
        const names = await staffNames(db, rows.map(({ createdBy }) => staffIdOf(createdBy)))
        const versions = rows.map((row) => versionView(row, names))
        return { current: versions[0], versions }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/policy',
      tag,
      summary: 'Put a new version of the policy in force',
      description: 'For cases that open from now on.',
      access,
      query: z.strictObject({ since: z.coerce.number().int().min(1).optional().meta({ description: 'the version that you read; absent: whatever is in force' }) }),
      body: policySchema,
      bodyExample: defaultPolicy,
      answers: { 201: { description: 'In force.', schema: versionSchema }, 409: { description: 'Somebody changed it since you read it.' } },
      async handle({ caller, query: { since }, body }) {
        return transact(db, async (tx) => {
          // One at a time: of two who change the same version the second must see what the first did.
          await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('policy'))`
          const before = await currentPolicy(tx)
          if (since !== undefined && since !== before.version) throw conflict(`Somebody changed it since you read it: it is at version ${before.version} by now.`)
          const row = await tx.policy.create({ data: { body, createdBy: actorOf(caller) } })
          const changed = (Object.keys(body) as (keyof Policy)[]).filter((key) => JSON.stringify(body[key]) !== JSON.stringify(before.body[key]))
          const values = Object.fromEntries(changed.map((key) => [key, { from: before.body[key], to: body[key] }]))
          await writeTrail(tx, { actor: actorOf(caller), action: 'policy_changed', subject: `policy:${row.version}`, data: JSON.parse(JSON.stringify(values)) })
          return versionView(row, { [caller.id]: caller.name })
        })
      },
    }),
  ]
}

/** As it was written: an old version is shown even when today's validator would not take it any more. */
function versionView(row: { version: number; body: unknown; createdBy: string; createdAt: Date }, names: Record<string, string>): PolicyVersion {
  const { version, createdBy, createdAt } = row
  return { version, body: row.body as Policy, createdBy, createdByName: names[staffIdOf(createdBy) ?? ''] ?? null, createdAt: iso(createdAt) }
}
