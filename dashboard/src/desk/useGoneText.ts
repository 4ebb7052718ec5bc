import { useEffect, useState } from 'react'
import type { Offer } from '../api/desk'

const shownMillis = 6_000

/** Why the last offer went away: said for a while, and not beside the next one. */
export function useGoneText(offer: Offer | null): [text: string | undefined, tell: (text: string) => void] {
  const [told, setTold] = useState<string>()
  useEffect(() => {
    if (offer !== null) setTold(undefined)
  }, [offer])
  useEffect(() => {
    if (told === undefined) return
    const timer = setTimeout(() => setTold(undefined), shownMillis)
    return () => clearTimeout(timer)
  }, [told])
  return [told, setTold]
}
