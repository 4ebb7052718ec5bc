import path from 'node:path'
import { type Change, openJournal } from './journal'

/** Rows by key, in the order in which they were first put. */
export interface Table<T> {
  get(key: string): T | undefined
  put(key: string, value: T): T
  remove(key: string): void
  values(): IterableIterator<T>
  readonly size: number
}

export interface Store {
  table<T>(name: string): Table<T>
  /** All changes made inside become one line of the journal; an error undoes them. */
  together<R>(work: () => R): R
  /** Resolves when everything changed so far would survive a power cut. */
  durable(): Promise<void>
  close(): Promise<void>
}

const worthCompacting = 20_000

export function openStore(directory: string): Store {
  const rows = new Map<string, Map<string, unknown>>()
  const tableOf = (name: string) => rows.get(name) ?? rows.set(name, new Map()).get(name)!
  let replayed = 0
  const apply = ({ table, key, value }: Change) => (value === null ? tableOf(table).delete(key) : tableOf(table).set(key, value))

  const journal = openJournal(path.join(directory, 'simulator.journal'), (changes) => {
    replayed += changes.length
    changes.forEach(apply)
  })
  const live = () => [...rows].flatMap(([table, t]) => [...t].map(([key, value]) => ({ table, key, value })))
  if (replayed > worthCompacting) {
    const sum = live()
    if (sum.length < replayed / 2) journal.compact(sum)
  }

  let batch: { changes: Change[]; before: Change[] } | null = null
  const change = (c: Change) => {
    if (batch) {
      batch.changes.push(c)
      batch.before.push({ ...c, value: tableOf(c.table).get(c.key) ?? null })
    } else journal.write([c])
    apply(c)
  }

  return {
    table<T>(name: string): Table<T> {
      const t = tableOf(name) as Map<string, T>
      return {
        get: (key) => t.get(key),
        put(key, value) {
          change({ table: name, key, value })
          return value
        },
        remove(key) {
          if (t.has(key)) change({ table: name, key, value: null })
        },
        values: () => t.values(),
        get size() {
          return t.size
        },
      }
    },
    together(work) {
      if (batch) return work()
      const mine = (batch = { changes: [] as Change[], before: [] as Change[] })
      try {
        const result = work()
        if (mine.changes.length > 0) journal.write(mine.changes)
        return result
      } catch (error) {
        // What is not in the journal has not happened: a retry must not find it in memory.
        mine.before.reverse().forEach(apply)
        throw error
      } finally {
        batch = null
      }
    },
    durable: () => journal.synced(),
    close: () => journal.close(),
  }
}
