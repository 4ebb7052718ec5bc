import path from 'node:path'
import { createDatabase } from '../configuration/database'
import { payloadKeys } from '../configuration/payloadKeys'
import { runningDatabase } from '../embedded/runningDatabase'
import { demoSecrets } from '../embedded/secrets'
import { rotateKeys } from './keyRotation'

/**
 * `npm run keys:rotate`: seals everything anew under the first key of PAYLOAD_KEYS, in DATABASE_URL or the demo that
 * runs for DATA_DIR, while the product runs. Ends with 0 when no other key is needed by PostgreSQL any more.
 */
async function main(): Promise<void> {
  const dataDir = path.resolve(process.env.DATA_DIR || '.data')
  const url = process.env.DATABASE_URL
  if (url && !process.env.PAYLOAD_KEYS) throw new Error('PAYLOAD_KEYS is not set: the new key first, then those that are still in use.')
  const given = payloadKeys.safeParse(process.env.PAYLOAD_KEYS || demoSecrets(dataDir).payloadKeys)
  if (!given.success) throw new Error(`PAYLOAD_KEYS is not usable: ${given.error.issues[0]!.message}.`)
  const keys = given.data
  const { db, close } = createDatabase(url || runningDatabase(dataDir), { poolSize: 2, keys })
  try {
    console.log(`Sealing under key ${keys[0]!.id} whatever is not …`)
    const values = await rotateKeys(db, ({ table, column, done }) => console.log(`${table}.${column}: ${done.toLocaleString('en')}`))
    console.log(`${values.toLocaleString('en')} values were sealed anew; in PostgreSQL nothing is under another key now. Histories in Temporal may be, until they are gone.`)
  } finally {
    await close()
  }
}

main().catch((error: unknown) => {
  console.error(`Keys could not be rotated: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
