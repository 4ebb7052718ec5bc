import type { Client } from '@temporalio/client'
import { caseWorkflowId } from '../domain/messages'
import { startBareEngine } from './bare/engine'
import type { Engine } from './engine'
import { flagOf } from './flag'
import { footprintOf, type Footprint } from './footprint'
import type { Http } from './http'
import { idle, load, full, type PhaseResult } from './phases'
import type { BenchOptions } from './options'
import { cores, machineBusyMillis, usageOf, type Usage } from './processes'
import type { Product } from './product'
import { createProductEngine } from './productEngine'
import type { Progress } from './progress'
import { latencies, median, type Latencies } from './statistics'

export type Pair<T> = Record<Engine['name'], T>

export interface Comparison {
  idle: Pair<Latencies>
  load: Pair<Latencies> & { casesPerSecond: number }
  full: Pair<Latencies>
  /** Whole cases per second with `options.casesAtOnce` under way, of each round. */
  throughput: Pair<number[]>
  failed: Pair<number>
  footprint: Pair<Footprint>
  /** Milliseconds of processor time for one case at full load, by process. */
  cpuPerCase: Pair<Record<string, number>>
  /** Transactions and bytes of write-ahead log for one case of the product, with everything around it. */
  postgresPerCase: { transactions: number; walBytes: number }
  /** Bytes, after the load. */
  memory: Record<string, number>
  /** Share of the machine that others used while we measured throughput, of each round. */
  usedByOthers: Pair<number[]>
}

/** The product and a bare workflow of the same shape take turns on the same Temporal server. */
export async function compare(product: Product, temporal: Client, http: Http, options: BenchOptions, progress: Progress): Promise<Comparison> {
  progress.step('Starting the bare workflow’s worker')
  const bare = await startBareEngine(product)
  const engine = createProductEngine(http, product)
  const engines: Engine[] = [bare, engine]
  const parts = new Map([...product.processes, ['bare worker', bare.pid], ['load generator', process.pid]])
  try {
    const results = { idle: gather(), load: gather(), full: gather() }
    const throughput: Pair<number[]> = { bare: [], product: [] }
    const usedByOthers: Pair<number[]> = { bare: [], product: [] }
    const cpuPerCase: Pair<Record<string, number>[]> = { bare: [], product: [] }
    const postgres: { transactions: number; walBytes: number }[] = []

    for (const each of engines) {
      const { failed } = await idle(each, 3, quiet)
      if (failed > 0) throw new Error(`${each.name}: a plain case did not come to its end, so there is nothing to measure`)
    }
    // Before the load, so that it is a case that nothing disturbed.
    const footprint = {
      bare: await footprintOf(temporal, `bare/${flagOf(3).payer.id}`),
      product: await footprintOf(temporal, caseWorkflowId(flagOf(3).payer.id)),
    }
    // Processes that serve people have run for days: their code is compiled and their statements are planned.
    for (const each of engines) {
      progress.step(`Warming up, ${each.name} (seconds)`)
      await full(each, { atOnce: options.casesAtOnce, seconds: options.warmUpSeconds }, progress)
    }
    for (let round = 1; round <= options.rounds; round++) {
      for (const each of engines) {
        progress.step(`Round ${round} of ${options.rounds}, ${each.name}, idle`)
        results.idle[each.name].push(await idle(each, options.idleCases, progress))
      }
      for (const each of engines) {
        progress.step(`Round ${round} of ${options.rounds}, ${each.name}, ${options.casesPerSecond} cases a second`)
        results.load[each.name].push(await load(each, { perSecond: options.casesPerSecond, seconds: options.loadSeconds }, progress))
      }
      for (const each of engines) {
        progress.step(`Round ${round} of ${options.rounds}, ${each.name}, ${options.casesAtOnce} cases at once (seconds)`)
        const before = { usage: usageOf(parts), busy: machineBusyMillis(), at: performance.now(), database: await activity(product) }
        const result = await full(each, { atOnce: options.casesAtOnce, seconds: options.fullSeconds }, progress)
        const cases = result.timings.length + result.failed
        const spent = cpuSince(before.usage, usageOf(parts))
        const ours = Object.values(spent).reduce((sum, millis) => sum + millis, 0)
        const others = (machineBusyMillis() - before.busy - ours) / ((performance.now() - before.at) * cores())
        results.full[each.name].push(result)
        throughput[each.name].push(result.casesPerSecond)
        usedByOthers[each.name].push(Math.max(0, others))
        cpuPerCase[each.name].push(Object.fromEntries(Object.entries(spent).map(([part, millis]) => [part, millis / cases])))
        if (each.name === 'product') postgres.push(perCase(before.database, await activity(product), cases))
      }
    }
    return {
      idle: summed(results.idle),
      load: { ...summed(results.load), casesPerSecond: options.casesPerSecond },
      full: summed(results.full),
      throughput,
      failed: { bare: failures(results, 'bare'), product: failures(results, 'product') },
      footprint,
      cpuPerCase: { bare: medians(cpuPerCase.bare), product: medians(cpuPerCase.product) },
      postgresPerCase: { transactions: median(postgres.map((each) => each.transactions)), walBytes: median(postgres.map((each) => each.walBytes)) },
      memory: Object.fromEntries([...usageOf(parts)].map(([part, { memory }]) => [part, memory])),
      usedByOthers,
    }
  } finally {
    engine.stop()
    await bare.stop()
  }
}

const quiet: Progress = { say: () => undefined, show: () => undefined, step: () => undefined }
const gather = (): Pair<PhaseResult[]> => ({ bare: [], product: [] })

function summed({ bare, product }: Pair<PhaseResult[]>): Pair<Latencies> {
  const of = (rounds: PhaseResult[]) => latencies(rounds.flatMap(({ timings }) => timings))
  return { bare: of(bare), product: of(product) }
}

function failures(results: Record<string, Pair<PhaseResult[]>>, name: Engine['name']): number {
  return Object.values(results).flatMap((pair) => pair[name]).reduce((sum, { failed }) => sum + failed, 0)
}

function cpuSince(before: Map<string, Usage>, after: Map<string, Usage>): Record<string, number> {
  return Object.fromEntries([...after].map(([part, { cpuMillis }]) => [part, cpuMillis - (before.get(part)?.cpuMillis ?? 0)]))
}

function medians(rounds: Record<string, number>[]): Record<string, number> {
  return Object.fromEntries(Object.keys(rounds[0] ?? {}).map((part) => [part, median(rounds.map((round) => round[part] ?? 0))]))
}

interface DatabaseActivity {
  transactions: number
  walBytes: number
}

async function activity({ pool }: Product): Promise<DatabaseActivity> {
  const { rows } = await pool.query<{ transactions: string; wal: string }>(
    `SELECT (SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database) AS transactions, pg_current_wal_lsn() - '0/0'::pg_lsn AS wal`,
  )
  return { transactions: Number(rows[0]!.transactions), walBytes: Number(rows[0]!.wal) }
}

function perCase(before: DatabaseActivity, after: DatabaseActivity, cases: number): DatabaseActivity {
  return { transactions: (after.transactions - before.transactions) / cases, walBytes: (after.walBytes - before.walBytes) / cases }
}
