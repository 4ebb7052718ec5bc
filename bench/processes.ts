import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

export interface Usage {
  /** Bytes; memory that several processes share is counted once where the system tells (Linux). */
  memory: number
  /** Milliseconds of processor time since the process began, with those of its children. */
  cpuMillis: number
}

interface Row {
  pid: number
  parent: number
  cpuMillis: number
  memory(): number
}

/** What each part uses, with its children: PostgreSQL has a process for each connection. */
export function usageOf(parts: ReadonlyMap<string, number>): Map<string, Usage> {
  const rows = process.platform === 'linux' ? fromProc() : fromPs()
  const used = new Map<string, Usage>()
  for (const [name, pid] of parts) {
    // Our own children are parts of their own.
    const family = pid === process.pid ? rows.filter((row) => row.pid === pid) : familyOf(pid, rows)
    if (family.length === 0) continue
    used.set(name, {
      memory: family.reduce((sum, row) => sum + row.memory(), 0),
      cpuMillis: family.reduce((sum, row) => sum + row.cpuMillis, 0),
    })
  }
  return used
}

function familyOf(pid: number, rows: Row[]): Row[] {
  return rows.filter((row) => row.pid === pid).concat(rows.filter((row) => row.parent === pid).flatMap((child) => familyOf(child.pid, rows)))
}

/** Processor time that the whole machine has spent, by us and everybody, in milliseconds. */
export function machineBusyMillis(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

export const cores = () => cpus().length

const millisPerTick = 10

function fromProc(): Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Row[] => {
      try {
        // The name in brackets may hold spaces; numbers follow it.
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
        // User and system time, and the same of children that have ended.
        const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
        return [{ pid: Number(name), parent: Number(fields[1]), cpuMillis: ticks * millisPerTick, memory: () => proportionalMemory(name) }]
      } catch {
        return [] // it ended while we were looking
      }
    })
}

function proportionalMemory(pid: string): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1_024
  } catch {
    return 0 // it ended, or it runs under an account that we may not look into
  }
}

function fromPs(): Row[] {
  return execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,time='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, kilobytes, time] = line.trim().split(/\s+/) as [string, string, string, string]
      const seconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0)
      return { pid: Number(pid), parent: Number(parent), cpuMillis: seconds * 1_000, memory: () => Number(kilobytes) * 1_024 }
    })
}
