import type { Prisma } from '../generated/prisma/client'
import { sqlOf, type Database } from './database'

export interface DeliverableEvent {
  id: string
  caseId: string
  body: Prisma.JsonValue
  attempts: number
}

/** The oldest undelivered event of each case, when it is due. A dead one does not hold up what comes after it. */
export async function deliverableEvents(db: Database, limit: number): Promise<DeliverableEvent[]> {
  return sqlOf(db).$queryRaw<DeliverableEvent[]>`
    SELECT e.id, e.case_id AS "caseId", e.body, e.attempts FROM outbound_event e
    WHERE e.status = 'waiting' AND e.next_at <= now()
      AND NOT EXISTS (SELECT 1 FROM outbound_event earlier
        WHERE earlier.case_id = e.case_id AND earlier.status = 'waiting' AND earlier.position < e.position)
    ORDER BY e.next_at LIMIT ${limit}`
}

export async function markDelivered(db: Database, id: string): Promise<void> {
  await sqlOf(db).$executeRaw`UPDATE outbound_event SET status = 'delivered', delivered_at = now(), attempts = attempts + 1, last_error = NULL WHERE id = ${id}`
}

// 1 s, 2 s, 4 s … one hour at most: about three days in all.
const maxAttempts = 80
const backoffMillis = (attempts: number) => Math.min(3_600_000, 1_000 * 2 ** Math.min(attempts - 1, 12))

/** @returns `retried`, or `dead` when it goes to the dead-letter list, from where an administrator redelivers */
export async function markFailed(db: Database, id: string, attempts: number, reason: string): Promise<'retried' | 'dead'> {
  const dead = attempts >= maxAttempts
  await db.outboundEvent.update({
    where: { id },
    data: { attempts, lastError: reason.slice(0, 500), status: dead ? 'dead' : 'waiting', nextAt: new Date(Date.now() + backoffMillis(attempts)) },
  })
  return dead ? 'dead' : 'retried'
}
