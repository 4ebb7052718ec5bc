import { z } from 'zod'
import type { OutboundEvent } from '../../generated/prisma/client'
import { transact, type Transaction } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, invalid, notFound } from '../problem'
import { paging } from '../views/caseSearch'
import { eventParams } from '../views/ids'
import { iso, nullableTime, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'
import { shownAddress } from './eventReceiver'

const statuses = ['waiting', 'delivered', 'dead'] as const
const eventQuery = z.strictObject({ status: z.enum(statuses).default('dead'), ...paging })
const eventSchema = z
  .object({
    id: z.string(),
    caseId: z.string(),
    type: z.string(),
    status: z.enum(statuses),
    attempts: z.int(),
    nextAt: time,
    lastError: z.string().nullable(),
    createdAt: time,
    deliveredAt: nullableTime,
  })
  .meta({ id: 'OutboundEvent' })
export type OutboundEventView = z.output<typeof eventSchema>
const forecastSchema = z
  .object({
    url: z.string().nullable().meta({ description: 'where it goes; null = no receiver is configured' }),
    earlierWaiting: z.int().meta({ description: 'events of its case that go out before it' }),
    laterDelivered: z.int().meta({ description: 'events of its case that the receiver had already, though they happened later' }),
  })
  .meta({ id: 'RedeliveryForecast' })
export type RedeliveryForecastView = z.output<typeof forecastSchema>
const refusals = { 404: { description: 'There is no such event.' }, 409: { description: 'It is not dead.' } }

/** Events for the risk engine that could not be delivered. */
export function outboundEventEndpoints({ db, gate, configuration }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)
  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/outbound-events',
      tag,
      summary: 'Events for the risk engine: by default those that were given up',
      access,
      query: eventQuery,
      answers: { 200: { description: 'One page, newest first.', schema: z.object({ events: z.array(eventSchema), nextCursor: z.string().nullable() }) } },
      async handle({ query: { status, cursor, limit } }) {
        if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw invalid([{ field: 'cursor', message: 'is not a cursor of ours' }])
        const rows = await db.outboundEvent.findMany({
          where: { status, ...(cursor === undefined ? {} : { position: { lt: BigInt(cursor) } }) },
          orderBy: { position: 'desc' },
          take: limit + 1,
        })
        const page = rows.slice(0, limit)
        return { events: page.map(eventView), nextCursor: rows.length > limit ? String(page.at(-1)?.position) : null }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/outbound-events/:eventId/redelivery-forecast',
      tag,
      summary: 'What trying a dead event again would do',
      access,
      params: eventParams,
      answers: { 200: { description: 'Nothing was changed.', schema: forecastSchema }, ...refusals },
      async handle({ caller, params: { eventId } }) {
        const { earlierWaiting, laterDelivered } = await dryRun(db, (tx) => redeliver(tx, eventId, actorOf(caller)))
        return { url: shownAddress(configuration), earlierWaiting, laterDelivered }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/outbound-events/:eventId/redeliver',
      tag,
      summary: 'Try a dead event again',
      description: 'It goes out with its old id, so that a receiver that had it after all can tell.',
      access,
      params: eventParams,
      answers: { 202: { description: 'Waiting for delivery.', schema: eventSchema }, ...refusals },
      async handle({ caller, params: { eventId } }) {
        const { row } = await transact(db, (tx) => redeliver(tx, eventId, actorOf(caller)))
        return eventView(row)
      },
    }),
  ]
}

async function redeliver(tx: Transaction, eventId: string, actor: string) {
  const revived = await tx.outboundEvent.updateMany({ where: { id: eventId, status: 'dead' }, data: { status: 'waiting', attempts: 0, nextAt: new Date() } })
  const row = await tx.outboundEvent.findUnique({ where: { id: eventId } })
  if (!row) throw notFound('There is no such event.')
  if (revived.count === 0) throw conflict(`This event is ${row.status}, not dead.`)
  await writeTrail(tx, { actor, action: 'event_redelivered', subject: row.caseId, data: { eventId } })
  const { caseId, position } = row
  const earlierWaiting = await tx.outboundEvent.count({ where: { caseId, status: 'waiting', position: { lt: position } } })
  const laterDelivered = await tx.outboundEvent.count({ where: { caseId, status: 'delivered', position: { gt: position } } })
  return { row, earlierWaiting, laterDelivered }
}

function eventView(row: OutboundEvent): z.output<typeof eventSchema> {
  const { id, caseId, type, status, attempts, lastError } = row
  return {
    id,
    caseId,
    type,
    status: status as (typeof statuses)[number],
    attempts,
    lastError,
    nextAt: iso(row.nextAt),
    createdAt: iso(row.createdAt),
    deliveredAt: iso(row.deliveredAt),
  }
}
