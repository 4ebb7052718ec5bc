import { z } from 'zod'
import { attentionSchema, type Attention } from '../../domain/attention'
import { monitoringModes, type MonitoringMode } from '../../domain/monitoring'
import { sqlOf, type Database } from '../../records/database'
import { currentPolicy } from '../../records/policy'
import { anyStatuses, type AnyStatus } from '../../domain/status'
import { iso, time } from '../views/time'
import { readAlerts, alertSchema } from './alerts'
import { lastingKinds, readCounts, readPromiseByHour } from './counts'

const promiseSchema = z.object({
  kept: z.int(),
  broken: z.int(),
  percent: z.number().nullable().meta({ description: 'kept of all that were judged; null before the first' }),
})
export type PromiseCount = z.output<typeof promiseSchema>
const count = z.int().min(0)
const agentStatuses = ['available', 'break', 'offline', 'offered', 'busy', 'wrap_up'] as const

export const wallboardSchema = z
  .object({
    at: time,
    waiting: count.meta({ description: 'cases that wait for a person' }),
    ringing: count,
    talking: count,
    wrapUp: count,
    needsAttention: count,
    openCases: count,
    promise: z.object({
      today: promiseSchema,
      lastHour: promiseSchema,
      byHour: z.array(promiseSchema.extend({ hour: time })).meta({ description: 'the last twelve hours, each from its beginning; the present one is not over' }),
    }),
    longestWaitSeconds: count,
    abandoned: z
      .object({ calls: count, live: count, percent: z.number(), limitPercent: z.number() })
      .meta({ description: 'customer-first calls that found nobody in time, of all live calls in the window of the policy' }),
    agents: z.array(
      z.object({ id: z.string(), name: z.string(), status: z.enum(agentStatuses), reason: z.string().nullable(), since: time, caseId: z.string().nullable(),
        chats: count.meta({ description: 'in hand now' }), chatLimit: count }),
    ),
    cases: z
      .array(
        z.object({
          caseId: z.string(),
          status: z.enum(anyStatuses),
          deadline: time,
          firstRingAt: time.nullable(),
          priority: z.int(),
          needsAttention: attentionSchema.nullable(),
          agent: z.object({ id: z.string(), name: z.string() }).nullable(),
          live: z.boolean().meta({ description: 'an agent talks with the payer now' }),
          monitors: z.array(z.object({ id: z.string(), name: z.string(), mode: z.enum(monitoringModes) })).meta({ description: 'supervisors in the call' }),
          help: z.object({ reason: z.string().nullable(), askedAt: time, answeredBy: z.string().nullable() }).nullable(),
        }),
      )
      .meta({ description: 'open ones, those first whose phone has yet to ring; at most 200' }),
    alerts: z.array(alertSchema),
  })
  .meta({ id: 'Wallboard' })
export type Wallboard = z.output<typeof wallboardSchema>

const maxCases = 200

export async function readWallboard(db: Database): Promise<Wallboard> {
  const now = new Date()
  const [counts, byHour, agents, cases, alerts] = await Promise.all([readCounts(db, now), readPromiseByHour(db, now), readAgents(db, now), readOpenCases(db), readAlerts(db, now)])
  const { keptToday, brokenToday, keptLastHour, brokenLastHour, abandonedCalls, liveCalls, abandonedPercent, abandonedLimitPercent, ...present } = counts
  const supervisors = await db.staffUser.findMany({
    where: { id: { in: cases.flatMap((one) => [...one.monitoring, ...one.helpRequests].flatMap(({ supervisorId }) => supervisorId ?? [])) } },
    select: { id: true, name: true },
  })
  const names = new Map([...agents, ...supervisors].map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? id
  return {
    at: iso(now),
    ...present,
    abandoned: { calls: abandonedCalls, live: liveCalls, percent: abandonedPercent, limitPercent: abandonedLimitPercent },
    promise: { today: promise(keptToday, brokenToday), lastHour: promise(keptLastHour, brokenLastHour), byHour: byHour.map(({ hour, kept, broken }) => ({ hour: iso(hour), ...promise(kept, broken) })) },
    agents,
    cases: cases.map(({ agentId, monitoring, helpRequests: [help], ...theCase }) => ({
      ...theCase,
      agent: agentId ? { id: agentId, name: nameOf(agentId) } : null,
      monitors: monitoring.map(({ supervisorId, mode }) => ({ id: supervisorId, name: nameOf(supervisorId), mode: mode as MonitoringMode })),
      help: help ? { reason: help.reason, askedAt: iso(help.askedAt), answeredBy: help.supervisorId && nameOf(help.supervisorId) } : null,
    })),
    alerts,
  }
}

function promise(kept: number, broken: number) {
  const judged = kept + broken
  return { kept, broken, percent: judged === 0 ? null : Math.round((kept / judged) * 1_000) / 10 }
}

/** Agents, and whoever else takes calls now. One whose lease has run out is not there, whatever they last said. */
async function readAgents(db: Database, now: Date): Promise<Wallboard['agents']> {
  const users = await db.staffUser.findMany({
    where: { active: true, OR: [{ role: 'agent' }, { presence: { status: { not: 'offline' }, leaseUntil: { gt: now } } }] },
    include: { presence: true },
    orderBy: { name: 'asc' },
  })
  const { chatsPerAgent } = (await currentPolicy(sqlOf(db))).body
  return users.map(({ id, name, createdAt, presence, chatLimit: own }) => {
    const chatLimit = own ?? chatsPerAgent
    const gone = !presence || (presence.leaseUntil <= now && ['available', 'break', 'wrap_up'].includes(presence.status))
    if (gone) return { id, name, status: 'offline', reason: null, since: iso(presence?.leaseUntil ?? createdAt), caseId: null, chats: 0, chatLimit }
    const { status, reason, since, caseId, chats } = presence
    return { id, name, status: status as Wallboard['agents'][number]['status'], reason, since: iso(since), caseId, chats, chatLimit }
  })
}

async function readOpenCases(db: Database) {
  const rows = await db.riskCase.findMany({
    // What lasts for weeks has pages of its own, and is here while somebody is called.
    where: { status: { not: 'closed' }, OR: [{ kind: { notIn: [...lastingKinds] } }, { waitingSince: { not: null } }, { attempts: { some: { status: { in: ['queued', 'ringing', 'in_progress'] } } } }] },
    select: { id: true, status: true, deadline: true, firstRingAt: true, priority: true, needsAttention: true,
      agentId: true,
      attempts: { where: { status: 'in_progress' }, select: { id: true }, take: 1 },
      monitoring: { where: { endedAt: null }, select: { supervisorId: true, mode: true } },
      helpRequests: { where: { endedAt: null }, select: { reason: true, askedAt: true, supervisorId: true } },
    },
    orderBy: [{ firstRingAt: { sort: 'asc', nulls: 'first' } }, { deadline: 'asc' }],
    take: maxCases,
  })
  return rows.map(({ id, status, deadline, firstRingAt, needsAttention, attempts, ...rest }) => ({
    caseId: id,
    status: status as AnyStatus,
    needsAttention: needsAttention as Attention | null,
    deadline: iso(deadline),
    firstRingAt: iso(firstRingAt),
    live: rest.agentId !== null && attempts.length > 0,
    ...rest,
  }))
}
