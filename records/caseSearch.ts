import { Prisma } from '../generated/prisma/client'
import type { Database } from './database'

/** What cases may be searched by; every part that is given must hold. Times are of the case's opening. */
export interface CaseFilter {
  status?: readonly string[] | undefined
  kind?: readonly string[] | undefined
  outcome?: readonly string[] | undefined
  verdict?: readonly string[] | undefined
  payerId?: string | undefined
  paymentId?: string | undefined
  /** Had the case at some time. */
  agentId?: string | undefined
  /** In any notation: whole, or its last digits. */
  phone?: string | undefined
  /** Minor units, of one payment. */
  minAmount?: number | undefined
  maxAmount?: number | undefined
  from?: Date | undefined
  to?: Date | undefined
  /** Opened within the last so many days. */
  withinDays?: number | undefined
  /** Any id, a phone number, or how words of the payer's name begin. */
  q?: string | undefined
}

export interface CasePlace {
  openedAt: string
  id: string
}

const { sql, join, empty } = Prisma

/** The ids of the cases that a filter finds, newest first, after a place in that order. */
export async function findCases(db: Database, filter: CaseFilter, { after, limit }: { after?: CasePlace | undefined; limit: number }): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>(search(filter, after, limit))
  return rows.map(({ id }) => id)
}

export async function countCases(db: Database, filter: CaseFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(sql`SELECT count(*)::int AS count FROM ${cases(filter)} WHERE ${conditions(filter)}`)
  return row?.count ?? 0
}

/** The plan that PostgreSQL makes for the first page of a filter, for whoever looks into a slow search. */
export async function explainSearch(db: Database, filter: CaseFilter, limit: number): Promise<string> {
  const rows = await db.$queryRaw<{ 'QUERY PLAN': string }[]>(sql`EXPLAIN (ANALYZE, BUFFERS) ${search(filter, undefined, limit)}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

function search(filter: CaseFilter, after: CasePlace | undefined, limit: number): Prisma.Sql {
  const order = filter.q || filter.agentId ? sql`k.opened_at DESC, k.case_id DESC` : sql`c.opened_at DESC, c.id DESC`
  const place = after ? sql`AND (c.opened_at, c.id) < (${after.openedAt}::timestamptz, ${after.id})` : empty
  return sql`SELECT c.id FROM ${cases(filter)} WHERE ${conditions(filter)} ${place} ORDER BY ${order} LIMIT ${limit}`
}

/** Words and agents find cases with the time of their opening: they are put in order before a case's own row is read, and most never are. */
function cases({ q, agentId }: CaseFilter): Prisma.Sql {
  if (!q && !agentId) return sql`risk_case c`
  const found = q ? anywhere(q) : sql`SELECT case_id, opened_at FROM case_agent WHERE agent_id = ${agentId}`
  return sql`(SELECT case_id, opened_at FROM (${found}) found ORDER BY opened_at DESC, case_id DESC) k JOIN risk_case c ON c.id = k.case_id`
}

function conditions(filter: CaseFilter): Prisma.Sql {
  const { status, kind, outcome, verdict, payerId, paymentId, agentId, phone, minAmount, maxAmount, from, to, withinDays, q } = filter
  const amounts = [
    minAmount === undefined ? [] : sql`p.amount >= ${BigInt(minAmount)}`,
    maxAmount === undefined ? [] : sql`p.amount <= ${BigInt(maxAmount)}`,
  ].flat()
  const all = [
    status ? sql`c.status = ANY(${[...status]})` : [],
    kind ? sql`c.kind = ANY(${[...kind]})` : [],
    outcome ? sql`c.outcome = ANY(${[...outcome]})` : [],
    payerId ? sql`c.payer_id = ${payerId}` : [],
    from ? sql`c.opened_at >= ${from}` : [],
    to ? sql`c.opened_at < ${to}` : [],
    withinDays ? sql`c.opened_at >= now() - make_interval(days => ${withinDays}::int)` : [],
    verdict ? sql`c.id IN (SELECT p.case_id FROM flagged_payment p WHERE p.verdict = ANY(${[...verdict]}))` : [],
    paymentId ? sql`c.id IN (SELECT p.case_id FROM flagged_payment p WHERE p.id = ${paymentId})` : [],
    amounts.length > 0 ? sql`c.id IN (SELECT p.case_id FROM flagged_payment p WHERE ${join(amounts, ' AND ')})` : [],
    agentId && q ? sql`c.id IN (SELECT case_id FROM case_agent WHERE agent_id = ${agentId})` : [],
    phone ? sql`c.id IN (SELECT case_id FROM (${byPhone(phone)}) rung)` : [],
  ].flat()
  return all.length > 0 ? join(all, ' AND ') : sql`true`
}

/** Of a number in any notation its digits count; without its country code it begins with a zero or is the end of the whole number. */
function byPhone(phone: string): Prisma.Sql {
  const digits = phone.replaceAll(/\D/g, '').replace(/^0+/, '')
  const backwards = literally(Array.from(digits).reverse().join(''))
  return sql`
    SELECT case_id, opened_at FROM case_lookup WHERE term LIKE ${`#${backwards}%`}
    UNION SELECT a.case_id, o.opened_at FROM attempt a JOIN risk_case o ON o.id = a.case_id WHERE reverse(a.phone) LIKE ${`${backwards}%`}`
}

function anywhere(q: string): Prisma.Sql {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const named = words.map((word) => sql`SELECT case_id, opened_at FROM case_lookup WHERE term LIKE ${`${literally(word).replace(/^#/, '')}%`}`)
  const sources = [
    sql`SELECT id AS case_id, opened_at FROM risk_case WHERE id = ${q}`,
    sql`SELECT p.case_id, o.opened_at FROM flagged_payment p JOIN risk_case o ON o.id = p.case_id WHERE p.id LIKE ${`${literally(q)}%`}`,
    sql`(${join(named, ' INTERSECT ')})`,
    isPhone(q) ? byPhone(q) : [],
  ].flat()
  return join(sources, ' UNION ')
}

/** At least four digits, and nothing beside them but how numbers are written. */
export function isPhone(text: string): boolean {
  return /^[+(]?[\d\s().\-/]+$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 4
}

/** What means something to LIKE stands for itself. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
