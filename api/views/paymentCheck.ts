import { z } from 'zod'
import { scamTypes } from '../../domain/money'
import type { PaymentCheckBody } from '../../domain/reminder/body'
import { checkDecisions, checkEndings, checkPhases, helpChannels, talkOutcomes, trustedAnswers, unpressedPlans, type CheckReason } from '../../domain/reminder/check'
import type { PaymentCheck } from '../../generated/prisma/client'
import { moneyView } from './payment'
import { nameFor, type Sight } from './person'
import { iso, nullableTime, time } from './time'

/** The paused payment that a case is about, as staff see it. */
export const casePaymentCheckSchema = z
  .object({
    paymentId: z.string(),
    amount: moneyView,
    method: z.string(),
    payee: z.object({ id: z.string(), name: z.string() }),
    openedAt: time,
    score: z.int(),
    scoreAfter: z.int().nullable().meta({ description: 'after the last talk' }),
    reasons: z.array(z.object({ id: z.string(), reason: z.string() })),
    decision: z.enum(checkDecisions),
    phase: z.enum(checkPhases),
    plan: z.enum(unpressedPlans).meta({ description: 'what policy does when nobody talks with the payer' }),
    until: nullableTime.meta({ description: 'when the phase ends by itself' }),
    helpChannel: z.enum(helpChannels).nullable(),
    outcome: z.enum(talkOutcomes).nullable(),
    scamType: z.enum(scamTypes).nullable(),
    ending: z.enum(checkEndings).nullable(),
    fundsState: z.enum(['none', 'held', 'released', 'refunded']),
    trustedContact: z.string().nullable().meta({ description: 'whom the payer trusts; masked unless the reader may see it' }),
    trustedAnswer: z.enum(trustedAnswers).nullable().meta({ description: 'what they say by their link; it decides nothing' }),
  })
  .meta({ id: 'CasePaymentCheck' })
export type CasePaymentCheck = z.output<typeof casePaymentCheckSchema>

export function casePaymentCheckView(row: PaymentCheck, sight: Sight): CasePaymentCheck {
  const { method, payee } = row.body as unknown as PaymentCheckBody
  return {
    paymentId: row.paymentId,
    amount: { amount: Number(row.amount), currency: row.currency },
    method,
    payee: { id: payee.id, name: nameFor(payee.name, sight) },
    openedAt: iso(row.openedAt),
    score: row.score,
    scoreAfter: row.scoreAfter,
    reasons: row.reasons as unknown as CheckReason[],
    decision: row.decision as CasePaymentCheck['decision'],
    phase: row.phase as CasePaymentCheck['phase'],
    plan: row.plan as CasePaymentCheck['plan'],
    until: row.until ? iso(new Date(row.until)) : null,
    helpChannel: row.helpChannel as CasePaymentCheck['helpChannel'],
    outcome: row.outcome as CasePaymentCheck['outcome'],
    scamType: row.scamType as CasePaymentCheck['scamType'],
    ending: row.ending as CasePaymentCheck['ending'],
    fundsState: row.fundsState as CasePaymentCheck['fundsState'],
    trustedContact: row.trustedName ? nameFor(row.trustedName, sight) : null,
    trustedAnswer: row.trustedAnswer as CasePaymentCheck['trustedAnswer'],
  }
}
