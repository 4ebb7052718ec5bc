import { setTimeout as wait } from 'node:timers/promises'
import type { Engine, StartedCase, Timing } from './engine'
import type { Progress } from './progress'

/** Between two idle cases: long enough for everything of the last one to have settled. */
const betweenIdleCasesMillis = 250

export interface PhaseResult {
  timings: Timing[]
  failed: number
}

/** One case after another on a machine that has nothing else to do. */
export async function idle(engine: Engine, cases: number, progress: Progress): Promise<PhaseResult> {
  const started: StartedCase[] = []
  for (let done = 0; done < cases; done++) {
    const one = await engine.start()
    started.push(one)
    await settled(one)
    progress.show(done + 1, cases)
    await wait(betweenIdleCasesMillis)
  }
  return collect(started)
}

/** A new case every 1/n second whether or not the last ones are done: what users see under load. */
export async function load(engine: Engine, options: { perSecond: number; seconds: number }, progress: Progress): Promise<PhaseResult> {
  const total = Math.round(options.perSecond * options.seconds)
  const began = performance.now()
  const running: Promise<StartedCase>[] = []
  for (let number = 0; number < total; number++) {
    await wait(Math.max(0, began + (number / options.perSecond) * 1_000 - performance.now()))
    running.push(engine.start())
    progress.show(number + 1, total)
  }
  const started = await Promise.all(running)
  await Promise.all(started.map(settled))
  return collect(started)
}

export interface FullResult extends PhaseResult {
  casesPerSecond: number
}

/** As many cases as fit: always the same number under way. Counts what closes after a quarter of the time. */
export async function full(engine: Engine, options: { atOnce: number; seconds: number }, progress: Progress): Promise<FullResult> {
  const began = performance.now()
  const countFrom = began + (options.seconds * 1_000) / 4
  const until = began + options.seconds * 1_000
  const started: StartedCase[] = []
  let closed = 0
  const lane = async () => {
    while (performance.now() < until) {
      const one = await engine.start()
      started.push(one)
      await settled(one)
      const now = performance.now()
      if (now >= countFrom && now < until) closed++
      progress.show(Math.min(options.seconds, Math.round((now - began) / 1_000)), options.seconds)
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, lane))
  const result = await collect(started)
  return { ...result, casesPerSecond: closed / ((until - countFrom) / 1_000) }
}

/** A case that failed is counted with the results; it must not end the phase. */
async function settled(one: StartedCase): Promise<void> {
  await one.closed.catch(() => undefined)
}

async function collect(started: StartedCase[]): Promise<PhaseResult> {
  const result: PhaseResult = { timings: [], failed: 0 }
  for (const one of started) {
    try {
      await one.closed
      result.timings.push(await one.timing())
    } catch (error) {
      result.failed++
      if (result.failed <= 3) console.error(error)
    }
  }
  return result
}
