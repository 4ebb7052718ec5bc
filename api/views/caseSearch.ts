import { z } from 'zod'
import { verdictKinds } from '../../domain/money'
import { caseOutcomes, caseStatuses } from '../../domain/status'
import type { Prisma } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { invalid } from '../problem'
import type { Sight } from './person'
import { readSummaries, summarySchema } from './summary'

const text = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected no control characters')
const moment = z.iso.datetime({ offset: true, error: 'expected an RFC 3339 time, such as 2012-05-25T01:08:00Z' }).transform((time) => new Date(time))

/** One value, several separated by commas, or the parameter repeated. */
function oneOrMore<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((part) => part.split(',')))
    .pipe(z.array(z.enum(values)).min(1))
}

export const paging = {
  cursor: z.string().max(300).optional().meta({ description: 'the `nextCursor` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

const basics = {
  status: oneOrMore(caseStatuses).optional(),
  payerId: text.optional(),
  from: moment.optional().meta({ description: 'opened at or after' }),
  to: moment.optional().meta({ description: 'opened before' }),
  q: text.optional().meta({ description: 'any id, a phone number, or part of the payer’s name' }),
}

/** What the risk engine may filter by. */
export const caseFilter = z.strictObject(basics)

/** What a supervisor may filter by. */
export const historyFilter = z.strictObject({
  ...basics,
  outcome: oneOrMore(caseOutcomes).optional(),
  verdict: oneOrMore(verdictKinds).optional(),
  agentId: text.optional(),
  phone: z
    .string()
    .trim()
    .regex(/^\+?\d{4,15}$/, 'expected at least four digits of a phone number')
    .optional(),
  paymentId: text.optional(),
  minAmount: z.coerce.number().int().min(0).max(1_000_000_000_000_000).optional().meta({ description: 'minor units; of one payment' }),
})
export type HistoryFilter = z.output<typeof historyFilter>

export const casePageSchema = z.object({ cases: z.array(summarySchema), nextCursor: z.string().nullable() }).meta({ id: 'CasePage' })

export function caseWhere(filter: HistoryFilter): Prisma.RiskCaseWhereInput {
  const { status, payerId, from, to, q, outcome, verdict, agentId, phone, paymentId, minAmount } = filter
  return {
    AND: [
      status ? { status: { in: status } } : {},
      outcome ? { outcome: { in: outcome } } : {},
      payerId ? { payerId } : {},
      from ? { openedAt: { gte: from } } : {},
      to ? { openedAt: { lt: to } } : {},
      verdict ? { payments: { some: { verdict: { in: verdict } } } } : {},
      paymentId ? { payments: { some: { id: paymentId } } } : {},
      minAmount !== undefined ? { payments: { some: { amount: { gte: BigInt(minAmount) } } } } : {},
      agentId ? { OR: [{ agentId }, { attempts: { some: { agentId } } }, { offers: { some: { agentId, status: 'accepted' } } }] } : {},
      phone ? byPhone(phone) : {},
      q ? { OR: anywhere(q) } : {},
    ],
  }
}

function anywhere(q: string): Prisma.RiskCaseWhereInput[] {
  // Prisma passes these on to LIKE as they are.
  const literally = q.replace(/[\\%_]/g, '\\$&')
  return [
    { id: q },
    { payerId: { startsWith: literally } },
    { payments: { some: { id: { startsWith: literally } } } },
    { payer: { path: ['name'], string_contains: literally, mode: 'insensitive' } },
    ...(/^\+?\d{4,15}$/.test(q) ? [byPhone(q)] : []),
  ]
}

/** A whole number finds the payer's numbers and those that were called; its last digits find the latter. */
function byPhone(phone: string): Prisma.RiskCaseWhereInput {
  return { OR: [{ payer: { path: ['phones'], array_contains: [phone] } }, { attempts: { some: { phone: { endsWith: phone } } } }] }
}

/** One page of cases, newest first. The cursor names the last case seen, so that new cases shift nothing. */
export async function readPage(
  db: Database,
  options: { where: Prisma.RiskCaseWhereInput; cursor?: string | undefined; limit: number; sight: Sight },
): Promise<z.output<typeof casePageSchema>> {
  const { where, cursor, limit, sight } = options
  const after = cursor === undefined ? {} : afterCursor(cursor)
  const found = await readSummaries(db, { where: { AND: [where, after] }, limit: limit + 1, sight })
  const cases = found.slice(0, limit)
  const last = cases.at(-1)
  return { cases, nextCursor: found.length > limit && last ? encode([last.openedAt, last.caseId]) : null }
}

function afterCursor(cursor: string): Prisma.RiskCaseWhereInput {
  const [openedAt, id] = decodeCursor(cursor)
  if (Number.isNaN(Date.parse(openedAt)) || !id) throw invalid([{ field: 'cursor', message: 'is not a cursor of ours' }])
  return { OR: [{ openedAt: { lt: openedAt } }, { openedAt, id: { lt: id } }] }
}

export function encode(parts: string[]): string {
  return Buffer.from(parts.join('\n')).toString('base64url')
}

export function decodeCursor(cursor: string): [string, string] {
  const [first = '', second = ''] = Buffer.from(cursor, 'base64url').toString().split('\n')
  return [first, second]
}
