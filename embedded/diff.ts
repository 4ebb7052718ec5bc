import { inWords, StartFailure } from './failure'
import { migrate, nextMigration, writeMigration } from './migrate'
import { ensureDatabase } from './postgres'
import { scratchPostgres } from './scratch'

/** `npm run db:diff` prints the SQL of the next migration; with a name after `--` it is written to prisma/migrations. */
async function main([name]: string[]): Promise<void> {
  const postgres = await scratchPostgres()
  try {
    await ensureDatabase(postgres.url('postgres'), 'migrations')
    const database = postgres.url('migrations')
    await migrate(database)
    const sql = await nextMigration(database)
    if (!/^\s*[^-\s]/m.test(sql)) console.error('prisma/migrations already leads to prisma/schema.prisma.')
    else if (name) console.error(`Written: ${writeMigration(name, sql)}`)
    else console.log(sql)
  } finally {
    await postgres.stop()
  }
}

// An explicit exit: the engine leaves a timer of ten seconds behind, from its wait for the migration lock.
main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    const known = inWords(error)
    console.error(known instanceof StartFailure ? known.message : known)
    process.exit(1)
  },
)
