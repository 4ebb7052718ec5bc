import { parseArgs } from 'node:util'

/** How much is measured. All loops of the benchmark end by these numbers. */
export interface BenchOptions {
  quick: boolean
  /** Product and bare take turns this often, so that a disturbance of the machine meets both. */
  rounds: number
  /** Seconds with `casesAtOnce` cases under way, before anything is measured. */
  warmUpSeconds: number
  /** Cases one after another, in each round. */
  idleCases: number
  /** Seconds at `casesPerSecond`, in each round. */
  loadSeconds: number
  casesPerSecond: number
  /** Seconds with `casesAtOnce` cases under way, in each round. */
  fullSeconds: number
  casesAtOnce: number
  agents: number
  surge: { flags: number; callsPerSecond: number; talkMillis: number; simulatorSpeed: number } | undefined
  desks: { desks: number; offersPerSecond: number; seconds: number } | undefined
  /** Where the results are written. */
  output: string
}

const usage = `npm run bench -- [--quick] [--skip-surge] [--only-surge] [--skip-desks] [--desks] [--output=FILE]`

/** @throws {Error} with the usage on an unknown argument */
export function readOptions(given: string[], defaultOutput: string): BenchOptions & { compare: boolean } {
  let values
  try {
    values = parseArgs({
      args: given,
      options: { quick: { type: 'boolean' }, 'skip-surge': { type: 'boolean' }, 'only-surge': { type: 'boolean' }, 'skip-desks': { type: 'boolean' }, desks: { type: 'boolean' }, output: { type: 'string' } },
    }).values
  } catch (error) {
    throw new Error(`${(error as Error).message}\nUsage: ${usage}`, { cause: error })
  }
  const quick = values.quick ?? false
  const surge = { callsPerSecond: 5, talkMillis: 3_000, simulatorSpeed: 4 }
  return {
    quick,
    rounds: quick ? 1 : 2,
    warmUpSeconds: quick ? 15 : 30,
    idleCases: quick ? 12 : 40,
    loadSeconds: quick ? 8 : 30,
    casesPerSecond: 3,
    fullSeconds: quick ? 10 : 25,
    casesAtOnce: 24,
    agents: 60,
    surge: values['skip-surge'] || values.desks ? undefined : { ...surge, flags: quick ? 60 : 300 },
    desks: values['skip-desks'] || values['only-surge'] ? undefined : { desks: 200, offersPerSecond: 20, seconds: quick ? 10 : 60 },
    compare: !values['only-surge'] && !values.desks,
    output: values.output ?? defaultOutput,
  }
}
