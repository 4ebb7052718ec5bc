export interface DeskPlace {
  /** Whether the desk is in this window; null until that is known. */
  here(): boolean | null
  subscribe(listener: () => void): () => void
  start(): void
  /** Moves the desk into this window. */
  take(): void
  stop(): void
}

const name = 'desk'

/**
 * One window of a browser has the desk: its offers ring, its telephone talks, its form counts. The browser itself keeps
 * the lock and hands it to the next window when this one is closed or dies. Where there are no locks (a page without
 * HTTPS), each window has the desk, as if it were alone.
 */
export function createDeskPlace(locks: LockManager | undefined = navigator.locks): DeskPlace {
  let here: boolean | null = null
  let waiting: AbortController | undefined
  let giveUp: (() => void) | undefined
  const listeners = new Set<() => void>()

  function change(next: boolean | null): void {
    if (here === next) return
    here = next
    for (const listener of listeners) listener()
  }

  const keep = () => {
    change(true)
    return new Promise<void>((resolve) => (giveUp = resolve))
  }

  /** Holds the lock until it is given up or taken away; queues for it when another window has it. */
  async function hold(manager: LockManager, options: LockOptions): Promise<void> {
    const turn = new AbortController()
    waiting = turn
    try {
      if (!options.steal) await manager.request(name, { ifAvailable: true }, (lock) => (lock && waiting === turn ? keep() : change(false)))
      if (waiting !== turn) return
      await manager.request(name, options.steal ? options : { signal: turn.signal }, keep)
    } catch (cause) {
      if (waiting !== turn || !(cause instanceof DOMException && cause.name === 'AbortError')) return
      // Another window has taken it.
      change(false)
      void hold(manager, {})
    }
  }

  return {
    here: () => here,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      if (waiting !== undefined) return
      if (locks === undefined) change(true)
      else void hold(locks, {})
    },
    take() {
      if (locks === undefined || here !== false) return
      waiting?.abort()
      void hold(locks, { steal: true })
    },
    stop() {
      const turn = waiting
      waiting = undefined
      turn?.abort()
      giveUp?.()
      change(null)
    },
  }
}
