/**
 * The server's time as seen from here. Deadlines and offers are decided by the server's clock, and a
 * desktop's may be minutes off. Each answer's `Date` header (whole seconds) bounds the difference from
 * both sides; bounds of many answers are intersected, which soon is much finer than a second.
 */
export interface ServerClock {
  /** Milliseconds since the epoch, by the server's clock. */
  now(): number
  /** `sentAt`, `receivedAt`: local milliseconds around a request; `date`: its answer's Date header. */
  observe(sentAt: number, receivedAt: number, date: string | null): void
}

export function createServerClock(localNow: () => number = Date.now): ServerClock {
  let least = -Infinity
  let most = Infinity

  return {
    now: () => localNow() + (Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : 0),
    observe(sentAt, receivedAt, date) {
      const second = date === null ? NaN : Date.parse(date)
      if (Number.isNaN(second)) return
      const lower = second - receivedAt
      const upper = second + 1_000 - sentAt
      // No overlap: one of the clocks was set. What was known before says nothing any more.
      const disjoint = lower > most || upper < least
      least = disjoint ? lower : Math.max(least, lower)
      most = disjoint ? upper : Math.min(most, upper)
    },
  }
}

export const serverClock = createServerClock()
