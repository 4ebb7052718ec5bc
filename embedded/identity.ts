import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a process is, so that a number that was given to another program since is not taken for it. */
export interface Identity {
  pid: number
  command: string
  /** In the system's own terms; equal for the same process, different for a later one with its number. */
  startedAt: string
}

/** The process that has this number now; undefined when there is none. */
export function identify(pid: number): Identity | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

export function isStill(expected: Identity): boolean {
  const now = identify(expected.pid)
  return now !== undefined && now.startedAt === expected.startedAt && now.command === expected.command
}

function fromProc(pid: number): Identity | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    // The name in brackets may itself hold spaces; what follows it is the state and then numbers.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const [state] = fields
    if (state === 'Z' || state === 'X') return undefined
    return { pid, command, startedAt: fields[19]! }
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

function fromPs(pid: number): Identity | undefined {
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return { pid, startedAt: line.slice(0, 24).trim(), command: line.slice(24).trim() }
  } catch {
    return undefined // ps ends with 1 when there is no such process
  }
}
