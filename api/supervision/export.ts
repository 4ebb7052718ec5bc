import { once } from 'node:events'
import { type Response } from 'express'
import type { CaseFilter } from '../../records/caseSearch'
import type { Database } from '../../records/database'
import { readPage } from '../views/caseSearch'
import type { CaseSummary } from '../views/summary'

const columns: Record<string, (row: CaseSummary) => string | number | null> = {
  caseId: (row) => row.caseId,
  kind: (row) => row.kind,
  openedAt: (row) => row.openedAt,
  closedAt: (row) => row.closedAt,
  status: (row) => row.status,
  outcome: (row) => row.outcome,
  payerId: (row) => row.payer.id,
  payerName: (row) => row.payer.name,
  agent: (row) => row.agentName,
  deadline: (row) => row.deadline,
  firstRingAt: (row) => row.firstRingAt,
  late: (row) => String(row.late),
  attempts: (row) => row.attempts,
  lastAttempt: (row) => row.lastAttempt?.outcome ?? null,
  paymentIds: (row) => row.payments.map(({ paymentId }) => paymentId).join(' '),
  amounts: (row) => row.amounts.map(({ amount, currency }) => `${amount} ${currency}`).join('; '),
  verdicts: (row) => row.verdicts.join(' '),
}

/** Streams every case that a filter finds, newest first, a page at a time: any number of rows takes little memory. */
export async function exportCases(db: Database, response: Response, options: { format: 'csv' | 'json'; filter: CaseFilter; total: number }): Promise<void> {
  const { format, filter, total } = options
  const csv = format === 'csv'
  const name = `call-histories-${new Date().toISOString().slice(0, 10)}.${format}`
  response
    .type(csv ? 'text/csv' : 'application/json')
    .attachment(name)
    .set('X-Total-Count', String(total))
  // Spreadsheets take a file for UTF-8 only when it begins with this mark.
  response.write(csv ? `\uFEFF${Object.keys(columns).join(',')}\r\n` : '[')
  let cursor: string | undefined
  let first = true
  do {
    const page = await readPage(db, { filter, cursor, limit: 500, sight: 'masked' })
    const rows = page.cases.map((row) => (csv ? `${csvRow(row)}\r\n` : JSON.stringify(row)))
    const text = csv ? rows.join('') : `${first || rows.length === 0 ? '' : ','}${rows.join(',')}`
    first = false
    if (text && !response.write(text)) await drained(response)
    cursor = page.nextCursor ?? undefined
  } while (cursor && !response.destroyed)
  response.end(csv ? '' : ']')
}

/** Until the reader has taken what was written, or is gone. */
async function drained(response: Response): Promise<void> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  } finally {
    // The event that did not come must not be waited for by a listener for each page.
    waiting.abort()
  }
}

function csvRow(row: CaseSummary): string {
  return Object.values(columns)
    .map((column) => csvField(column(row)))
    .join(',')
}

/** Quoted as RFC 4180 says; what a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
