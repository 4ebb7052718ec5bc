import type { Timing } from './engine'

export interface Spread {
  p50: number
  p99: number
  worst: number
}

/** Nearest-rank percentiles, rounded to whole milliseconds. */
export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN)
  return { p50: at(0.5), p99: at(0.99), worst: at(1) }
}

export type Latencies = Record<keyof Timing, Spread> & { cases: number }

export function latencies(timings: Timing[]): Latencies {
  const of = (which: keyof Timing) => spread(timings.map((timing) => timing[which]))
  return { cases: timings.length, answer: of('answer'), request: of('request'), ring: of('ring'), whole: of('whole') }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!
}
