import type { RiskCase } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { forbidden, notFound } from '../problem'

/** Whether an agent has a case in hand: from accepting the offer until wrap-up is over. */
export async function holds(db: Database, agentId: string, caseId: string): Promise<boolean> {
  const held = await sqlOf(db).$executeRaw`SELECT 1 FROM case_in_hand WHERE agent_id = ${agentId} AND case_id = ${caseId}`
  return held > 0
}

export type HeldCase = Pick<RiskCase, 'id' | 'kind' | 'payerId' | 'workflowId' | 'policyVersion' | 'queueId'>

/**
 * The case, when this agent has it in hand.
 * @throws Problem 404 when there is no such case, 403 when somebody else, or nobody, has it
 */
export async function heldCase(db: Database, agentId: string, caseId: string): Promise<HeldCase> {
  const [found] = await sqlOf(db).$queryRaw<(HeldCase & { held: boolean })[]>`
    SELECT c.id, c.kind, c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.policy_version AS "policyVersion", c.queue_id AS "queueId",
      EXISTS (SELECT 1 FROM case_in_hand h WHERE h.agent_id = ${agentId} AND h.case_id = c.id) AS held
    FROM risk_case c WHERE c.id = ${caseId}`
  if (!found) throw notFound('There is no such case.')
  const { held, ...theCase } = found
  if (!held) throw forbidden('This case is not in your hands.')
  return theCase
}

/** Whether the case was ever in this agent's hands. */
export async function everHeld(db: Database, agentId: string, caseId: string): Promise<boolean> {
  return (await db.offer.count({ where: { agentId, caseId, status: 'accepted' } })) > 0
}
