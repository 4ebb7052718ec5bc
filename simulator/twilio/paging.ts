import type { Request } from 'express'
import { badRequest } from './error'

/**
 * One page of a list, with the links around it. The page token names the last row of the page before, so that rows
 * which are added in the meantime do not shift the pages.
 */
export function page<T>(req: Request, name: string, rows: T[], sidOf: (row: T) => string, json: (row: T) => object): object {
  const query = req.query as Record<string, string | undefined>
  const size = bounded(query.PageSize, 50, 1, 1_000, 'PageSize')
  const number = bounded(query.Page, 0, 0, 1_000_000, 'Page')
  if (query.PageToken !== undefined && !/^PA[A-Z]{2}[0-9a-f]{32}$/.test(query.PageToken)) throw badRequest(21481, `Invalid PageToken: ${query.PageToken}`)
  const after = query.PageToken?.slice(2)
  const found = after === undefined ? -1 : rows.findIndex((row) => sidOf(row) === after)
  const start = after === undefined ? number * size : found === -1 ? rows.length : found + 1
  const shown = rows.slice(start, start + size)
  const last = shown.at(-1)
  const more = start + size < rows.length

  const link = (to: number, token?: string) => {
    const params = new URLSearchParams(Object.entries(query).filter((e): e is [string, string] => typeof e[1] === 'string'))
    params.set('PageSize', String(size))
    params.set('Page', String(to))
    params.delete('PageToken')
    if (token !== undefined) params.set('PageToken', token)
    return `${req.baseUrl}${req.path}?${params.toString()}`
  }
  const before = start - size - 1 >= 0 ? sidOf(rows[start - size - 1]!) : undefined
  return {
    end: start + Math.max(0, shown.length - 1),
    first_page_uri: link(0),
    next_page_uri: more && last ? link(number + 1, `PA${sidOf(last)}`) : null,
    page: number,
    page_size: size,
    previous_page_uri: start > 0 ? link(Math.max(0, number - 1), before && `PA${before}`) : null,
    start,
    uri: req.originalUrl,
    [name]: shown.map(json),
  }
}

function bounded(value: string | undefined, otherwise: number, low: number, high: number, name: string): number {
  if (value === undefined) return otherwise
  if (!/^\d+$/.test(value)) throw badRequest(20001, `Invalid parameter ${name}: ${value}`)
  return Math.min(high, Math.max(low, Number(value)))
}

/** Keeps rows whose moment fits `Name`, `Name<` and `Name>` of the query; a row without a moment fits none of them. */
export function between(query: Record<string, unknown>, name: string, moment: string | null): boolean {
  const at = moment === null ? null : Date.parse(moment)
  for (const [suffix, fits] of comparisons) {
    const asked = query[name + suffix]
    if (typeof asked !== 'string' || asked === '') continue
    const limit = Date.parse(asked)
    if (Number.isNaN(limit)) throw badRequest(20001, `Invalid parameter ${name}${suffix}: ${asked}`)
    const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? 86_400_000 : 1_000
    if (at === null || !fits(at, limit, wholeDay)) return false
  }
  return true
}

const comparisons: [string, (at: number, limit: number, span: number) => boolean][] = [
  ['', (at, limit, span) => at >= limit && at < limit + span],
  ['<', (at, limit, span) => at < limit + span],
  ['>', (at, limit) => Math.floor(at / 1000) >= Math.floor(limit / 1000)],
]
