import { z } from 'zod'
import { oneLine } from '../../domain/text'
import type { Prisma } from '../../generated/prisma/client'
import { verifyAuditChain } from '../../records/auditChain'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { invalid } from '../problem'
import { paging } from '../views/caseSearch'
import { iso, time } from '../views/time'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const words = oneLine(300)
const auditQuery = z.strictObject({ subject: words.optional(), actor: words.optional(), action: words.optional(), ...paging })
const entrySchema = z
  .object({ lane: z.int(), seq: z.string(), at: time, actor: z.string(), action: z.string(), subject: z.string(), data: z.unknown(), hash: z.string() })
  .meta({ id: 'AuditEntry' })
const pageSchema = z.object({ entries: z.array(entrySchema), nextCursor: z.string().nullable() })

const verifiedSchema = z
  .object({
    ok: z.boolean(),
    entries: z.int(),
    lanes: z.int(),
    firstFault: z.object({ lane: z.int(), seq: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'AuditVerification' })
export type AuditVerification = z.output<typeof verifiedSchema>

export function auditEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const access = gate.staff(...watching)
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/audit',
      tag,
      summary: 'The audit log, newest first',
      access,
      query: auditQuery,
      answers: { 200: { description: 'One page.', schema: pageSchema } },
      async handle({ query }) {
        const { cursor, limit, ...filter } = query
        const rows = await db.auditEntry.findMany({
          where: { AND: [filter, cursor === undefined ? {} : after(cursor)] },
          orderBy: [{ at: 'desc' }, { lane: 'desc' }, { seq: 'desc' }],
          take: limit + 1,
        })
        const entries = rows.slice(0, limit).map(({ lane, seq, at, actor, action, subject, data, hash }) => ({
          lane,
          seq: String(seq),
          at: iso(at),
          actor,
          action,
          subject,
          data,
          hash: Buffer.from(hash).toString('hex'),
        }))
        const last = entries.at(-1)
        const nextCursor = rows.length > limit && last ? Buffer.from(`${last.at} ${last.lane} ${last.seq}`).toString('base64url') : null
        return { entries, nextCursor }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/supervision/audit/verify',
      tag,
      summary: 'Recompute the hash chain of the whole audit log',
      access,
      answers: { 200: { description: 'Whether every entry is as it was written, and none is missing.', schema: verifiedSchema } },
      async handle({ caller }) {
        const result = await verifyAuditChain(db)
        await writeTrail(db, { actor: actorOf(caller), action: 'audit_verified', subject: 'audit', data: { ok: result.ok, entries: result.entries } })
        return result
      },
    }),
  ]
}

function after(cursor: string): Prisma.AuditEntryWhereInput {
  const [at = '', lane = '', seq = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (Number.isNaN(Date.parse(at)) || !/^\d{1,2}$/.test(lane) || !/^\d{1,18}$/.test(seq))
    throw invalid([{ field: 'cursor', message: 'is not a cursor of ours' }])
  return {
    OR: [{ at: { lt: at } }, { at, lane: { lt: Number(lane) } }, { at, lane: Number(lane), seq: { lt: BigInt(seq) } }],
  }
}
