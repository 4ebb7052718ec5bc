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
  const directory = path.join(folder, 'postgres')
  const postgres = await onFreePort((port) => startPostgres({ directory, port, password: 'scratch', durable: false, onLine }))
  endWithUs(postgres)
  void postgres.ended.then(() => rmSync(folder, { recursive: true, force: true }))
  return postgres
}

/** A Temporal server that keeps everything in memory. */
export async function scratchTemporal(options: Pick<TemporalOptions, 'onLine' | 'searchAttributes'> = {}): Promise<Temporal> {
  const program = await resolveTemporalProgram({ configured: process.env.TEMPORAL_CLI_PATH, cache: downloadCache, onProgress: options.onLine })
  const temporal = await onFreePort((port) => startTemporal({ ...options, program: program.path, port }))
  endWithUs(temporal)
  return temporal
}

/** A port that was free may be somebody else's a moment later, where many tests run side by side. */
async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let tries = 3; ; tries--) {
    try {
      return await start(await freePort())
    } catch (error) {
      if (tries === 1 || !/address already in use/i.test((error as Error).message)) throw error
    }
  }
}

/** Even when we end by an error that nobody caught, nothing stays behind. */
function endWithUs({ pid, ended }: Launched): void {
  const end = () => process.kill(pid, 'SIGTERM')
  process.once('exit', end)
  void ended.then(() => process.off('exit', end))
}
