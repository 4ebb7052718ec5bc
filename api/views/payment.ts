import { z } from 'zod'
import type { FlaggedPayment } from '../../domain/flag'
import { scamTypes, verdictKinds, type ScamType, type VerdictKind } from '../../domain/money'
import type { FlaggedPayment as PaymentRow } from '../../generated/prisma/client'
import { nameFor, type Sight } from './person'
import { iso, nullableTime, time } from './time'

export const moneyView = z.object({ amount: z.int().meta({ description: 'minor units' }), currency: z.string() }).meta({ id: 'Money' })
const free = z.record(z.string(), z.unknown()).meta({ description: 'as the risk engine sent it; empty when masked' })

export const paymentSchema = z
  .object({
    paymentId: z.string(),
    amount: moneyView,
    method: z.string(),
    paidAt: time,
    flaggedAt: time,
    deadline: time.meta({ description: 'until then the phone has to ring' }),
    late: z.boolean(),
    predictedRingAt: time,
    rangAt: nullableTime,
    breachStep: z.string().nullable().meta({ description: 'the step that used up the time, once the promise was broken' }),
    payee: z.object({ id: z.string(), name: z.string() }),
    risk: z.object({ score: z.int(), rules: z.array(z.object({ id: z.string(), reason: z.string() })), device: free, place: free, payload: free }),
    verdict: z.enum(verdictKinds).nullable(),
    scamType: z.enum(scamTypes).nullable(),
    verdictBy: z.string().nullable(),
    verdictNotes: z.string().nullable(),
    verdictAt: nullableTime,
    decision: z.enum(['undecided', 'settling', 'final']),
    fundsState: z.enum(['none', 'held', 'released', 'frozen', 'refunded']),
  })
  .meta({ id: 'CasePayment' })
export type PaymentView = z.output<typeof paymentSchema>

export function paymentView(row: PaymentRow, sight: Sight): PaymentView {
  const body = row.body as unknown as FlaggedPayment
  const { score, rules, device, place, payload } = body.risk
  const shown = sight === 'full'
  return {
    paymentId: row.id,
    amount: { amount: Number(row.amount), currency: row.currency },
    method: body.method,
    paidAt: iso(row.paidAt),
    flaggedAt: iso(row.flaggedAt),
    deadline: iso(row.deadline),
    late: row.late,
    predictedRingAt: iso(row.predictedRingAt),
    rangAt: iso(row.rangAt),
    breachStep: row.breachStep,
    payee: { id: body.payee.id, name: nameFor(body.payee.name, sight) },
    risk: { score, rules, device: shown ? device : {}, place: shown ? place : {}, payload: shown ? payload : {} },
    verdict: row.verdict as VerdictKind | null,
    scamType: row.scamType as ScamType | null,
    verdictBy: row.verdictBy,
    verdictNotes: row.verdictNotes,
    verdictAt: iso(row.verdictAt),
    decision: row.decision as PaymentView['decision'],
    fundsState: row.fundsState as PaymentView['fundsState'],
  }
}
