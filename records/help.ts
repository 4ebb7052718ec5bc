import { randomUUID } from 'node:crypto'
import { liveAttempt } from './conference'
import { inTransaction, type Database, type Sql } from './database'
import { appendEvents, lockCase } from './timeline'

/** There is nobody on the line with whom a supervisor could help. */
export class NoLiveCall extends Error {}

/**
 * The agent of a call wants a supervisor. Asking again changes nothing.
 * @throws NoLiveCall when no call of the case is under way
 */
export async function askForHelp(db: Database, wish: { caseId: string; agentId: string; reason?: string }): Promise<void> {
  const { caseId, agentId, reason = null } = wish
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    if (!(await liveAttempt(tx, caseId))) throw new NoLiveCall('no call of this case is under way')
    const asked = await tx.$executeRaw`
      INSERT INTO help_request (id, case_id, agent_id, reason) VALUES (${`help_${randomUUID()}`}, ${caseId}, ${agentId}, ${reason})
      ON CONFLICT (case_id) WHERE ended_at IS NULL DO NOTHING`
    if (asked > 0) await appendEvents(tx, caseId, [{ type: 'help_asked', actor: `agent:${agentId}`, data: { agentId, ...(reason ? { reason } : {}) } }])
  })
}

/** The agent manages alone after all. @returns whether help had been asked for */
export async function withdrawHelp(db: Database, caseId: string, agentId: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const withdrawn = await tx.$executeRaw`UPDATE help_request SET ended_at = now() WHERE case_id = ${caseId} AND ended_at IS NULL`
    if (withdrawn > 0) await appendEvents(tx, caseId, [{ type: 'help_withdrawn', actor: `agent:${agentId}`, data: { agentId } }])
    return withdrawn > 0
  })
}

/** A supervisor has joined the call; if help was asked for, this is it. The case's row must be locked. */
export async function answerHelp(tx: Sql, caseId: string, supervisorId: string): Promise<void> {
  const [answered] = await tx.$queryRaw<{ agentId: string }[]>`
    UPDATE help_request SET supervisor_id = ${supervisorId}, answered_at = now()
    WHERE case_id = ${caseId} AND ended_at IS NULL AND answered_at IS NULL RETURNING agent_id AS "agentId"`
  if (answered) await appendEvents(tx, caseId, [{ type: 'help_answered', actor: `supervisor:${supervisorId}`, data: { ...answered } }])
}

/** With the call, or once the case has moved to somebody else, the wish is over. The case's row must be locked. */
export async function endHelp(tx: Sql, caseId: string): Promise<void> {
  await tx.$executeRaw`UPDATE help_request SET ended_at = now() WHERE case_id = ${caseId} AND ended_at IS NULL`
}
