import { z } from 'zod'
import type { Database } from '../../records/database'
import { attemptSchema, attemptView } from './attempt'

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
  const [attempt, lastHold] = await Promise.all([
    db.attempt.findFirst({ where: { caseId }, orderBy: { number: 'desc' } }),
    db.caseEvent.findFirst({ where: { caseId, type: { in: ['payer_held', 'payer_resumed'] } }, orderBy: { id: 'desc' } }),
  ])
  if (!attempt) return undefined
  const held = lastHold?.type === 'payer_held' && (lastHold.data as { attemptId?: string }).attemptId === attempt.id && attempt.status !== 'ended'
  return { caseId, ...shown.parse(attemptView(attempt, 'masked')), held }
}
