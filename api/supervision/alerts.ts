import { z } from 'zod'
import { attentionSchema, type Attention } from '../../domain/attention'
import { promiseSteps, type PromiseStep } from '../../domain/promise'
import { Prisma } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { iso, time } from '../views/time'

const common = { id: z.string().meta({ description: 'stays the same while the alert stands' }), caseId: z.string().nullable(), at: time }

/** What a supervisor should look at, with the facts of which the dashboard makes a sentence in the reader's language. */
export const alertSchema = z
  .discriminatedUnion('kind', [
    z.object({ ...common, kind: z.literal('help_asked'), agent: z.string(), said: z.string().nullable() }),
    z.object({ ...common, kind: z.literal('promise_broken'), paymentId: z.string(), step: z.enum(promiseSteps) }),
    z.object({ ...common, kind: z.literal('needs_attention'), attention: attentionSchema }),
    z.object({ ...common, kind: z.literal('not_handed_over'), paymentId: z.string() }),
    z.object({ ...common, kind: z.literal('event_dead'), event: z.string(), said: z.string().nullable() }),
  ])
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
    db.riskCase.findMany({ where: { status: { not: 'closed' }, needsAttention: { not: Prisma.DbNull } }, orderBy: { openedAt: 'desc' }, take: maxOfAKind }),
    db.flaggedPayment.findMany({
      where: { acknowledgedAt: null, flaggedAt: { lt: new Date(now.getTime() - handOverSeconds * 1_000) } },
      orderBy: { flaggedAt: 'desc' },
      take: maxOfAKind,
    }),
    db.outboundEvent.findMany({ where: { status: 'dead' }, orderBy: { position: 'desc' }, take: maxOfAKind }),
    db.helpRequest.findMany({ where: { endedAt: null, answeredAt: null }, orderBy: { askedAt: 'desc' }, take: maxOfAKind }),
  ])
  const agents = await db.staffUser.findMany({ where: { id: { in: help.map(({ agentId }) => agentId) } }, select: { id: true, name: true } })
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  const alert = <Kind extends Alert['kind']>(kind: Kind, id: string | bigint, caseId: string | null, at: Date) => ({ kind, id: `${kind}:${id}`, caseId, at: iso(at) })
  const alerts: Alert[] = [
    ...help.map(({ id, caseId, agentId, reason, askedAt }) => ({
      ...alert('help_asked', id, caseId, askedAt),
      agent: names.get(agentId) ?? agentId,
      said: reason,
    })),
    ...broken.map(({ id, caseId, at, data }) => ({
      ...alert('promise_broken', id, caseId, at),
      ...(data as { paymentId: string; step: PromiseStep }),
    })),
    ...attention.map(({ id, openedAt, needsAttention }) => ({
      ...alert('needs_attention', id, id, openedAt),
      attention: needsAttention as Attention,
    })),
    ...waiting.map(({ id, caseId, flaggedAt }) => ({ ...alert('not_handed_over', id, caseId, flaggedAt), paymentId: id })),
    ...dead.map(({ id, caseId, createdAt, type, lastError }) => ({
      ...alert('event_dead', id, caseId, createdAt),
      event: type,
      said: lastError,
    })),
  ]
  return alerts.toSorted((a, b) => (a.at < b.at ? 1 : -1))
}
