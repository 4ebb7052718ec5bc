import type { Prisma } from '../generated/prisma/client'
import { sealedWithin } from '../configuration/vault'
import type { Sql } from './database'
import { queueEvent } from './outbox'
import { words } from './sealedColumns'
import { appendEvents, lockCase } from './timeline'

export interface PayerMessage {
  caseId: string
  /** What happened; said once for each payment of a case. */
  step: string
  paymentId: string
  facts?: Prisma.InputJsonObject | undefined
}

/** The payer is told: the message is there for their app at once, and the app's owner hears of it by an event. */
export async function recordMessage(tx: Sql, { caseId, step, paymentId, facts = {} }: PayerMessage): Promise<boolean> {
  await lockCase(tx, caseId)
  const first = await tx.$executeRaw`
    INSERT INTO payer_message (case_id, step, payment_id, facts) VALUES (${caseId}, ${step}, ${paymentId}, ${sealedWithin(facts, words)}::jsonb)
    ON CONFLICT DO NOTHING`
  if (first === 0) return false
  await appendEvents(tx, caseId, [{ type: 'payer_told', actor: 'system:messages', data: { step, paymentId } }])
  await queueEvent(tx, caseId, 'risk-callback.payer.told', { step, paymentId, ...facts })
  return true
}

/** Messages of a case that were not yet announced by a text. @returns where to and in which language; undefined when there are none, or no number */
export async function textDue(tx: Sql, caseId: string): Promise<{ phone: string; locale: string; upTo: Date } | undefined> {
  const [due] = await tx.$queryRaw<{ phone: string | null; locale: string; upTo: Date | null }[]>`
    SELECT c.payer->'phones'->>0 AS phone, c.locale, (SELECT max(m.at) FROM payer_message m WHERE m.case_id = c.id AND m.texted_at IS NULL) AS "upTo"
    FROM risk_case c WHERE c.id = ${caseId}`
  return due?.phone && due.upTo ? { phone: due.phone, locale: due.locale, upTo: due.upTo } : undefined
}

/** One text announces all that there was until then. */
export async function recordTexted(tx: Sql, caseId: string, upTo: Date): Promise<void> {
  await tx.$executeRaw`UPDATE payer_message SET texted_at = now() WHERE case_id = ${caseId} AND texted_at IS NULL AND at <= ${upTo}`
}
