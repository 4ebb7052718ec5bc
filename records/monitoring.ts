import { randomUUID } from 'node:crypto'
import type { MonitoringMode } from '../domain/monitoring'
import { agentLegOf, liveAttempt } from './conference'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { answerHelp } from './help'
import { appendEvents, lockCase } from './timeline'

/** A supervisor cannot be in this call now. */
export class MonitoringRefused extends Error {
  constructor(
    readonly reason: 'unknown' | 'no_call' | 'agent_away' | 'own_case' | 'elsewhere',
    message: string,
  ) {
    super(message)
  }
}

export interface Monitoring {
  caseId: string
  supervisorId: string
  mode: MonitoringMode
  /** The supervisor's leg, once it is in the conference. */
  callSid: string | null
  startedAt: Date
}

/**
 * A supervisor joins an agent's call, or changes how they are in it. Written before anything is heard, so
 * that nobody listens off the record.
 * @returns how it stands from now on, and the mode before, if they were in the call already
 * @throws MonitoringRefused
 */
export async function monitor(
  db: Database,
  { caseId, supervisorId, mode }: Pick<Monitoring, 'caseId' | 'supervisorId' | 'mode'>,
): Promise<Monitoring & { before?: MonitoringMode }> {
  return inTransaction(db, async (tx) => {
    if (!(await lockCase(tx, caseId))) throw new MonitoringRefused('unknown', 'There is no such case.')
    if (!(await liveAttempt(tx, caseId, 'in_progress'))) throw new MonitoringRefused('no_call', 'Nobody is on the line in this case.')
    if (!(await agentLegOf(tx, caseId))) throw new MonitoringRefused('agent_away', 'No agent is on the line in this case.')
    const [own] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM presence WHERE user_id = ${supervisorId} AND status IN ('offered', 'busy') LIMIT 1`
    if (own) throw new MonitoringRefused('own_case', 'You have a case of your own in hand.')
    const present = await openMonitoring(tx, supervisorId)
    if (present && present.caseId !== caseId) throw new MonitoringRefused('elsewhere', 'You are in another call. Leave it first.')
    const actor = `supervisor:${supervisorId}`
    if (!present) {
      const startedAt = new Date()
      await tx.$executeRaw`
        INSERT INTO monitoring (id, case_id, supervisor_id, mode, started_at) VALUES (${`mon_${randomUUID()}`}, ${caseId}, ${supervisorId}, ${mode}, ${startedAt})`
      await appendEvents(tx, caseId, [{ type: 'monitoring_started', actor, data: { how: mode } }])
      await answerHelp(tx, caseId, supervisorId)
      return { caseId, supervisorId, mode, callSid: null, startedAt }
    }
    if (present.mode !== mode) {
      await tx.$executeRaw`UPDATE monitoring SET mode = ${mode} WHERE supervisor_id = ${supervisorId} AND ended_at IS NULL`
      await appendEvents(tx, caseId, [{ type: 'monitoring_changed', actor, data: { before: present.mode, how: mode } }])
    }
    return { ...present, mode, before: present.mode }
  })
}

/** The call that a supervisor is in now. */
export async function openMonitoring(tx: Sql, supervisorId: string): Promise<Monitoring | undefined> {
  const [open] = await tx.$queryRaw<Monitoring[]>`
    SELECT case_id AS "caseId", supervisor_id AS "supervisorId", mode, call_sid AS "callSid", started_at AS "startedAt"
    FROM monitoring WHERE supervisor_id = ${supervisorId} AND ended_at IS NULL`
  return open
}

export const monitoringOf = (db: Database, supervisorId: string): Promise<Monitoring | undefined> => openMonitoring(sqlOf(db), supervisorId)

/** Those who whisper in a case's call, whose coaching must follow the agent's leg. */
export async function whisperersIn(db: Database, caseId: string): Promise<{ callSid: string }[]> {
  return sqlOf(db).$queryRaw`
    SELECT call_sid AS "callSid" FROM monitoring WHERE case_id = ${caseId} AND mode = 'whisper' AND call_sid IS NOT NULL AND ended_at IS NULL`
}

/** The supervisor's leg is in the conference. @returns how they are in the call, undefined when they should not be in it */
export async function recordSupervisorJoined(db: Database, caseId: string, supervisorId: string, callSid: string): Promise<Monitoring | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await lockCase(tx, caseId))) return undefined
    const open = await openMonitoring(tx, supervisorId)
    if (open?.caseId !== caseId) return undefined
    await tx.$executeRaw`UPDATE monitoring SET call_sid = ${callSid} WHERE supervisor_id = ${supervisorId} AND ended_at IS NULL`
    return { ...open, callSid }
  })
}

/**
 * A supervisor is in the call no more.
 * @param end with a leg's `callSid` only that leg counts: an older one may leave after a newer one has joined
 * @returns the leg that was theirs
 */
export async function endMonitoring(
  db: Database,
  end: { caseId: string; supervisorId: string; callSid?: string; why: 'left' | 'line_lost' },
): Promise<string | null> {
  const { caseId, supervisorId, callSid, why } = end
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const open = await openMonitoring(tx, supervisorId)
    if (open?.caseId !== caseId || (callSid !== undefined && open.callSid !== callSid)) return null
    await closeMonitoring(tx, caseId, why, supervisorId)
    return open.callSid
  })
}

/** Ends one supervisor's monitoring of a case, or all of it. The case's row must be locked. */
export async function closeMonitoring(
  tx: Sql,
  caseId: string,
  why: 'left' | 'line_lost' | 'call_ended' | 'took_over',
  supervisorId: string | null = null,
): Promise<{ callSid: string | null }[]> {
  const ended = await tx.$queryRaw<{ supervisorId: string; how: MonitoringMode; callSid: string | null }[]>`
    UPDATE monitoring SET ended_at = now() WHERE case_id = ${caseId} AND ended_at IS NULL AND (${supervisorId}::text IS NULL OR supervisor_id = ${supervisorId})
    RETURNING supervisor_id AS "supervisorId", mode AS how, call_sid AS "callSid"`
  await appendEvents(
    tx,
    caseId,
    ended.map(({ supervisorId: id, how }) => ({ type: 'monitoring_ended', actor: `supervisor:${id}`, data: { how, why } })),
  )
  return ended
}
