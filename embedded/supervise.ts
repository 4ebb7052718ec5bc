import { setTimeout as sleep } from 'node:timers/promises'
import { describeEnding, type Ending, type Launched } from './launch'
import type { ProcessRecord } from './processRecord'

export interface Supervised<T extends Launched> {
  /** The one that runs now, or ran last. */
  readonly current: T
  /** Settles when it is gone and will not be started again. */
  stop(): Promise<void>
}

export interface Part<T extends Launched> {
  name: string
  start(): Promise<T>
  record: ProcessRecord
  onLine(line: string): void
  /** First pause before a restart; it doubles up to `longestPauseMs` and is forgotten once it has run for a while. */
  pauseMs?: number
  longestPauseMs?: number
}

// What ran this long was not broken by its start; it comes back as soon as the first time.
const steadyMs = 10_000

/**
 * Starts a part and, whenever it ends without having been asked to, starts it again. The first start
 * must succeed: what is wrong then is wrong with the configuration, and would be wrong again.
 * @throws what `start` throws, for the first start
 */
export async function supervise<T extends Launched>(part: Part<T>): Promise<Supervised<T>> {
  const { pauseMs = 500, longestPauseMs = 15_000 } = part
  let current = await begin(part)
  const stopped = new AbortController()

  const watching = (async () => {
    let pause = pauseMs
    while (!stopped.signal.aborted) {
      const began = Date.now()
      const ending = await current.ended
      part.record.ended(part.name)
      if (stopped.signal.aborted) return
      if (Date.now() - began > steadyMs) pause = pauseMs
      part.onLine(`${part.name} ${describeEnding(ending)}; starting it again`)
      current = await again(
        part,
        () => {
          const now = pause
          pause = Math.min(pause * 2, longestPauseMs)
          return sleep(now, undefined, { signal: stopped.signal })
        },
        stopped.signal,
        current,
      )
    }
  })()

  return {
    get current() {
      return current
    },
    async stop() {
      stopped.abort()
      await current.stop()
      await watching
      // A start that was under way when we were asked to stop.
      await current.stop()
      part.record.ended(part.name)
    },
  }
}

async function again<T extends Launched>(part: Part<T>, pause: () => Promise<void>, stopped: AbortSignal, last: T): Promise<T> {
  while (!stopped.aborted) {
    try {
      await pause()
      return await begin(part)
    } catch (error) {
      if (!stopped.aborted) part.onLine(`${part.name} did not start: ${(error as Error).message}`)
    }
  }
  return last
}

async function begin<T extends Launched>(part: Part<T>): Promise<T> {
  const launched = await part.start()
  part.record.started(part.name, launched.pid)
  return launched
}

export type { Ending }
