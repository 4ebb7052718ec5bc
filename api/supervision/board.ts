import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { Live } from '../live'
import { readWallboard, type Wallboard } from './wallboard'

/** The wallboard as it changes, read once for all who look at it. */
export interface Board {
  /** Sends the present state at once and whenever it changed. @returns how to stop */
  watch(send: (board: Wallboard) => void): () => void
  close(): void
}

const atMostEveryMillis = 1_000
/** Waiting times grow and promises break without anything being written. */
const atLeastEveryMillis = 5_000

export function createBoard({ db, live, log }: { db: Database; live: Live; log: Log }): Board {
  const watchers = new Set<(board: Wallboard) => void>()
  let last: { board: Wallboard; text: string } | undefined
  let timer: NodeJS.Timeout | undefined
  let due = Infinity
  let readAt = 0

  function wake(inMillis: number): void {
    const at = Math.max(Date.now() + inMillis, readAt + atMostEveryMillis)
    if (watchers.size === 0 || at >= due) return
    due = at
    clearTimeout(timer)
    timer = setTimeout(() => void refresh(), at - Date.now())
  }

  async function refresh(): Promise<void> {
    due = Infinity
    readAt = Date.now()
    try {
      const board = await readWallboard(db)
      const { at: _, ...state } = board
      const text = JSON.stringify(state)
      const changed = text !== last?.text
      last = { board, text }
      if (changed) for (const send of watchers) send(board)
    } catch (error) {
      log.warn({ err: error }, 'the wallboard could not be read')
    }
    wake(atLeastEveryMillis)
  }

  const unsubscribe = live.subscribe({ board: () => wake(0), resync: () => wake(0) })
  return {
    watch(send) {
      watchers.add(send)
      if (last && Date.now() - readAt < atMostEveryMillis) send(last.board)
      else last = undefined
      wake(0)
      return () => {
        watchers.delete(send)
        if (watchers.size > 0) return
        clearTimeout(timer)
        due = Infinity
        last = undefined
      }
    },
    close() {
      unsubscribe()
      clearTimeout(timer)
      watchers.clear()
    },
  }
}
