import { z } from 'zod'
import { scamTypes, type ScamType } from '../../domain/money'
import {
  checkDecisions,
  checkEndings,
  checkPhases,
  helpChannels,
  talkOutcomes,
  trustedAnswers,
  type CheckDecision,
  type CheckEnding,
  type CheckPhase,
  type CheckReason,
  type HelpChannel,
  type TalkOutcome,
  type TrustedAnswer,
} from '../../domain/reminder/check'
import type { PaymentCheck } from '../../generated/prisma/client'
import { firstName } from '../../records/callAnnouncement'
import type { Database } from '../../records/database'
import { iso, nullableTime, time } from '../views/time'

const text = z.object({ en: z.string(), zh: z.string() })

export const checkSchema = z
  .object({
    paymentId: z.string(),
    checkId: z.string(),
    caseId: z.string().nullable(),
    decision: z
      .enum(checkDecisions)
      .meta({ description: 'pay: make it, or it has been made when funds are released; paused: wait; cancelled, refused: never make it' }),
    phase: z.enum(checkPhases),
    version: z.int().meta({ description: 'rises with each change; `GET …?after=<version>&wait=30` answers once it is another one' }),
    score: z.int(),
    reasons: z.array(z.object({ id: z.string(), reason: z.string() })),
    button: z
      .object({ text, channels: z.array(z.enum(helpChannels)) })
      .nullable()
      .meta({ description: 'the Answer Reminder button; null when there is nothing to press' }),
    call: z
      .object({ number: z.string(), code: z.string() })
      .nullable()
      .meta({ description: 'after help by voice was asked for: the number to dial and the code to key in' }),
    helpChannel: z.enum(helpChannels).nullable(),
    agent: z.object({ name: z.string() }).nullable().meta({ description: 'who has the payer now' }),
    outcome: z.enum(talkOutcomes).nullable().meta({ description: 'what came of the last talk' }),
    scamType: z.enum(scamTypes).nullable(),
    trustedAnswer: z.enum(trustedAnswers).nullable().meta({ description: 'what the person whom the payer trusts says; it decides nothing' }),
    ending: z.enum(checkEndings).nullable(),
    funds: z.enum(['none', 'held', 'released', 'refunded']).meta({ description: 'what the ledger has confirmed' }),
    expiresAt: nullableTime.meta({ description: 'when the present phase ends by itself' }),
    openedAt: time,
    decidedAt: nullableTime,
  })
  .meta({ id: 'CheckedPayment' })
export type CheckView = z.output<typeof checkSchema>

const button = {
  text: { en: 'Unsure? Talk with us first', zh: '接听提醒：先与客服聊一聊' },
  channels: [...helpChannels],
}

/** A payment as the payment app may know it: no scores of others, no notes of agents. */
export function checkView(row: PaymentCheck, agentName: string | null, fromNumber: string): CheckView {
  const phase = row.phase as CheckPhase
  const over = phase === 'final' || phase === 'settling'
  return {
    paymentId: row.paymentId,
    checkId: row.checkId,
    caseId: row.caseId,
    decision: row.decision as CheckDecision,
    phase,
    version: row.version,
    score: row.scoreAfter ?? row.score,
    reasons: row.reasons as unknown as CheckReason[],
    button: over ? null : button,
    call: row.callCode && !over ? { number: fromNumber, code: row.callCode } : null,
    helpChannel: row.helpChannel as HelpChannel | null,
    agent: agentName ? { name: agentName } : null,
    outcome: row.outcome as TalkOutcome | null,
    scamType: row.scamType as ScamType | null,
    trustedAnswer: row.trustedAnswer as TrustedAnswer | null,
    ending: row.ending as CheckEnding | null,
    funds: row.fundsState as CheckView['funds'],
    expiresAt: iso(row.until),
    openedAt: iso(row.openedAt),
    decidedAt: iso(row.decidedAt),
  }
}

/** @returns undefined when nobody asked about this payment */
export async function readCheck(db: Database, paymentId: string, fromNumber: string): Promise<CheckView | undefined> {
  const row = await db.paymentCheck.findUnique({ where: { paymentId }, include: { case: { select: { agentId: true } } } })
  if (!row) return undefined
  const { case: theCase, ...check } = row
  const agent = theCase?.agentId ? await db.staffUser.findUnique({ where: { id: theCase.agentId }, select: { name: true } }) : null
  return checkView(check, agent ? firstName(agent.name) : null, fromNumber)
}
