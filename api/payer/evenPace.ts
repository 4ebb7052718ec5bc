import { setTimeout as wait } from 'node:timers/promises'

/**
 * Answers only at whole multiples of a time after the question, be it with a result or a refusal, so that how long it
 * took says nothing about what was found.
 * @param millis longer than the work usually takes
 */
export async function atEvenPace<T>(millis: number, work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  try {
    return await work()
  } finally {
    const steps = Math.ceil((performance.now() - begun) / millis)
    await wait(Math.ceil(begun + steps * millis - performance.now()))
  }
}
