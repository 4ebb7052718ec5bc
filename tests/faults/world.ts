import type { Moment, Plan } from './plan'
import type { Product } from './product'

/** What everybody who takes part in a run shares. */
export interface World {
  product: Product
  plan: Plan
  /** Epoch milliseconds at which the plan began. */
  readonly began: number
  /** The plan begins now. */
  begin(): void
  /** Everything is over: robots go home. */
  over: AbortSignal
  say(line: string): void
  /** How many cases are open now, as far as is known. */
  openCases(): number
  begunCases(): number
  /** A robot is doing something right now at which a kill may be aimed. */
  moment(what: Moment): void
  onMoment(listener: (what: Moment) => void): () => void
}

export function createWorld({ print, ...given }: Pick<World, 'product' | 'plan' | 'over' | 'openCases' | 'begunCases'> & { print(line: string): void }): World {
  const listeners = new Set<(what: Moment) => void>()
  let began = Date.now()
  return {
    ...given,
    get began() {
      return began
    },
    begin: () => void (began = Date.now()),
    say: (line) => print(`${((Date.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`),
    moment: (what) => listeners.forEach((listener) => listener(what)),
    onMoment(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Waits; at the end of the run it returns at once. */
export function pause(millis: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      over.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, Math.max(0, millis))
    over.addEventListener('abort', done, { once: true })
  })
}
