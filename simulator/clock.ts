import { setTimeout as schedule, clearTimeout as cancel } from 'node:timers'

/** Time as the simulated world feels it: speech, ringing and waiting pass `speed` times faster than ours. */
export interface Clock {
  readonly speed: number
  now(): Date
  /** Waits for simulated milliseconds; rejects with the signal's reason when it is aborted. */
  pass(simulatedMs: number, signal?: AbortSignal): Promise<void>
  /** Simulated milliseconds since a moment that was recorded as RFC 3339. */
  since(moment: string): number
}

export function createClock(speed: number): Clock {
  return {
    speed,
    now: () => new Date(),
    pass: (simulatedMs, signal) => wait(simulatedMs / speed, signal),
    since: (moment) => (Date.now() - Date.parse(moment)) * speed,
  }
}

/** Waits for real milliseconds; rejects with the signal's reason when it is aborted. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      cancel(timer)
      reject(signal!.reason)
    }
    const timer = schedule(
      () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      },
      Math.max(0, ms),
    )
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** Never resolves; rejects with the signal's reason. */
export function until(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Tue, 31 Aug 2010 20:36:28 +0000`, the form in which Twilio writes every date. */
export function rfc2822(moment: string | Date): string {
  const at = new Date(moment)
  const two = (n: number) => String(n).padStart(2, '0')
  const date = `${days[at.getUTCDay()]}, ${two(at.getUTCDate())} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  return `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}
