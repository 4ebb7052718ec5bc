import { z } from 'zod'
import type { Database } from '../../records/database'
import { staffIdOf, staffNames } from './staffNames'
import { iso, time } from './time'

export const timelineSchema = z
  .object({
    events: z.array(
      z.object({
        id: z.string(),
        at: time,
        actor: z.string().meta({ description: 'agent:<id>, supervisor:<id>, system:<part>, payer, provider, ledger, risk-engine' }),
        type: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    people: z.record(z.string(), z.string()).meta({ description: 'names of the staff whose ids occur' }),
  })
  .meta({ id: 'Timeline' })
export type Timeline = z.output<typeof timelineSchema>

/** Everything that happened to a case, in order. Events carry no names, and phone numbers only masked. */
export async function readTimeline(db: Database, caseId: string): Promise<Timeline> {
  const rows = await db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })
  const events = rows.map(({ id, at, actor, type, data }) => ({ id: String(id), at: iso(at), actor, type, data: data as Record<string, unknown> }))
  const ids = events.flatMap(({ actor, data }) => [staffIdOf(actor), typeof data.agentId === 'string' ? data.agentId : undefined])
  return { events, people: await staffNames(db, ids) }
}
