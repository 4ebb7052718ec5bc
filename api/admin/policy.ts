import { z } from 'zod'
import { defaultPolicy, policySchema, type Policy } from '../../domain/policy'
import { currentPolicy } from '../../records/policy'
import { transact } from '../../records/database'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { iso, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

const versionSchema = z
  .object({ version: z.int(), body: policySchema.meta({ id: 'Policy' }), createdBy: z.string(), createdAt: time })
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
        const versions = rows.map(versionView)
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
      body: policySchema,
      bodyExample: defaultPolicy,
      answers: { 201: { description: 'In force.', schema: versionSchema } },
      async handle({ caller, body }) {
        return transact(db, async (tx) => {
          const before = await currentPolicy(tx)
          const row = await tx.policy.create({ data: { body, createdBy: actorOf(caller) } })
          const changed = (Object.keys(body) as (keyof Policy)[]).filter((key) => JSON.stringify(body[key]) !== JSON.stringify(before.body[key]))
          const values = Object.fromEntries(changed.map((key) => [key, { from: before.body[key], to: body[key] }]))
          await writeTrail(tx, { actor: actorOf(caller), action: 'policy_changed', subject: `policy:${row.version}`, data: JSON.parse(JSON.stringify(values)) })
          return versionView(row)
        })
      },
    }),
  ]
}

/** As it was written: an old version is shown even when today's validator would not take it any more. */
function versionView(row: { version: number; body: unknown; createdBy: string; createdAt: Date }): z.output<typeof versionSchema> {
  return { version: row.version, body: row.body as Policy, createdBy: row.createdBy, createdAt: iso(row.createdAt) }
}
