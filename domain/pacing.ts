/** Calls of the rolling window, as pacing counts them. */
export interface PacingFigures {
  /** Answered by a person who was to be put through to an agent; the abandoned ones among them. */
  live: number
  /** Customer-first calls whose payer found nobody within the policy's seconds. */
  abandoned: number
  /** Customer-first calls of which it is not known yet. */
  inFlight: number
}

/**
 * Whether one more phone may ring before an agent is reserved: even if that call and all that are in flight were
 * abandoned, and nobody else answered, the share of abandoned calls would not exceed the limit. So it never does.
 */
export function mayDialCustomerFirst({ live, abandoned, inFlight }: PacingFigures, maxAbandonedPercent: number): boolean {
  const undecided = inFlight + 1
  return (abandoned + undecided) * 100 <= maxAbandonedPercent * (live + undecided)
}

/** Abandoned of all live calls, in percent to two places; null before the first. */
export function abandonedPercent({ live, abandoned }: Pick<PacingFigures, 'live' | 'abandoned'>): number | null {
  return live === 0 ? null : Math.round((abandoned / live) * 10_000) / 100
}
