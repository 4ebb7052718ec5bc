import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { BoardNews, DeskNews } from '../live'
import { readCall } from '../views/call'
import { readCase } from '../views/case'
import { readPresence } from '../views/presence'

type Kind = 'presence' | 'case' | 'call'

// A webhook changes the case, the call and the presence one after the other, and the next webhook often follows at
// once: the first change is told at once, and what follows within a moment that an agent hardly notices is read
// once for all of it.
const settlingMillis = 150
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
  /** Earliest time at which the case and the call, or after a failure anything, are read again; epoch milliseconds. */
  let settledAt = 0
  let resumeAt = 0
  let due: { at: number; cancel(): void } | undefined

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

  /** Works off what is stale as soon as it may be: presence at once, the rest when it has settled. */
  function plan(): void {
    if (closed || working || stale.size === 0) return
    const at = Math.max(resumeAt, stale.has('presence') ? 0 : settledAt)
    if (due && due.at <= at) return
    due?.cancel()
    due = { at, cancel: after(at - Date.now(), () => ((due = undefined), void work())) }
  }

  async function work(): Promise<void> {
    working = true
    try {
      if (stale.has('presence')) await bringUpToDate('presence')
      if (Date.now() >= settledAt && (stale.has('case') || stale.has('call'))) {
        settledAt = Date.now() + settlingMillis
        if (stale.has('case')) await bringUpToDate('case')
        if (stale.has('call')) await bringUpToDate('call')
      }
    } catch (error) {
      log.warn({ err: error }, 'a desk could not be brought up to date')
      resumeAt = Date.now() + pauseAfterFailureMillis
    }
    working = false
    plan()
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
      stale.add(kind === 'offer' ? 'presence' : kind)
      // Being put on hold is an event of the case that shows in the call.
      if (kind === 'case') stale.add('call')
      plan()
    },
    hearOfCase({ caseId }) {
      if (caseId === undefined || caseId !== heldCase) return
      stale.add('case').add('call')
      plan()
    },
    snapshot() {
      sent.clear()
      settledAt = 0
      stale.add('presence').add('case').add('call')
      plan()
    },
    close() {
      closed = true
      due?.cancel()
    },
  }
}

/** Not at once even when it is due: the notifications of one commit come one after the other. */
function after(millis: number, work: () => void): () => void {
  if (millis > 0) {
    const timer = setTimeout(work, millis)
    return () => clearTimeout(timer)
  }
  const soon = setImmediate(work)
  return () => clearImmediate(soon)
}
