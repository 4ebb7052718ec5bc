import { z } from 'zod'
import type { Configuration } from '../../configuration/configuration'
import { endpoint, type Endpoint } from '../endpoint'
import { iso, nullableTime } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

const receiverSchema = z
  .object({
    url: z.string().nullable().meta({ description: 'without query and credentials; null = no receiver is configured' }),
    waiting: z.int(),
    dead: z.int(),
    lastDeliveredAt: nullableTime,
  })
  .meta({ id: 'EventReceiver' })
export type EventReceiver = z.output<typeof receiverSchema>

/** Where outgoing events go, and how it stands with them. The address is configuration (RISK_EVENTS_URL), not a setting. */
export function eventReceiverEndpoints({ db, gate, configuration }: AdminDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/event-receiver',
      tag,
      summary: 'Where events for the risk engine go',
      access: gate.staff(...administering),
      answers: { 200: { description: 'The receiver and its backlog.', schema: receiverSchema } },
      async handle() {
        const [waiting, dead, last] = await Promise.all([
          db.outboundEvent.count({ where: { status: 'waiting' } }),
          db.outboundEvent.count({ where: { status: 'dead' } }),
          db.outboundEvent.findFirst({ where: { deliveredAt: { not: null } }, orderBy: { position: 'desc' }, select: { deliveredAt: true } }),
        ])
        return { url: shownAddress(configuration), waiting, dead, lastDeliveredAt: iso(last?.deliveredAt ?? null) }
      },
    }),
  ]
}

/** Where events go, without query and credentials; null where no receiver is configured. */
export function shownAddress({ events }: Pick<Configuration, 'events'>): string | null {
  if (events === undefined) return null
  const { origin, pathname } = new URL(events.url)
  return origin + pathname
}
