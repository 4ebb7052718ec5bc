import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { oneLine } from '../../domain/text'
import type { ApiKey } from '../../generated/prisma/client'
import { makeApiKey, revokeApiKey, type NewApiKey } from '../../records/apiKeys'
import { transact } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { hashOfKey, newApiKey } from '../access/apiKeys'
import { actorOf, scopes, type Scope } from '../access/caller'
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
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: time,
    expiresAt: nullableTime,
    revokedAt: nullableTime,
    lastUsedAt: nullableTime.meta({ description: 'to the minute' }),
    lastUsedFrom: z.string().nullable().meta({ description: 'the address that the program called from' }),
  })
  .meta({ id: 'ApiKey' })
export type ApiKeyView = z.output<typeof keySchema>
const others = z.array(z.object({ scope: z.enum(scopes), keys: z.int() })).meta({ description: 'how many other keys may do the same' })
const newForecast = z.object({ others }).meta({ id: 'NewApiKeyForecast' })
const revocation = z.object({ key: keySchema, others }).meta({ id: 'ApiKeyRevocation' })
export type NewApiKeyForecastView = z.output<typeof newForecast>
export type ApiKeyRevocationView = z.output<typeof revocation>
const bodyExample = { name: 'Risk engine, staging', scopes: ['risk-engine'] }
const unknown = 'There is no such key.'
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
      path: '/v1/admin/api-keys/forecast',
      tag,
      summary: 'What a new key would permit, before it is made',
      access,
      body: newKey,
      bodyExample,
      answers: { 200: { description: 'Nothing was made.', schema: newForecast } },
      async handle({ caller, body }) {
        const made = await dryRun(db, (tx) => makeApiKey(tx, { key: keyOf(body, newApiKey()), actor: actorOf(caller) }))
        return { others: made.others }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/api-keys',
      tag,
      summary: 'Make a key',
      access,
      body: newKey,
      bodyExample,
      answers: { 201: { description: 'Keep the key: it is not shown again.', schema: shownOnce } },
      async handle({ caller, body }) {
        const key = newApiKey()
        const { row } = await transact(db, (tx) => makeApiKey(tx, { key: keyOf(body, key), actor: actorOf(caller) }))
        return { ...keyView(row), key }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/api-keys/:keyId/revocation-forecast',
      tag,
      summary: 'Whom revoking a key would stop, before it is revoked',
      access,
      params: keyParams,
      answers: { 200: { description: 'Nothing was revoked.', schema: revocation }, 404: { description: unknown } },
      async handle({ caller, params: { keyId } }) {
        const revoked = await dryRun(db, (tx) => revokeApiKey(tx, { keyId, actor: actorOf(caller) }))
        if (!revoked) throw notFound(unknown)
        return { key: keyView(revoked.row), others: revoked.others }
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/admin/api-keys/:keyId',
      tag,
      summary: 'Revoke a key, at once and for good',
      access,
      params: keyParams,
      answers: { 204: { description: 'It is worth nothing now.' }, 404: { description: unknown } },
      async handle({ caller, params: { keyId } }) {
        if (!(await transact(db, (tx) => revokeApiKey(tx, { keyId, actor: actorOf(caller) })))) throw notFound(unknown)
      },
    }),
  ]
}

function keyOf({ name, scopes: given, expiresAt }: z.output<typeof newKey>, key: string): NewApiKey {
  return { id: `key_${randomUUID()}`, name, scopes: given, hash: hashOfKey(key), expiresAt: expiresAt === undefined ? null : new Date(expiresAt) }
}

function keyView({ id, name, scopes: given, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom }: ApiKey): ApiKeyView {
  return {
    id,
    name,
    scopes: given as Scope[],
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    revokedAt: iso(revokedAt),
    lastUsedAt: iso(lastUsedAt),
    lastUsedFrom,
  }
}
