import type { Leg } from '../network/leg'
import { Problem } from '../problem'
import { hostCandidatesOnly } from './hostCandidates'

/** The other end of one connection between two pages, as one of them is told about it. */
export interface SoundLink {
  /** Names this connection; a page that comes back gets a new one. */
  link: string
  callSid: string
  /** Of the two pages this one makes the offer. */
  offers: boolean
  /** Whether this page's microphone may go to the other. */
  sends: boolean
  /** Whether this page may let the other be heard. */
  hears: boolean
}

export interface Description {
  type: 'offer' | 'answer'
  sdp: string
}

/** What a page is told: the links that it should have now, a description for one, or that another page took its place. */
export type Tell = {
  (event: 'links', data: { links: SoundLink[] }): void
  (event: 'description', data: { link: string; description: Description }): void
  (event: 'replaced', data: object): void
}

interface Page {
  id: number
  leg: Leg
  tell: Tell
  /** What it was last told, so that it is told only of changes. */
  told: SoundLink[]
}

export interface SoundDesk {
  /** A page can carry the sound of a leg from now on, until the answer is called; an earlier one of that leg is let go. */
  attach(leg: Leg, tell: Tell): () => void
  /**
   * Hands a page's description to the page at the other end of the link.
   * @throws {Problem} 409 when the link is no more
   */
  pass(callSid: string, link: string, description: Description): void
}

/**
 * Brings pages together that carry the sound of legs in one talk. The sound goes from browser to browser; here
 * is decided who connects with whom and who may hear whom.
 */
export function createSoundDesk(): SoundDesk {
  const pages = new Map<string, Page>()
  let lastId = 0

  const linkOf = (one: Page, other: Page) => `${Math.min(one.id, other.id)}-${Math.max(one.id, other.id)}`

  function linksOf(page: Page): SoundLink[] {
    return [...page.leg.earshot].flatMap(([callSid, { hears, isHeard }]) => {
      const other = pages.get(callSid)
      if (!other) return []
      const sends = isHeard && !page.leg.silenced
      return [{ link: linkOf(page, other), callSid, offers: page.id > other.id, sends, hears: hears && !other.leg.silenced }]
    })
  }

  function refresh(page: Page): void {
    const links = linksOf(page)
    if (JSON.stringify(links) === JSON.stringify(page.told)) return
    page.told = links
    page.tell('links', { links })
  }

  function refreshAround(page: Page): void {
    refresh(page)
    for (const other of pages.values()) if (other.leg.earshot.has(page.leg.sid)) refresh(other)
  }

  return {
    attach(leg, tell) {
      const earlier = pages.get(leg.sid)
      const page: Page = { id: ++lastId, leg, tell, told: [] }
      const change = () => refreshAround(page)
      pages.set(leg.sid, page)
      earlier?.tell('replaced', {})
      leg.on('earshot', change).on('muted', change)
      change()
      return () => {
        leg.off('earshot', change).off('muted', change)
        if (pages.get(leg.sid) !== page) return
        pages.delete(leg.sid)
        refreshAround(page)
      }
    },
    pass(callSid, link, { type, sdp }) {
      const page = pages.get(callSid)
      const other = page && [...page.leg.earshot.keys()].map((sid) => pages.get(sid)).find((p) => p && linkOf(page, p) === link)
      if (!other) throw new Problem(409, 'Conflict', `There is no link ${link} any more.`)
      other.tell('description', { link, description: { type, sdp: hostCandidatesOnly(sdp) } })
    },
  }
}
