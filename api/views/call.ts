import { z } from 'zod'
import { maskPhone } from '../../domain/masking'
import { monitoringModes } from '../../domain/monitoring'
import { attemptOutcomes } from '../../domain/status'
import type { Attempt } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { attemptSchema, attemptView } from './attempt'
import { rowOf, type JsonRow } from './row'
import { time } from './time'

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
  passPhrase: true,
})

const helpSchema = z.object({ reason: z.string().nullable(), askedAt: time, answeredBy: z.string().nullable() })
export type HelpRequest = z.output<typeof helpSchema>
const colleague = z.object({ id: z.string(), name: z.string() })
const transferSchema = z.object({ state: z.enum(['offered', 'consulting']), from: colleague, to: colleague.nullable(), note: z.string().nullable() })
const thirdPartySchema = z.object({
  thirdPartyId: z.string(),
  name: z.object({ en: z.string(), zh: z.string() }).nullable().meta({ description: 'of the directory; null when a number was entered' }),
  phone: z.string(),
  status: attemptSchema.shape.status,
  machine: z.boolean().meta({ description: 'a machine seems to have answered: a voicemail, or the menu of a hotline' }),
  joined: z.boolean().meta({ description: 'they came into the talk' }),
  dropped: z.boolean().meta({ description: 'their call is being ended' }),
  outcome: z.enum(attemptOutcomes).nullable(),
  errorCode: z.string().nullable(),
})
const supervisorSchema = z.object({ name: z.string(), mode: z.enum(monitoringModes) })

/** The call as the agent's desk shows it while it lasts. */
export const callSchema = z
  .object({
    caseId: z.string(),
    ...shown.shape,
    held: z.boolean().meta({ description: 'the payer hears the waiting music' }),
    recording: z.object({ paused: z.boolean(), pausedAt: time.nullable() }).nullable().meta({ description: 'while the call is recorded' }),
    help: helpSchema.nullable().meta({ description: 'the agent has asked for a supervisor' }),
    transfer: transferSchema.nullable().meta({ description: 'the call is being handed over' }),
    thirdParty: thirdPartySchema.nullable().meta({ description: 'whom the agent has added by telephone, the newest of this call' }),
    supervisor: supervisorSchema.nullable().meta({ description: 'who talks in this call too; one who only listens is not told, unless help was asked for' }),
  })
  .meta({ id: 'Call' })
export type CallView = z.output<typeof callSchema>

type Company = Pick<z.output<typeof callSchema>, 'help' | 'supervisor' | 'transfer' | 'thirdParty' | 'recording'>

/** The newest call of a case; undefined before the first. */
export async function readCall(db: Database, caseId: string): Promise<z.output<typeof callSchema> | undefined> {
  const [found] = await sqlOf(db).$queryRaw<({ attempt: JsonRow; heldAttemptId: string | null } & Company)[]>`
    SELECT to_jsonb(a) AS attempt,
      (SELECT CASE WHEN e.type = 'payer_held' THEN e.data->>'attemptId' END FROM case_event e
        WHERE e.case_id = a.case_id AND e.type IN ('payer_held', 'payer_resumed') ORDER BY e.id DESC LIMIT 1) AS "heldAttemptId",
      (SELECT json_build_object('paused', r.status = 'paused', 'pausedAt', to_char(r.paused_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        FROM recording r WHERE r.attempt_id = a.id AND r.status IN ('recording', 'paused') AND a.status <> 'ended') AS recording,
      (SELECT json_build_object('reason', h.reason, 'askedAt', to_char(h.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'answeredBy', u.name)
        FROM help_request h LEFT JOIN staff_user u ON u.id = h.supervisor_id WHERE h.case_id = a.case_id AND h.ended_at IS NULL) AS help,
      (SELECT json_build_object('name', u.name, 'mode', m.mode) FROM monitoring m JOIN staff_user u ON u.id = m.supervisor_id
        WHERE m.case_id = a.case_id AND m.ended_at IS NULL
          AND (m.mode <> 'listen' OR EXISTS (SELECT 1 FROM help_request h WHERE h.case_id = m.case_id AND h.ended_at IS NULL AND h.supervisor_id = m.supervisor_id))
        ORDER BY m.started_at DESC LIMIT 1) AS supervisor,
      (SELECT json_build_object('state', w.state, 'from', json_build_object('id', f.id, 'name', f.name), 'note', w.note,
          'to', CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END)
        FROM warm_transfer w JOIN staff_user f ON f.id = w.from_agent_id LEFT JOIN offer o ON o.transfer_id = w.id AND o.status = 'pending'
        LEFT JOIN staff_user u ON u.id = coalesce(w.to_agent_id, o.agent_id) WHERE w.case_id = a.case_id AND w.ended_at IS NULL) AS transfer,
      (SELECT json_build_object('thirdPartyId', t.id, 'name', t.name, 'phone', t.phone, 'status', t.status, 'outcome', t.outcome, 'errorCode', t.error_code,
          'machine', coalesce(t.answered_by LIKE 'machine%' OR t.answered_by = 'fax', false), 'joined', t.joined_at IS NOT NULL, 'dropped', t.dropped_at IS NOT NULL)
        FROM third_party t WHERE t.attempt_id = a.id ORDER BY t.intended_at DESC LIMIT 1) AS "thirdParty"
    FROM attempt a WHERE a.case_id = ${caseId} ORDER BY a.number DESC LIMIT 1`
  if (!found) return undefined
  const attempt = rowOf<Attempt>(found.attempt)
  const held = found.heldAttemptId === attempt.id && attempt.status !== 'ended'
  const { recording, help, supervisor, transfer, thirdParty } = found
  const added = thirdParty && { ...thirdParty, phone: maskPhone(thirdParty.phone) }
  return { caseId, ...shown.parse(attemptView(attempt, 'masked')), held, recording, help, supervisor, transfer, thirdParty: added }
}
