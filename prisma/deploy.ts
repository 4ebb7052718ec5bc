import { migrate } from '../embedded/migrate'

/** `npm run db:migrate`: brings the database of DATABASE_URL up to date; for installations that do not use `npm start`. */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set.')
  console.log('Applying migrations …')
  const applied = await migrate(url)
  console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}.` : 'Nothing to apply: the database is up to date.')
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
