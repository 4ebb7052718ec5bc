import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import express from 'express'
import { exportCases } from '../../api/supervision/export'
import { readPage } from '../../api/views/caseSearch'
import { createDatabase } from '../../configuration/database'
import { inWords } from '../../embedded/failure'
import { migrate } from '../../embedded/migrate'
import { ensureDatabase } from '../../embedded/postgres'
import { scratchPostgres } from '../../embedded/scratch'
import { countCases, explainSearch, type CaseFilter } from '../../records/caseSearch'
import type { Database } from '../../records/database'
import { createProgress } from '../progress'
import { spread } from '../statistics'
import { table } from '../table'
import { fillHistories } from './fill'

const day = 86_400_000
const until = Date.parse('2026-11-01T00:00:00Z')

/** What supervisors look for, from everything to what is not there. */
const searches: Record<string, CaseFilter> = {
  'no filter': {},
  'a week, a year ago': { from: new Date(until - 372 * day), to: new Date(until - 365 * day) },
  'outcome scam': { outcome: ['scam'] },
  'verdict not the owner': { verdict: ['not_owner'] },
  'one agent': { agentId: 'agent-77' },
  'an agent who took nothing': { agentId: 'agent-none' },
  'agent and scam': { agentId: 'agent-77', verdict: ['scam'] },
  'amount range, narrow': { minAmount: 1_999_900, maxAmount: 2_000_100 },
  'amount range, wide': { minAmount: 1_000_000, maxAmount: 2_000_000 },
  'whole phone number': { phone: '+86 138 0000 0001' },
  'last four digits': { phone: '4711' },
  'payer id': { q: 'payer-4711' },
  'payment id': { q: 'pay_0b5cd6e9a3ba9d7e1df7bf4e11c70d1d' },
  'a common surname': { q: '王' },
  'a name': { q: '李芳国' },
  'a name that there is not': { q: 'nobody' },
  'scam, large, last year': { verdict: ['scam'], minAmount: 1_900_000, from: new Date(until - 365 * day) },
  'another kind': { kind: ['dispute'] },
}
const runs = 20
/** A first page, at the median. */
const wantedMillis = 200
/** What an export may add to the process: its pages and what the garbage collector lets lie, but no copy of the rows. */
const wantedMegabytes = 200
const exported = 100_000

/** `npm run bench:histories`: search and export over a million attempts, in a database of its own. Fails when a target is missed. */
export async function main(given: string[]): Promise<void> {
  const { values } = parseArgs({ args: given, options: { attempts: { type: 'string', default: '1000000' }, explain: { type: 'boolean', default: false } } })
  const wanted = Number(values.attempts)
  const progress = createProgress()
  const postgres = await scratchPostgres()
  await ensureDatabase(postgres.url('postgres'), 'histories')
  await migrate(postgres.url('histories'))
  const { db, pool, close } = createDatabase(postgres.url('histories'), { poolSize: 4 })
  try {
    // Filling takes longer than a request may.
    pool.options.query_timeout = 0
    progress.step(`Making ${wanted} call attempts`)
    const made = await fillHistories(pool, wanted, (done) => progress.show(done, wanted))
    progress.say(`${made.attempts} attempts in ${made.cases} cases.`)
    const rows: string[][] = []
    for (const [name, filter] of Object.entries(searches)) {
      rows.push([name, ...(await measure(db, filter))])
      if (values.explain) progress.say(`${name}\n${await explainSearch(db, filter, 51)}`)
    }
    console.log(table('Search, first page of 50, ms', ['', 'found', 'p50', 'p99', 'worst'], rows))
    progress.step('Exporting')
    const file = await measureExport(db)
    console.log(table('Export', ['', 'rows', 'seconds', 'memory grew by, MB'], [file]))
    const missed = [
      ...rows.filter(([, , p50]) => Number(p50) > wantedMillis).map(([name]) => `${name}: a page took more than ${wantedMillis} ms`),
      ...(Number(file[1]) === Math.min(exported, made.cases) ? [] : ['the export has not all rows']),
      ...(Number(file[3]) > wantedMegabytes ? [`the export took more than ${wantedMegabytes} MB`] : []),
    ]
    for (const line of missed) console.error(`missed: ${line}`)
    process.exitCode = missed.length > 0 ? 1 : 0
  } catch (error) {
    console.error(inWords(error))
    process.exitCode = 1
  } finally {
    await close()
    await postgres.stop()
    process.exit()
  }
}

async function measure(db: Database, filter: CaseFilter): Promise<string[]> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const began = performance.now()
    await readPage(db, { filter, limit: 50, sight: 'masked' })
    times.push(performance.now() - began)
  }
  const { p50, p99, worst } = spread(times)
  return [await countCases(db, filter), p50, p99, worst].map(String)
}

/** A hundred thousand cases, over HTTP, to somebody who throws them away. */
async function measureExport(db: Database): Promise<string[]> {
  const filter: CaseFilter = { from: new Date(until - (exported - 1) * 155_000) }
  const app = express().get('/', async (_request, response) => exportCases(db, response, { format: 'csv', filter, total: await countCases(db, filter) }))
  const server = createServer(app).listen(0)
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 200)
  const began = performance.now()
  const { body } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  let lines = 0
  for await (const piece of body ?? []) for (const byte of piece as Uint8Array) if (byte === 10) lines++
  clearInterval(watch)
  server.close()
  return ['CSV', String(lines - 1), ((performance.now() - began) / 1_000).toFixed(1), ((most - before) / 1_048_576).toFixed(0)]
}
