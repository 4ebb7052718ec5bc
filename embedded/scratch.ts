import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Launched } from './launch'
import { freePort } from './ports'
import { startPostgres, type Postgres } from './postgres'
import { startTemporal, type Temporal, type TemporalOptions } from './temporal'
import { resolveTemporalProgram } from './temporalProgram'

/** Downloads are kept with the clone, apart from DATA_DIR, so that every start and test run shares them. */
export const downloadCache = path.resolve(__dirname, '..', '.cache')

/** A PostgreSQL that is gone, with its data, when it is stopped: for tests and for computing migrations. */
export async function scratchPostgres(onLine?: (line: string) => void): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'risk-callback-'))
  chmodSync(folder, 0o711) // lets root's stand-in account through to the cluster, and nobody read the folder
  const postgres = await startPostgres({
    directory: path.join(folder, 'postgres'),
    port: await freePort(),
    password: 'scratch',
    durable: false,
    onLine,
  })
  endWithUs(postgres)
  void postgres.ended.then(() => rmSync(folder, { recursive: true, force: true }))
  return postgres
}

/** A Temporal server that keeps everything in memory. */
export async function scratchTemporal(options: Pick<TemporalOptions, 'onLine' | 'searchAttributes'> = {}): Promise<Temporal> {
  const program = await resolveTemporalProgram({ configured: process.env.TEMPORAL_CLI_PATH, cache: downloadCache, onProgress: options.onLine })
  const temporal = await startTemporal({ ...options, program: program.path, port: await freePort() })
  endWithUs(temporal)
  return temporal
}

/** Even when we end by an error that nobody caught, nothing stays behind. */
function endWithUs({ pid, ended }: Launched): void {
  const end = () => process.kill(pid, 'SIGTERM')
  process.once('exit', end)
  void ended.then(() => process.off('exit', end))
}
