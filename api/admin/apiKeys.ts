import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { oneLine } from '../../domain/text'
import type { ApiKey } from '../../generated/prisma/client'
import { transact } from '../../records/database'
import { hashOfKey, newApiKey } from '../access/apiKeys'
import { actorOf, scopes, type Scope } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { keyParams } from '../views/ids'
import { iso, nullableTime, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

const newKey = z
  .strictObject({
    name: oneLine(200),
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .max(scopes.length)
      .refine((given) => new Set(given).size === given.length, 'expected no scope twice'),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'expected an RFC 3339 time' })
      .refine((at) => new Date(at) > new Date(), 'expected a time to come')
      .optional()
      .meta({ description: 'absent: until it is revoked' }),
  })
  .meta({ id: 'NewApiKey' })
const keySchema = z
  .object({ id: z.string(), name: z.string(), scopes: z.array(z.enum(scopes)), createdAt: time, expiresAt: nullableTime, revokedAt: nullableTime })
  .meta({ id: 'ApiKey' })
export type ApiKeyView = z.output<typeof keySchema>
const shownOnce = z.object({ ...keySchema.shape, key: z.string().meta({ description: 'shown this once; only its hash is kept' }) })

export function apiKeyEndpoints({ db, gate }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)
  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/api-keys',
      tag,
      summary: 'Which programs may call',
      access,
      answers: { 200: { description: 'All keys, newest first, without the keys themselves.', schema: z.object({ apiKeys: z.array(keySchema) }) } },
      handle: async () => ({ apiKeys: (await db.apiKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] })).map(keyView) }),
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/api-keys',
      tag,
      summary: 'Make a key',
      access,
      body: newKey,
      bodyExample: { name: 'Risk engine, staging', scopes: ['risk-engine'] },
      answers: { 201: { description: 'Keep the key: it is not shown again.', schema: shownOnce } },
      async handle({ caller, body }) {
        const key = newApiKey()
        return transact(db, async (tx) => {
          const row = await tx.apiKey.create({
            data: { id: `key_${randomUUID()}`, name: body.name, scopes: body.scopes, hash: hashOfKey(key), expiresAt: body.expiresAt ?? null },
          })
          await writeTrail(tx, { actor: actorOf(caller), action: 'api_key_created', subject: `key:${row.id}`, data: { scopes: row.scopes } })
          return { ...keyView(row), key }
        })
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/admin/api-keys/:keyId',
      tag,
      summary: 'Revoke a key, at once and for good',
      access,
      params: keyParams,
      answers: { 204: { description: 'It is worth nothing now.' }, 404: { description: 'There is no such key.' } },
      async handle({ caller, params: { keyId } }) {
        await transact(db, async (tx) => {
          const row = await tx.apiKey.findUnique({ where: { id: keyId } })
          if (!row) throw notFound('There is no such key.')
          if (row.revokedAt) return
          await tx.apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date() } })
          await writeTrail(tx, { actor: actorOf(caller), action: 'api_key_revoked', subject: `key:${keyId}` })
        })
      },
    }),
  ]
}

function keyView({ id, name, scopes: given, createdAt, expiresAt, revokedAt }: ApiKey): z.output<typeof keySchema> {
  return { id, name, scopes: given as Scope[], createdAt: iso(createdAt), expiresAt: iso(expiresAt), revokedAt: iso(revokedAt) }
}
