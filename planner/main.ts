import pg from 'pg'
import { measure, type Measured } from './history'
import { defaultDemand, readOptions, UsageError } from './options'
import { planFor } from './plan'
import { inWords } from './words'

const sayAfterMillis = 2_000

/** `npm run plan`: how many agents and calls per second a promise needs. Prints words, or JSON with --json. */
async function main(): Promise<void> {
  const { given, historyHours, json } = readOptions(process.argv.slice(2))
  const measured = historyHours ? await fromHistory(historyHours) : undefined
  const plan = planFor({ ...defaultDemand(), ...measured?.demand, ...given })
  if (json) return void process.stdout.write(`${JSON.stringify({ ...plan, ...(measured ? { measured } : {}) }, null, 2)}\n`)
  const origin = measured ? `Measured over the last ${historyHours} hours: ${measured.flags} flags, ${measured.attempts} calls that rang.\n\n` : ''
  process.stdout.write(`${origin}${inWords(plan)}\n`)
}

async function fromHistory(hours: number): Promise<Measured> {
  const url = process.env.DATABASE_URL
  if (!url) throw new UsageError("--from-history reads the product's records: set DATABASE_URL.")
  const began = Date.now()
  const reading = setInterval(() => process.stderr.write(`Reading the last ${hours} hours … ${Math.round((Date.now() - began) / 1_000)} s\n`), sayAfterMillis)
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 })
  try {
    return await measure(pool, hours)
  } finally {
    clearInterval(reading)
    await pool.end()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
})
