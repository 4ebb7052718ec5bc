import { z } from 'zod'
import type { Database } from '../../records/database'
import { iso, time } from '../views/time'

export const alertSchema = z
  .object({
    id: z.string().meta({ description: 'stays the same while the alert stands' }),
    kind: z.enum(['promise_broken', 'needs_attention', 'not_handed_over', 'event_dead', 'help_asked']),
    caseId: z.string().nullable(),
    at: time,
    text: z.string(),
  })
  .meta({ id: 'Alert' })
export type Alert = z.output<typeof alertSchema>

const maxOfAKind = 20
/** A flag that Temporal has not taken for this long is more than a hiccup. */
const handOverSeconds = 30

/** What a supervisor should look at now, newest first. */
export async function readAlerts(db: Database, now: Date): Promise<Alert[]> {
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const [broken, attention, waiting, dead, help] = await Promise.all([
    db.caseEvent.findMany({ where: { type: 'promise_broken', at: { gt: hourAgo } }, orderBy: { id: 'desc' }, take: maxOfAKind }),
    db.riskCase.findMany({ where: { status: { not: 'closed' }, needsAttention: { not: null } }, orderBy: { openedAt: 'desc' }, take: maxOfAKind }),
    db.flaggedPayment.findMany({
      where: { acknowledgedAt: null, flaggedAt: { lt: new Date(now.getTime() - handOverSeconds * 1_000) } },
      orderBy: { flaggedAt: 'desc' },
      take: maxOfAKind,
    }),
    db.outboundEvent.findMany({ where: { status: 'dead' }, orderBy: { position: 'desc' }, take: maxOfAKind }),
    db.helpRequest.findMany({ where: { endedAt: null, answeredAt: null }, orderBy: { askedAt: 'desc' }, take: maxOfAKind }),
  ])
  const alerts: Alert[] = [
    ...help.map((row) => ({
      id: `help_asked:${row.id}`,
      kind: 'help_asked' as const,
      caseId: row.caseId,
      at: iso(row.askedAt),
      text: row.reason ?? 'An agent in a call asks for a supervisor.',
    })),
    ...broken.map(({ id, caseId, at, data }) => {
      const { step, paymentId } = data as { step?: string; paymentId?: string }
      return {
        id: `promise_broken:${id}`,
        kind: 'promise_broken' as const,
        caseId,
        at: iso(at),
        text: `Payment ${paymentId ?? ''} was not rung in time; the time went into ${step ?? 'an unknown step'}.`,
      }
    }),
    ...attention.map((row) => ({
      id: `needs_attention:${row.id}`,
      kind: 'needs_attention' as const,
      caseId: row.id,
      at: iso(row.openedAt),
      text: row.needsAttention ?? '',
    })),
    ...waiting.map((row) => ({
      id: `not_handed_over:${row.id}`,
      kind: 'not_handed_over' as const,
      caseId: row.caseId,
      at: iso(row.flaggedAt),
      text: `Payment ${row.id} is recorded, but no workflow has taken it yet.`,
    })),
    ...dead.map((row) => ({
      id: `event_dead:${row.id}`,
      kind: 'event_dead' as const,
      caseId: row.caseId,
      at: iso(row.createdAt),
      text: `The risk engine could not be told (${row.type}): ${row.lastError ?? 'unknown reason'}.`,
    })),
  ]
  return alerts.sort((a, b) => (a.at < b.at ? 1 : -1))
}
