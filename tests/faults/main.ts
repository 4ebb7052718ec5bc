import { parseArgs } from 'node:util'
import { full, short } from './plan'
import { parts } from './product'
import { runFaults } from './run'

/**
 * `npm run test:faults`: the product under 200 cases while its processes are killed. `-- --short` for the
 * form that every test run has, `-- --seed=N` to plan a run again, `-- --cases=N` for another number.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { short: { type: 'boolean' }, seed: { type: 'string' }, cases: { type: 'string' } } })
  const form = values.short ? short : full
  const cases = Number(values.cases ?? form.cases)
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort(new Error('interrupted')))
  const began = Date.now()
  const { violations, report, logFile } = await runFaults({
    seed: Number(values.seed ?? Math.floor(Math.random() * 1e9)),
    size: { ...form, cases, matters: Math.ceil((form.matters * cases) / form.cases), kills: Math.max(parts.length, Math.round((form.kills * cases) / form.cases)) },
    patienceMillis: 300_000,
    print: (line) => console.log(line),
    interrupted: interrupted.signal,
  })
  console.log(`\n${report}\n\n${Math.round((Date.now() - began) / 1_000)} s${logFile ? `; what the processes printed: ${logFile}` : ''}`)
  // Killed processes leave sockets behind that would keep this one.
  process.exit(violations.length === 0 ? 0 : 1)
}
