import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createDataConverter } from '../configuration/payloadCodec'
import { createTemporal } from '../configuration/temporal'
import { inWords, StartFailure } from '../embedded/failure'
import { signInAll } from './agent'
import { compare, type Comparison } from './comparison'
import { desks, type DesksOptions, type DesksResult } from './desks'
import { createHttp } from './http'
import { machine } from './machine'
import { readOptions, type BenchOptions } from './options'
import { startProduct, type Product } from './product'
import { createProgress, type Progress } from './progress'
import { print } from './report'
import { surge, type SurgeResult } from './surge'
import { judge, type Target } from './targets'

/** What a run writes as JSON. */
export interface BenchResults {
  at: string
  quick: boolean
  options: BenchOptions
  machine: ReturnType<typeof machine>
  comparison?: Comparison
  surge?: SurgeResult
  desks?: DesksResult
  targets: Target[]
}

const root = path.resolve(__dirname, '..')

/** Measures, prints a table, writes JSON. Exits with 0 also when a target is missed: the numbers say so. */
export async function main(given: string[]): Promise<void> {
  const options = readOptions(given, path.join(root, 'bench', 'results', 'latest.json'))
  const progress = createProgress()
  try {
    const results: BenchResults = { at: new Date().toISOString(), quick: options.quick, options, machine: machine(), targets: [] }
    if (options.compare) results.comparison = await comparisonRun(options, progress)
    if (options.surge) results.surge = await surgeRun(options, options.surge, progress)
    if (options.desks) results.desks = await desksRun(options.desks, progress)
    results.targets = judge(results)
    mkdirSync(path.dirname(options.output), { recursive: true })
    writeFileSync(options.output, `${JSON.stringify(results, null, 2)}\n`)
    print(results)
    progress.say(`Written to ${path.relative(process.cwd(), options.output)}.`)
    process.exit(0)
  } catch (error) {
    const known = inWords(error)
    console.error(known instanceof StartFailure ? known.message : known)
    process.exit(1)
  }
}

// Nothing waits for the account's limit or for people: what remains is our own time.
const unhurried = { callsPerSecond: 1_000, simulatorSpeed: 20 }

async function comparisonRun(options: BenchOptions, progress: Progress): Promise<Comparison> {
  progress.step('Starting the product, with the account’s limit out of the way')
  return withProduct({ ...unhurried, agents: options.agents }, progress, async (product, temporal) => {
    const http = createHttp()
    const agents = await signInAll(http, product, { talkMillis: 0, watchesSoftphone: false, onTrouble: (error) => progress.say(String(error)) })
    try {
      return await compare(product, temporal, http, options, progress)
    } finally {
      await Promise.all(agents.map((agent) => agent.leave()))
      await http.close()
    }
  })
}

async function surgeRun(options: BenchOptions, about: NonNullable<BenchOptions['surge']>, progress: Progress): Promise<SurgeResult> {
  progress.step(`Starting the product again, with ${about.callsPerSecond} calls per second`)
  const { callsPerSecond, simulatorSpeed, talkMillis } = about
  return withProduct({ callsPerSecond, simulatorSpeed, agents: options.agents }, progress, async (product, temporal) => {
    const http = createHttp()
    const agents = await signInAll(http, product, { talkMillis, watchesSoftphone: true, onTrouble: (error) => progress.say(String(error)) })
    try {
      progress.step(`Surge of ${about.flags} flags in one second, first rings`)
      return await surge(product, temporal, http, about, progress)
    } finally {
      await Promise.all(agents.map((agent) => agent.leave()))
      await http.close()
    }
  })
}

async function desksRun(about: DesksOptions, progress: Progress): Promise<DesksResult> {
  progress.step(`Starting the product again, with ${about.desks} agents`)
  return withProduct({ ...unhurried, agents: about.desks }, progress, async (product) => {
    const http = createHttp()
    try {
      return await desks(product, http, about, progress)
    } finally {
      await http.close()
    }
  })
}

type TemporalClient = ReturnType<typeof createTemporal>['client']

async function withProduct<T>(
  how: { callsPerSecond: number; simulatorSpeed: number; agents: number },
  progress: Progress,
  work: (product: Product, temporal: TemporalClient) => Promise<T>,
): Promise<T> {
  // Interrupted while it starts: what runs by then ends with us.
  let stop = () => Promise.resolve()
  const interrupted = () => void stop().finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const product = await startProduct({ ...how, say: () => undefined })
    stop = product.stop
    const temporal = createTemporal({ connectionOptions: { address: product.temporalAddress }, namespace: 'default' }, createDataConverter(product.payloadKeys))
    try {
      return await work(product, temporal.client)
    } finally {
      progress.step('Stopping')
      await temporal.close()
      await product.stop()
    }
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}
