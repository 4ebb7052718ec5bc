/**
 * The greatest distance between two empirical distributions (Kolmogorov and Smirnov), and how far apart chance alone
 * would put two samples of this size once in `oneIn` comparisons: a distance below that tells nobody anything.
 */
export function distance(a: number[], b: number[], oneIn: number): { distance: number; critical: number } {
  const both = [...a, ...b].toSorted((x, y) => x - y)
  const below = (sample: number[], value: number) => sample.filter((one) => one <= value).length / sample.length
  const found = Math.max(...both.map((value) => Math.abs(below(a, value) - below(b, value))))
  return { distance: found, critical: Math.sqrt(-Math.log(1 / oneIn / 2) * ((a.length + b.length) / (2 * a.length * b.length))) }
}
