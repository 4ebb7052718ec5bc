import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { BoardNews, DeskNews } from '../live'
import { readCall } from '../views/call'
import { readCase } from '../views/case'
import { readPresence } from '../views/presence'

type Kind = 'presence' | 'case' | 'call'

export interface DeskFeed {
  /** Something changed that may concern this agent. */
  hear(news: DeskNews): void
  /** Something happened to some case: perhaps to the one in hand, even when it is nobody's any more. */
  hearOfCase(news: BoardNews): void
  /** Sends the whole present state, whatever was sent before. */
  snapshot(): void
}

/**
 * What one agent's desk is told. Each change is answered by reading the present state and sending
 * what differs from what was sent last: changes that come together are told once, a lost one is made
 * up for by the next, and the order of notifications does not matter.
 */
export function createDeskFeed(deps: { db: Database; userId: string; send(event: string, data: unknown): void; log: Log }): DeskFeed {
  const { db, userId, send, log } = deps
  const sent = new Map<string, string>()
  const stale = new Set<Kind>()
  let heldCase: string | undefined
  let working = false

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

  async function work(): Promise<void> {
    if (working) return
    working = true
    try {
      for (const kind of ['presence', 'case', 'call'] as const) if (stale.delete(kind)) await refresh[kind]()
    } catch (error) {
      // The next change, or the snapshot after a reconnect, brings the agent up to date.
      log.warn({ err: error }, 'a desk could not be brought up to date')
      stale.clear()
    } finally {
      working = false
    }
    if (stale.size > 0) await work()
  }

  return {
    hear({ kind, agentId, caseId }) {
      const concerned = agentId === userId || (caseId != null && caseId === heldCase) || (agentId == null && caseId == null)
      if (!concerned) return
      stale.add(kind === 'offer' ? 'presence' : kind)
      // Being put on hold is an event of the case that shows in the call.
      if (kind === 'case') stale.add('call')
      void work()
    },
    hearOfCase({ caseId }) {
      if (caseId === undefined || caseId !== heldCase) return
      stale.add('case').add('call')
      void work()
    },
    snapshot() {
      sent.clear()
      stale.add('presence').add('case').add('call')
      void work()
    },
  }
}
