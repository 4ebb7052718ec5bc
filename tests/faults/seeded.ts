/** Draws that are the same for the same seed, so that a run that failed can be planned again. */
export interface Draw {
  /** At least `low`, less than `high`. */
  between(low: number, high: number): number
  whole(low: number, high: number): number
  chance(probability: number): boolean
  one<T>(choices: readonly T[]): T
  /** One of the keys, each as likely as its weight says. */
  weighted<K extends string>(weights: Record<K, number>): K
  /** A stream of its own: what one part of a plan draws does not shift what another draws. */
  apart(name: string): Draw
}

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  // Mulberry32: 32 bits of state are plenty for a few thousand draws.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + next() * (high - low)
  return {
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    chance: (probability) => next() < probability,
    one: (choices) => choices[Math.floor(next() * choices.length)]!,
    weighted(weights) {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1)!)[0]
    },
    apart: (name) => drawFrom(Buffer.from(name).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), seed ^ 0x811c9dc5)),
  }
}
