import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { StartFailure } from './failure'
import { demoSecrets } from './secrets'

/**
 * The address of the database that `npm start` runs for this DATA_DIR at the moment, from what the server and
 * the start have written there.
 * @throws {StartFailure} when it does not run
 */
export function runningDatabase(dataDir: string): string {
  const file = path.join(dataDir, 'postgres', 'postmaster.pid')
  // Lines of PostgreSQL's own: process, folder, start, port, …
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[3]) : Number.NaN
  if (!Number.isInteger(port) || port === 0)
    throw new StartFailure(`No database runs for ${dataDir}: start it with \`npm start\`, or name yours in DATABASE_URL.`)
  return `postgresql://postgres:${encodeURIComponent(demoSecrets(dataDir).postgresPassword)}@127.0.0.1:${port}/risk_callback`
}
