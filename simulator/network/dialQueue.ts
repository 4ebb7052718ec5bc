import { wait } from '../clock'

export interface DialQueue {
  /** Resolves when the account's calls-per-second limit lets this call out; rejects with the signal's reason. */
  turn(callSid: string, signal: AbortSignal): Promise<void>
  /** Real milliseconds until a call that came now would go out. */
  expectedWaitMs(): number
}

/**
 * First come, first served, one call every 1/`callsPerSecond` s of real time: a simulation that runs faster
 * still has the account that was bought.
 */
export function createDialQueue(callsPerSecond: number, stopping: AbortSignal): DialQueue {
  const waiting: { callSid: string; go: () => void }[] = []
  const gapMs = 1000 / callsPerSecond
  const timerDriftMs = Math.min(gapMs, 20)
  let nextAt = 0
  let pumping = false

  async function pump(): Promise<void> {
    if (pumping) return
    pumping = true
    while (waiting.length > 0) {
      const now = performance.now()
      if (nextAt > now) {
        await wait(nextAt - now, stopping)
        continue
      }
      // Idle time is not saved up: a pause earns no burst. A timer that woke late does not slow the rate either.
      nextAt = (now - nextAt > timerDriftMs ? now : nextAt) + gapMs
      waiting.shift()?.go()
    }
    pumping = false
  }

  return {
    turn(callSid, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const leave = () => {
          const at = waiting.indexOf(entry)
          if (at !== -1) waiting.splice(at, 1)
          reject(signal.reason)
        }
        const entry = {
          callSid,
          go: () => {
            signal.removeEventListener('abort', leave)
            resolve()
          },
        }
        signal.addEventListener('abort', leave, { once: true })
        waiting.push(entry)
        // It ends early only when everything stops.
        pump().catch(() => {})
      })
    },
    expectedWaitMs: () => Math.max(0, nextAt - performance.now()) + waiting.length * gapMs,
  }
}
