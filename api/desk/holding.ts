import type { Database } from '../../records/database'
import { forbidden, notFound } from '../problem'

/** Whether an agent has a case in hand: from accepting the offer until wrap-up is over. */
export async function holds(db: Database, agentId: string, caseId: string): Promise<boolean> {
  const presence = await db.presence.findUnique({ where: { userId: agentId } })
  return presence?.caseId === caseId && (presence.status === 'busy' || presence.status === 'wrap_up')
}

/**
 * The case, when this agent has it in hand.
 * @throws Problem 404 when there is no such case, 403 when somebody else, or nobody, has it
 */
export async function heldCase(db: Database, agentId: string, caseId: string) {
  const [theCase, held] = await Promise.all([db.riskCase.findUnique({ where: { id: caseId }, include: { payments: true } }), holds(db, agentId, caseId)])
  if (!theCase) throw notFound('There is no such case.')
  if (!held) throw forbidden('This case is not in your hands.')
  return theCase
}

/** Whether the case was ever in this agent's hands. */
export async function everHeld(db: Database, agentId: string, caseId: string): Promise<boolean> {
  return (await db.offer.count({ where: { agentId, caseId, status: 'accepted' } })) > 0
}
