import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartFailure } from './failure'
import { describeEnding, launch, type Launched } from './launch'

const root = path.resolve(__dirname, '..')

export interface Program {
  name: string
  /** Its main file, from the root of the project. */
  main: string
  environment: NodeJS.ProcessEnv
  onLine: (line: string) => void
  /** Gives up waiting for it, and stops it. */
  asked: AbortSignal
  /** Whether it is at work already; asked ten times a second. */
  isReady: () => Promise<boolean>
}

/**
 * Starts one of our own processes from its TypeScript source and settles when it is ready.
 * @throws {StartFailure} when it ends before, or is not ready after a minute
 */
export async function startProgram(program: Program): Promise<Launched> {
  const launched = await launch({
    command: process.execPath,
    // The folder at the end tells, in a list of processes, which copy of the demo this one belongs to.
    args: ['--import', 'tsx', '--require', path.join(__dirname, 'tether.js'), program.main, `--data-dir=${program.environment.DATA_DIR}`],
    cwd: root,
    env: program.environment,
    tethered: true,
    onLine: program.onLine,
  })
  const gone = new AbortController()
  const early = await Promise.race([launched.ended, becomesReady(program, AbortSignal.any([program.asked, gone.signal]))])
  gone.abort()
  if (early === 'ready') return launched
  if (early === 'too late') await launched.stop()
  program.asked.throwIfAborted()
  const what = early === 'too late' ? 'was not ready after a minute' : `${describeEnding(early)} before it was ready`
  throw new StartFailure(`The ${program.name} ${what}; what it said is above.`)
}

async function becomesReady({ isReady }: Program, givenUp: AbortSignal): Promise<'ready' | 'too late'> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && !givenUp.aborted) {
    if (await isReady()) return 'ready'
    await sleep(100)
  }
  return 'too late'
}

/** Whether an address answers 200 within a second. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).status === 200
  } catch {
    return false // nobody listens yet
  }
}
