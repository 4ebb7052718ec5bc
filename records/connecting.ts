import { randomUUID } from 'node:crypto'
import type { Sql } from './database'
import { appendEvents } from './timeline'

/**
 * The payer of a customer-first call is on the line: whoever is free and may have the case has it at once, without
 * an offer, for a payer waits two seconds and not fifteen. The case's row must be locked.
 * @returns the agent, undefined when nobody is free
 */
export async function connectFreeAgent(tx: Sql, caseId: string, attemptId: string): Promise<string | undefined> {
  const [free] = await tx.$queryRaw<{ agentId: string }[]>`
    SELECT p.user_id AS "agentId" FROM presence p JOIN staff_user u ON u.id = p.user_id AND u.active JOIN risk_case c ON c.id = ${caseId}
    WHERE takes_offers(p) AND has_room(p, u, c)
      AND c.required <@ u.abilities AND (c.open_to = '{}' OR c.open_to && u.abilities)
    ORDER BY p.user_id = c.preferred_agent_id DESC NULLS LAST,
             EXISTS (SELECT 1 FROM unnest(u.languages) l WHERE split_part(l, '-', 1) = split_part(c.locale, '-', 1)) DESC, p.since
    LIMIT 1 FOR UPDATE OF p SKIP LOCKED`
  if (!free) return undefined
  const { agentId } = free
  const now = new Date()
  await tx.$executeRaw`
    WITH given AS (INSERT INTO offer (id, case_id, agent_id, status, created_at, expires_at, answered_at)
      VALUES (${`offer_${randomUUID()}`}, ${caseId}, ${agentId}, 'accepted', ${now}, ${now}, ${now})),
    taken AS (UPDATE presence SET status = 'busy', since = ${now}, case_id = ${caseId}, next = 'available', wrap_up_until = NULL WHERE user_id = ${agentId}),
    called AS (UPDATE attempt SET agent_id = ${agentId} WHERE id = ${attemptId})
    UPDATE risk_case SET agent_id = ${agentId}, waiting_since = NULL WHERE id = ${caseId}`
  await appendEvents(tx, caseId, [{ type: 'agent_connected', actor: 'system:dispatch', data: { agentId, attemptId } }])
  return agentId
}
