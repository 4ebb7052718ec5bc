import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { verdictKinds } from '../../domain/money'
import { caseKinds, caseOutcomes, caseStatuses } from '../../domain/status'
import { findCases, isPhone, type CaseFilter, type CasePlace } from '../../records/caseSearch'
import type { Database } from '../../records/database'
import { invalid } from '../problem'
import type { Sight } from './person'
import { readSummaries, summarySchema } from './summary'

const text = oneLine(200)
const moment = z.iso.datetime({ offset: true, error: 'expected an RFC 3339 time, such as 2012-05-25T01:08:00Z' }).transform((time) => new Date(time))

/** One value, several separated by commas, or the parameter repeated. */
function oneOrMore<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((part) => part.split(',')))
    .pipe(z.array(z.enum(values)).min(1))
}

const minorUnits = z.coerce.number().int().min(0).max(1_000_000_000_000_000)

export const paging = {
  cursor: z.string().max(300).regex(/^[\w=-]+$/, 'is not a cursor of ours').optional().meta({ description: 'the `nextCursor` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

const basics = {
  status: oneOrMore(caseStatuses).optional(),
  payerId: text.optional(),
  from: moment.optional().meta({ description: 'opened at or after' }),
  to: moment.optional().meta({ description: 'opened before' }),
  q: text.optional().meta({ description: 'any id, a phone number in any notation, or how words of the payer’s name begin' }),
}

/** What the risk engine may filter by. */
export const caseFilter = z.strictObject(basics)

/** What a supervisor may filter by. */
export const historyFilter = z.strictObject({
  ...basics,
  outcome: oneOrMore(caseOutcomes).optional(),
  verdict: oneOrMore(verdictKinds).optional(),
  agentId: text.optional(),
  phone: text
    .refine(isPhone, 'expected at least four digits of a phone number')
    .optional()
    .meta({ description: 'in any notation; the last digits are enough' }),
  paymentId: text.optional(),
  minAmount: minorUnits.optional().meta({ description: 'minor units; of one payment' }),
  maxAmount: minorUnits.optional().meta({ description: 'minor units; of one payment' }),
  kind: oneOrMore(caseKinds).optional(),
  withinDays: z.coerce.number().int().min(1).max(3_650).optional().meta({ description: 'opened within the last so many days' }),
})

export const casePageSchema = z.object({ cases: z.array(summarySchema), nextCursor: z.string().nullable() }).meta({ id: 'CasePage' })
export type CasePage = z.output<typeof casePageSchema>

/** One page of cases, newest first. The cursor names the last case seen, so that new cases shift nothing. */
export async function readPage(
  db: Database,
  options: { filter: CaseFilter; cursor?: string | undefined; limit: number; sight: Sight },
): Promise<z.output<typeof casePageSchema>> {
  const { filter, cursor, limit, sight } = options
  const after = cursor === undefined ? undefined : placeOf(cursor)
  const found = await findCases(db, filter, { after, limit: limit + 1 })
  const cases = await readSummaries(db, found.slice(0, limit), sight)
  const last = cases.at(-1)
  return { cases, nextCursor: found.length > limit && last ? encode([last.openedAt, last.caseId]) : null }
}

function placeOf(cursor: string): CasePlace {
  const [openedAt, id] = decodeCursor(cursor)
  if (Number.isNaN(Date.parse(openedAt)) || !id) throw invalid([{ field: 'cursor', message: 'is not a cursor of ours' }])
  return { openedAt: new Date(openedAt).toISOString(), id }
}

export function encode(parts: string[]): string {
  return Buffer.from(parts.join('\n')).toString('base64url')
}

export function decodeCursor(cursor: string): [string, string] {
  const [first = '', second = ''] = Buffer.from(cursor, 'base64url').toString().split('\n')
  return [first, second]
}
