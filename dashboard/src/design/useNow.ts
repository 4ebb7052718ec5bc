import { useEffect, useState } from 'react'
import { serverClock } from '../api/clock'

/** The server's time, ticking. Whatever counts down or up uses it, so that all clocks on a page agree. */
export function useNow(everyMillis = 500): number {
  const [now, setNow] = useState(() => serverClock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(serverClock.now()), everyMillis)
    return () => clearInterval(timer)
  }, [everyMillis])
  return now
}
