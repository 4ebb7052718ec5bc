import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identify, isStill, type Identity } from './identity'
import { writePrivately } from './privateFile'

/**
 * Which processes run for a DATA_DIR, written down as they start (`processes.json`), so that the start
 * after a SIGKILL can end what that left behind.
 */
export function processRecord(dataDir: string) {
  const file = path.join(dataDir, 'processes.json')
  const running = read(file)
  const write = () => {
    try {
      writePrivately(file, JSON.stringify(Object.fromEntries(running), null, 2))
    } catch (error) {
      // Only the start after a SIGKILL would miss it; a full disk must not end what runs.
      console.error(`${file} could not be written: ${(error as Error).message}`)
    }
  }
  return {
    started(name: string, pid: number): void {
      const identity = identify(pid)
      if (identity) running.set(name, identity)
      write()
    },
    ended(name: string): void {
      running.delete(name)
      write()
    },
    /** Stops what an earlier start left running, newest first; a process that only has the number of one is left alone. */
    async endLeftovers(onLine: (line: string) => void): Promise<void> {
      for (const [name, identity] of [...running].reverse()) {
        if (isStill(identity)) {
          onLine(`Stopping the ${name} that an earlier start left running (process ${identity.pid}) …`)
          await end(identity)
        }
        running.delete(name)
      }
      if (existsSync(file)) write()
    },
  }
}

export type ProcessRecord = ReturnType<typeof processRecord>

function read(file: string): Map<string, Identity> {
  return new Map(existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Identity>) : [])
}

async function end(identity: Identity): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown, and a polite request to everything else.
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ] as const) {
    process.kill(identity.pid, signal)
    for (let waited = 0; waited < seconds * 10; waited++) {
      if (!isStill(identity)) return
      await sleep(100)
    }
  }
}
