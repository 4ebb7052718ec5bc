import { z } from 'zod'
import { moneyActionKinds, type MoneyActionKind } from '../../domain/money'
import type { MoneyAction } from '../../generated/prisma/client'
import { iso, nullableTime, time } from './time'

export const moneyActionSchema = z
  .object({
    key: z.string(),
    kind: z.enum(moneyActionKinds),
    paymentId: z.string(),
    status: z.enum(['requested', 'pending', 'confirmed', 'refused']),
    reason: z.string(),
    actor: z.string(),
    requestedAt: time,
    confirmedAt: nullableTime.meta({ description: 'when the ledger confirmed: only then it is final' }),
    ledgerEntry: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'MoneyAction' })
export type MoneyActionView = z.output<typeof moneyActionSchema>

export function moneyActionView(row: MoneyAction): MoneyActionView {
  return {
    key: row.key,
    kind: row.kind as MoneyActionKind,
    paymentId: row.paymentId,
    status: row.status as MoneyActionView['status'],
    reason: row.reason,
    actor: row.actor,
    requestedAt: iso(row.requestedAt),
    confirmedAt: iso(row.confirmedAt),
    ledgerEntry: row.ledgerEntry,
    detail: row.detail,
  }
}
