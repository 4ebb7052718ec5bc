/** A queue in front of agents, played out arrival by arrival: what the formulas are held against. */
export function playQueue(options: { agents: number; load: number; handlingSeconds: number; arrivals: number; seed: number; patienceSeconds?: number }) {
  const random = seeded(options.seed)
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  const freeAt = Array.from({ length: options.agents }, () => 0)
  const waits: number[] = []
  let [now, abandoned] = [0, 0]
  for (let each = 0; each < options.arrivals; each++) {
    now += exponential(options.handlingSeconds / options.load)
    let first = 0
    for (let agent = 1; agent < freeAt.length; agent++) if (freeAt[agent]! < freeAt[first]!) first = agent
    const wait = Math.max(0, freeAt[first]! - now)
    const patience = options.patienceSeconds ? exponential(options.patienceSeconds) : Infinity
    waits.push(Math.min(wait, patience))
    if (wait > patience) abandoned++
    else freeAt[first] = now + wait + exponential(options.handlingSeconds)
  }
  return {
    waiting: waits.filter((wait) => wait > 0).length / waits.length,
    within: (seconds: number) => waits.filter((wait) => wait <= seconds).length / waits.length,
    meanWaitSeconds: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
    abandoned: abandoned / waits.length,
  }
}

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
