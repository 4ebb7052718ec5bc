import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { BoardNews, DeskNews } from '../live'
import { readCall } from '../views/call'
import { readCase } from '../views/case'
import { readPresence } from '../views/presence'

/** What is read again of each case in hand. */
const kinds = ['case', 'call'] as const
type Kind = (typeof kinds)[number]

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
  let presenceIsStale = false
  const stale: Record<Kind, Set<string>> = { case: new Set(), call: new Set() }
  let held = new Set<string>()
  let chats = new Set<string>()
  let working = false
  let closed = false
  /** Earliest time at which cases and calls, or after a failure anything, are read again; epoch milliseconds. */
  let settledAt = 0
  let resumeAt = 0
  let due: { at: number; cancel(): void } | undefined

  function tell(event: string, key: string, data: unknown): void {
    const text = JSON.stringify(data)
    if (sent.get(key) === text) return
    sent.set(key, text)
    send(event, data)
  }

  const keyOf = (kind: Kind, caseId: string) => `${kind} ${caseId}`
  const isStale = () => kinds.some((kind) => stale[kind].size > 0)
  const markStale = (caseId: string, which: readonly Kind[] = kinds) => which.forEach((kind) => stale[kind].add(caseId))

  function forget(caseId: string): void {
    for (const kind of kinds) {
      stale[kind].delete(caseId)
      sent.delete(keyOf(kind, caseId))
    }
  }

  async function readPresenceAgain(): Promise<void> {
    const presence = await readPresence(db, userId)
    // With an offer, `caseId` is a case that is not theirs yet.
    const inCall = (presence.status === 'busy' || presence.status === 'wrap_up') && presence.caseId !== null ? [presence.caseId] : []
    chats = new Set(presence.chats.map(({ caseId }) => caseId))
    const before = held
    held = new Set([...inCall, ...chats])
    for (const caseId of before) if (!held.has(caseId)) forget(caseId)
    for (const caseId of held) if (!before.has(caseId)) markStale(caseId)
    tell('presence', 'presence', presence)
    if (presence.offer) tell('offer', 'offer', presence.offer)
  }

  const read: Record<Kind, (caseId: string) => Promise<unknown>> = {
    case: (caseId) => readCase(db, caseId, 'full'),
    call: (caseId) => readCall(db, caseId),
  }

  /** Works off what is stale as soon as it may be: presence at once, the rest when it has settled. */
  function plan(): void {
    if (closed || working || !(presenceIsStale || isStale())) return
    const at = Math.max(resumeAt, presenceIsStale ? 0 : settledAt)
    if (due && due.at <= at) return
    due?.cancel()
    due = { at, cancel: after(at - Date.now(), () => ((due = undefined), void work())) }
  }

  async function work(): Promise<void> {
    working = true
    try {
      if (presenceIsStale) {
        presenceIsStale = false
        await orAgain(readPresenceAgain, () => (presenceIsStale = true))
      }
      if (Date.now() >= settledAt && isStale()) {
        settledAt = Date.now() + settlingMillis
        for (const kind of kinds) for (const caseId of stale[kind]) await bringUpToDate(kind, caseId)
      }
    } catch (error) {
      log.warn({ err: error }, 'a desk could not be brought up to date')
      resumeAt = Date.now() + pauseAfterFailureMillis
    }
    working = false
    plan()
  }

  async function bringUpToDate(kind: Kind, caseId: string): Promise<void> {
    stale[kind].delete(caseId)
    await orAgain(
      async () => {
        const view = await read[kind](caseId)
        if (view && held.has(caseId)) tell(kind, keyOf(kind, caseId), view)
      },
      () => stale[kind].add(caseId),
    )
  }

  return {
    hear({ kind, agentId, caseId }) {
      const everybody = agentId == null && caseId == null
      const theirs = caseId != null && held.has(caseId)
      if (agentId !== userId && !theirs && !everybody) return
      // What is written in a chat shows in the agent's list of chats too.
      if (kind === 'offer' || kind === 'presence' || (theirs && chats.has(caseId))) presenceIsStale = true
      // Being put on hold is an event of the case that shows in the call.
      const changed = kind === 'case' ? kinds : kind === 'call' ? (['call'] as const) : []
      for (const one of everybody ? held : theirs ? [caseId] : []) markStale(one, changed)
      plan()
    },
    hearOfCase({ caseId }) {
      if (caseId === undefined || !held.has(caseId)) return
      markStale(caseId)
      plan()
    },
    snapshot() {
      sent.clear()
      settledAt = 0
      presenceIsStale = true
      for (const caseId of held) markStale(caseId)
      plan()
    },
    close() {
      closed = true
      due?.cancel()
    },
  }
}

async function orAgain(work: () => Promise<void>, again: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    again()
    throw error
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
