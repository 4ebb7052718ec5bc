import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { BoardNews, DeskNews } from '../live'
import { readCall } from '../views/call'
import { readCase } from '../views/case'
import { readPresence } from '../views/presence'

type Kind = 'presence' | 'case' | 'call'

// A webhook changes the case, the call and the presence one after the other, and the next webhook often follows at
// once: reading after a moment, too short for an agent to notice, reads once for all of them.
const settlingMillis = 60
const pauseAfterFailureMillis = 1_000

export interface DeskFeed {
  /** Something changed that may concern this agent. */
  hear(news: DeskNews): void
  /** Something happened to some case: perhaps to the one in hand, even when it is nobody's any more. */
  hearOfCase(news: BoardNews): void
  /** Sends the whole present state, whatever was sent before. */
  snapshot(): void
  close(): void
}

/**
 * What one agent's desk is told. Each change is answered by reading the present state and sending
 * what differs from what was sent last: changes that come together are told once, a lost one is made
 * up for by the next, and the order of notifications does not matter. An offer is told without delay.
 */
export function createDeskFeed(deps: { db: Database; userId: string; send(event: string, data: unknown): void; log: Log }): DeskFeed {
  const { db, userId, send, log } = deps
  const sent = new Map<string, string>()
  const stale = new Set<Kind>()
  let heldCase: string | undefined
  let working = false
  let closed = false
  let due: { at: number; timer: NodeJS.Timeout } | undefined

  function tell(event: string, data: unknown): void {
    const text = JSON.stringify(data)
    if (sent.get(event) === text) return
    sent.set(event, text)
    send(event, data)
  }

  const refresh: Record<Kind, () => Promise<void>> = {
    async presence() {
      const presence = await readPresence(db, userId)
      // With an offer, `caseId` is a case that is not theirs yet.
      const held = presence.status === 'busy' || presence.status === 'wrap_up' ? (presence.caseId ?? undefined) : undefined
      if (held !== heldCase) {
        heldCase = held
        sent.delete('case')
        sent.delete('call')
        if (held) stale.add('case').add('call')
      }
      tell('presence', presence)
      if (presence.offer) tell('offer', presence.offer)
    },
    async case() {
      const view = heldCase && (await readCase(db, heldCase, 'full'))
      if (view) tell('case', view)
    },
    async call() {
      const call = heldCase && (await readCall(db, heldCase))
      if (call) tell('call', call)
    },
  }

  /** Works off what is stale after so many milliseconds, or before. */
  function soon(millis: number): void {
    const at = Date.now() + millis
    if (closed || (due && due.at <= at)) return
    clearTimeout(due?.timer)
    const timer = setTimeout(() => {
      due = undefined
      void work()
    }, millis)
    due = { at, timer }
  }

  async function work(kinds: readonly Kind[] = ['presence', 'case', 'call']): Promise<void> {
    if (working) return soon(0)
    working = true
    try {
      for (const kind of kinds) if (stale.has(kind)) await bringUpToDate(kind)
    } catch (error) {
      log.warn({ err: error }, 'a desk could not be brought up to date')
      soon(pauseAfterFailureMillis)
    } finally {
      working = false
    }
    if (stale.size > 0) soon(settlingMillis)
  }

  async function bringUpToDate(kind: Kind): Promise<void> {
    stale.delete(kind)
    try {
      await refresh[kind]()
    } catch (error) {
      stale.add(kind)
      throw error
    }
  }

  return {
    hear({ kind, agentId, caseId }) {
      const concerned = agentId === userId || (caseId != null && caseId === heldCase) || (agentId == null && caseId == null)
      if (!concerned) return
      if (kind === 'offer' || kind === 'presence') {
        stale.add('presence')
        void work(['presence'])
        return
      }
      stale.add(kind)
      // Being put on hold is an event of the case that shows in the call.
      if (kind === 'case') stale.add('call')
      soon(settlingMillis)
    },
    hearOfCase({ caseId }) {
      if (caseId === undefined || caseId !== heldCase) return
      stale.add('case').add('call')
      soon(settlingMillis)
    },
    snapshot() {
      sent.clear()
      stale.add('presence').add('case').add('call')
      void work()
    },
    close() {
      closed = true
      clearTimeout(due?.timer)
    },
  }
}
