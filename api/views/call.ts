import { z } from 'zod'
import type { Attempt } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { attemptSchema, attemptView } from './attempt'
import { rowOf, type JsonRow } from './row'

const shown = attemptSchema.pick({
  attemptId: true,
  number: true,
  phone: true,
  mode: true,
  status: true,
  outcome: true,
  answeredBy: true,
  rangAt: true,
  answeredAt: true,
  contactAt: true,
  endedAt: true,
})

/** The call as the agent's desk shows it while it lasts. */
export const callSchema = z
  .object({ caseId: z.string(), ...shown.shape, held: z.boolean().meta({ description: 'the payer hears the waiting music' }) })
  .meta({ id: 'Call' })

/** The newest call of a case; undefined before the first. */
export async function readCall(db: Database, caseId: string): Promise<z.output<typeof callSchema> | undefined> {
  const [found] = await sqlOf(db).$queryRaw<{ attempt: JsonRow; heldAttemptId: string | null }[]>`
    SELECT to_jsonb(a) AS attempt,
      (SELECT CASE WHEN e.type = 'payer_held' THEN e.data->>'attemptId' END FROM case_event e
        WHERE e.case_id = a.case_id AND e.type IN ('payer_held', 'payer_resumed') ORDER BY e.id DESC LIMIT 1) AS "heldAttemptId"
    FROM attempt a WHERE a.case_id = ${caseId} ORDER BY a.number DESC LIMIT 1`
  if (!found) return undefined
  const attempt = rowOf<Attempt>(found.attempt)
  const held = found.heldAttemptId === attempt.id && attempt.status !== 'ended'
  return { caseId, ...shown.parse(attemptView(attempt, 'masked')), held }
}
