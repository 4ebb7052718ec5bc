/**
 * The classical formulas of call centres. `load` is in erlangs: arrivals per second times the seconds
 * that each takes an agent. Arrivals are random and independent; handling times vary widely.
 */

/** Erlang B: the share of arrivals that find all agents busy, when nobody waits. */
export function erlangB(agents: number, load: number): number {
  // By recursion over the agents: powers and factorials would overflow.
  let blocked = 1
  for (let n = 1; n <= agents; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked
}

/** Erlang C: the share of arrivals that must wait, when everybody waits. 1 when there are too few agents for the load. */
export function erlangC(agents: number, load: number): number {
  if (agents <= load) return 1
  const blocked = erlangB(agents, load)
  return blocked / (1 - (load / agents) * (1 - blocked))
}

/** The share of arrivals that wait no longer than `seconds`. */
export function servedWithin(seconds: number, agents: number, load: number, handlingSeconds: number): number {
  if (agents <= load) return 0
  return 1 - erlangC(agents, load) * Math.exp((-(agents - load) * seconds) / handlingSeconds)
}

/** The mean wait of all arrivals, those included that wait for nothing; infinite with too few agents. */
export function meanWaitSeconds(agents: number, load: number, handlingSeconds: number): number {
  return agents <= load ? Infinity : (erlangC(agents, load) * handlingSeconds) / (agents - load)
}

export interface ErlangA {
  /** The share of arrivals that must wait. */
  waiting: number
  /** The share of arrivals who give up. */
  abandoned: number
  meanWaitSeconds: number
}

/** Erlang A: whoever waits gives up after a random time, `patienceSeconds` in the mean. Never unstable. */
export function erlangA(agents: number, load: number, handlingSeconds: number, patienceSeconds: number): ErlangA {
  const arrivals = load / handlingSeconds
  // Weight of each state, by how many are there, relative to "all agents busy, nobody waits".
  let [below, weight] = [0, 1]
  for (let busy = agents; busy > 0; busy--) below += weight *= busy / load
  let [waitingOrBusy, queued] = [1, 0]
  weight = 1
  for (let length = 1; weight > 1e-12 || length < load; length++) {
    weight *= arrivals / (agents / handlingSeconds + length / patienceSeconds)
    waitingOrBusy += weight
    queued += length * weight
  }
  const all = below + waitingOrBusy
  const meanQueue = queued / all
  return { waiting: waitingOrBusy / all, abandoned: meanQueue / patienceSeconds / arrivals, meanWaitSeconds: meanQueue / arrivals }
}

/** The mean wait for one server that takes the same time for each (M/D/1), such as a line with so many calls a second. */
export function meanWaitForTurn(arrivalsPerSecond: number, perSecond: number): number {
  const share = arrivalsPerSecond / perSecond
  return share >= 1 ? Infinity : share / (2 * perSecond * (1 - share))
}
