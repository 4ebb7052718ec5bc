import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Launched {
  pid: number
  /** Settles once, when the process is gone and its output has been read. Never rejects. */
  ended: Promise<Ending>
  /** True from the moment that `stop` was called: the ending that follows is wanted. */
  readonly stopping: boolean
  /** Asks the process to stop, insists when `graceMs` (default 20 s) have passed, and waits until it is gone. */
  stop(graceMs?: number): Promise<Ending>
}

export interface LaunchOptions {
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  uid?: number
  gid?: number
  /** Node children only: an IPC channel whose closing tells the child that we are gone (see tether.js). */
  tethered?: boolean
  stopSignal?: NodeJS.Signals
  insistSignal?: NodeJS.Signals
  onLine?: (line: string) => void
}

/**
 * Starts a process in a session of its own: Ctrl-C at the terminal must reach only us, because we stop
 * the parts in an order (a worker that lost its database in mid-activity would log a page of errors).
 * @throws the operating system's error when the program cannot be started
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: options.tethered ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => options.onLine?.(line))
  }
  const ended = endingOf(child)
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))

  let stopping = false
  return {
    pid: child.pid!,
    ended,
    get stopping() {
      return stopping
    },
    async stop(graceMs = 20_000) {
      stopping = true
      child.kill(options.stopSignal ?? 'SIGTERM')
      const insist = setTimeout(() => child.kill(options.insistSignal ?? 'SIGKILL'), graceMs)
      return ended.finally(() => clearTimeout(insist))
    },
  }
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

export function describeEnding({ code, signal }: Ending): string {
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`
}
