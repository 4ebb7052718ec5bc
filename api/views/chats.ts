import { z } from 'zod'
import { sqlOf, type Database } from '../../records/database'
import { iso, nullableTime, time } from './time'

export const chatSchema = z
  .object({
    caseId: z.string(),
    payerName: z.string(),
    locale: z.string(),
    since: time,
    wrapUpUntil: nullableTime.meta({ description: 'set when the chat is over' }),
    wrapUpExtended: z.boolean(),
    payerSpokeAt: nullableTime.meta({ description: 'the last word of the payer' }),
    lastFromPayer: z.string().nullable().meta({ description: 'the id of the last message of the payer' }),
    unanswered: z.int().min(0).meta({ description: 'messages of the payer since the last one of an agent' }),
  })
  .meta({ id: 'ChatInHand' })
export type ChatView = z.output<typeof chatSchema>

interface Row extends Pick<ChatView, 'caseId' | 'payerName' | 'locale' | 'wrapUpExtended' | 'lastFromPayer' | 'unanswered'> {
  since: Date
  wrapUpUntil: Date | null
  payerSpokeAt: Date | null
}

/** The chats that an agent has, in the order in which they came: one that is written to stays where it is. */
export async function readChats(db: Database, agentId: string): Promise<ChatView[]> {
  const rows = await sqlOf(db).$queryRaw<Row[]>`
    SELECT h.case_id AS "caseId", c.payer->>'name' AS "payerName", c.locale, h.since, h.wrap_up_until AS "wrapUpUntil", h.wrap_up_extended AS "wrapUpExtended",
           m.at AS "payerSpokeAt", m.last::text AS "lastFromPayer", m.unanswered
    FROM chat_in_hand h JOIN risk_case c ON c.id = h.case_id
    CROSS JOIN LATERAL (
      SELECT max(at) AS at, max(id) AS last,
             (count(*) FILTER (WHERE id > coalesce((SELECT max(id) FROM case_message WHERE case_id = h.case_id AND author LIKE 'agent:%'), 0)))::int AS unanswered
      FROM case_message WHERE case_id = h.case_id AND author = 'payer') m
    WHERE h.agent_id = ${agentId} ORDER BY h.since, h.case_id`
  return rows.map(({ since, wrapUpUntil, payerSpokeAt, ...rest }) => ({ ...rest, since: iso(since), wrapUpUntil: iso(wrapUpUntil), payerSpokeAt: iso(payerSpokeAt) }))
}
