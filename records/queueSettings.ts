import { demandsOf, type QueueSettings, type QueueStage } from '../domain/queue'
import type { Prisma, Queue } from '../generated/prisma/client'
import { inTransaction, sqlOf, type Database, type Sql, type Transaction } from './database'
import { findPlace } from './queues'

/** The settings of a queue as people arrange them, from its row. */
export function settingsOf(row: Queue): QueueSettings {
  const { name, active, position, kinds, languages, methods, currency, amountFrom, amountBelow, scoreFrom, scoreBelow } = row
  const given = { currency, amountFrom: amountFrom === null ? null : Number(amountFrom), amountBelow: amountBelow === null ? null : Number(amountBelow), scoreFrom, scoreBelow }
  return {
    name,
    active,
    position,
    criteria: { kinds, languages, methods, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) } as QueueSettings['criteria'],
    stages: row.stages as unknown as QueueSettings['stages'],
    dialMode: row.dialMode as QueueSettings['dialMode'],
  }
}

/** Puts a queue's settings in force. The caller's transaction also writes the version. */
export async function putQueue(tx: Transaction, id: string, { criteria, stages, ...rest }: QueueSettings): Promise<void> {
  const { kinds, languages, methods, currency = null, amountFrom = null, amountBelow = null, scoreFrom = null, scoreBelow = null } = criteria
  const data = { ...rest, kinds, languages, methods, currency, amountFrom, amountBelow, scoreFrom, scoreBelow, stages: stages as unknown as Prisma.InputJsonArray }
  await tx.queue.upsert({ where: { id }, create: { id, ...data }, update: data })
}

/** What settings would do, counted as if they were in force. */
export interface QueueForecast {
  /** Waiting cases that would be in this queue. */
  waitingCases: number
  stages: {
    afterSeconds: number
    /** Agents who may have the queue's cases then, and how many of them are available now. */
    agents: number
    availableNow: number
  }[]
}

/** Counts within a transaction in which the settings are in force; whoever only asks rolls it back. */
export async function forecastQueue(tx: Transaction, id: string, { stages, criteria }: QueueSettings): Promise<QueueForecast> {
  const [waiting] = await tx.$queryRaw<{ cases: number }[]>`
    SELECT count(*)::int AS cases FROM risk_case c WHERE c.waiting_since IS NOT NULL AND c.status <> 'closed' AND queue_for(c) = ${id}`
  const counted = stages.map(async (stage) => ({ afterSeconds: stage.afterSeconds, ...(await agentsAt(tx, stage, criteria.languages)) }))
  return { waitingCases: waiting?.cases ?? 0, stages: await Promise.all(counted) }
}

/** Who may have a queue's cases at one of its stages, and how many of them are at work now. */
export async function agentsAt(tx: Sql, stage: QueueStage, queueLanguages: string[]): Promise<{ agents: number; availableNow: number }> {
  // The payer's language differs from case to case: whoever speaks one of the queue's languages counts.
  const { required, openTo } = demandsOf({ ...stage, language: false }, '')
  const languages = stage.language ? queueLanguages.map((language) => `language:${language}`) : []
  const [found] = await tx.$queryRaw<{ agents: number; availableNow: number }[]>`
    SELECT count(*)::int AS agents,
           (count(*) FILTER (WHERE p.status IN ('available', 'offered', 'busy', 'wrap_up') AND p.lease_until > now()))::int AS "availableNow"
    FROM staff_user u LEFT JOIN presence p ON p.user_id = u.id
    WHERE u.active AND u.role IN ('agent', 'supervisor') AND ${required}::text[] <@ u.abilities
      AND (${openTo}::text[] = '{}' OR ${openTo}::text[] && u.abilities) AND (${languages}::text[] = '{}' OR ${languages}::text[] && u.abilities)`
  return found ?? { agents: 0, availableNow: 0 }
}

/** The names of the queues in force that are open to a team at some stage, in their order. */
export async function queuesOpenTo(tx: Transaction, teamId: string): Promise<string[]> {
  const queues = await tx.queue.findMany({ where: { active: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { name: true, stages: true } })
  return queues.filter(({ stages }) => (stages as unknown as QueueStage[]).some(({ teams }) => teams.includes(teamId))).map(({ name }) => name)
}

const mostReplaced = 1_000

/** Cases that wait already are placed anew after a queue was changed. @returns agents who are free and may be wanted by now */
export async function placeWaitingCases(db: Database): Promise<string[]> {
  const waiting = await db.riskCase.findMany({ where: { waitingSince: { not: null }, status: { not: 'closed' } }, select: { id: true }, take: mostReplaced })
  for (const { id } of waiting) await inTransaction(db, async (tx) => (await findPlace(tx, { caseId: id, fresh: false }))?.take())
  if (waiting.length === 0) return []
  const free = await sqlOf(db).$queryRaw<{ userId: string }[]>`SELECT user_id AS "userId" FROM presence p WHERE takes_offers(p)`
  return free.map(({ userId }) => userId)
}
