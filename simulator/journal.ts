import fs from 'node:fs'
import path from 'node:path'

/** One row as it is from now on; `value: null` removes it. */
export interface Change {
  table: string
  key: string
  value: unknown
}

export interface Journal {
  /** Hands the changes to the operating system as one line: after a SIGKILL all of them are there, or none. */
  write(changes: Change[]): void
  /** Resolves when everything written so far is on the disk. */
  synced(): Promise<void>
  /** Replaces the history by its sum. */
  compact(changes: Iterable<Change>): void
  close(): Promise<void>
}

/** The journal's file holds a line that is neither whole nor the torn last one. */
export class JournalDamaged extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
  ) {
    super(`The simulator's journal ${file} is damaged at line ${line}; move the file away to start empty.`)
    this.name = 'JournalDamaged'
  }
}

/** Opens the append-only file, giving every change in it to `replay` in order. */
export function openJournal(file: string, replay: (changes: Change[]) => void): Journal {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  let { size, torn } = readAll(file, replay)
  let fd = fs.openSync(file, 'a')
  // A write that was torn by a kill is cut off, or the next line would be glued to it.
  if (torn) fs.ftruncateSync(fd, size)

  let dirty = false
  let running: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | null = null

  const sync = () =>
    new Promise<void>((resolve, reject) => {
      waiting = null
      dirty = false
      fs.fdatasync(fd, (error) => (error ? reject(error) : resolve()))
    })

  return {
    write(changes) {
      const line = Buffer.from(JSON.stringify(changes.map((c) => [c.table, c.key, c.value])) + '\n')
      try {
        writeFully(fd, line)
      } catch (error) {
        // A full disk may have taken half of the line.
        fs.ftruncateSync(fd, size)
        throw error
      }
      size += line.length
      dirty = true
    },
    synced() {
      if (!dirty && !waiting) return running
      // Everybody who asks while a sync runs shares the next one: one fsync serves many requests.
      waiting ??= running = running.then(sync, sync)
      return waiting
    },
    compact(changes) {
      const fresh = `${file}.new`
      const out = fs.openSync(fresh, 'w')
      size = 0
      for (const c of changes) {
        const line = Buffer.from(JSON.stringify([[c.table, c.key, c.value]]) + '\n')
        writeFully(out, line)
        size += line.length
      }
      fs.fsyncSync(out)
      fs.closeSync(out)
      fs.renameSync(fresh, file)
      fs.closeSync(fd)
      fd = fs.openSync(file, 'a')
    },
    async close() {
      await running
      fs.fdatasyncSync(fd)
      fs.closeSync(fd)
    },
  }
}

function writeFully(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done)
}

function readAll(file: string, replay: (changes: Change[]) => void): { size: number; torn: boolean } {
  if (!fs.existsSync(file)) return { size: 0, torn: false }
  const bytes = fs.readFileSync(file)
  let start = 0
  for (let line = 1; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    if (end === -1) return { size: start, torn: true }
    try {
      const rows = JSON.parse(bytes.toString('utf8', start, end)) as [string, string, unknown][]
      replay(rows.map(([table, key, value]) => ({ table, key, value })))
    } catch {
      if (end + 1 === bytes.length) return { size: start, torn: true }
      throw new JournalDamaged(file, line)
    }
    start = end + 1
  }
  return { size: start, torn: false }
}
