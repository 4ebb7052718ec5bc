import { z } from 'zod'
import { attemptOutcomes, dialModes, type AttemptOutcome, type DialMode } from '../../domain/status'
import type { Attempt } from '../../generated/prisma/client'
import { phoneFor, type Sight } from './person'
import { iso, nullableTime, time } from './time'

const attemptStatuses = ['intended', 'queued', 'ringing', 'in_progress', 'ended'] as const
type AttemptStatus = (typeof attemptStatuses)[number]

export const attemptSchema = z
  .object({
    attemptId: z.string(),
    number: z.int(),
    phone: z.string(),
    mode: z.enum(dialModes),
    agentId: z.string().nullable(),
    callSid: z.string().nullable(),
    status: z.enum(attemptStatuses),
    outcome: z.enum(attemptOutcomes).nullable(),
    answeredBy: z.string().nullable(),
    reason: z.string().nullable(),
    intendedAt: time,
    requestedAt: nullableTime,
    rangAt: nullableTime,
    answeredAt: nullableTime,
    contactAt: nullableTime.meta({ description: 'a keypress or a bridged talk' }),
    endedAt: nullableTime,
    queueMillis: z.int().nullable().meta({ description: 'how long the call waited at the provider' }),
    errorCode: z.string().nullable(),
    passPhrase: z.string().nullable().meta({ description: 'two words that the payer’s app shows and that the agent says first' }),
  })
  .meta({ id: 'Attempt' })
export type AttemptView = z.output<typeof attemptSchema>

export function attemptView(row: Attempt, sight: Sight): z.output<typeof attemptSchema> {
  return {
    attemptId: row.id,
    number: row.number,
    phone: phoneFor(row.phone, sight),
    mode: row.mode as DialMode,
    agentId: row.agentId,
    callSid: row.callSid,
    status: row.status as AttemptStatus,
    outcome: row.outcome as AttemptOutcome | null,
    answeredBy: row.answeredBy,
    reason: row.reason,
    intendedAt: iso(row.intendedAt),
    requestedAt: iso(row.requestedAt),
    rangAt: iso(row.rangAt),
    answeredAt: iso(row.answeredAt),
    contactAt: iso(row.contactAt),
    endedAt: iso(row.endedAt),
    queueMillis: row.queueMillis,
    errorCode: row.errorCode,
    passPhrase: row.passPhrase,
  }
}
