import { openEventStream, type EventStream } from '../api/eventStream'
import type { CaseView } from '../api/caseView'
import { desk, type Call, type Offer, type Presence } from '../api/desk'
import { tellSignedOut } from '../api/request'

export interface DeskSnapshot {
  connection: 'connecting' | 'live' | 'lost'
  /** Null until the server has told it. */
  presence: Presence | null
  offer: Offer | null
  case: CaseView | null
  call: Call | null
}

export interface DeskStore {
  snapshot(): DeskSnapshot
  subscribe(listener: () => void): () => void
  start(): void
  stop(): void
  /** What an answer to our own request told, ahead of the stream. */
  tell(part: Partial<Omit<DeskSnapshot, 'connection'>>): void
}

const empty: DeskSnapshot = { connection: 'connecting', presence: null, offer: null, case: null, call: null }

/** The desk as the server last told it, fed by /v1/desk/events. */
export function createDeskStore(): DeskStore {
  let now = empty
  let stream: EventStream | undefined
  const listeners = new Set<() => void>()

  function change(part: Partial<DeskSnapshot>): void {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }

  function onEvent(name: string, data: unknown): void {
    if (name === 'presence') {
      const presence = data as Presence
      const heldCase = presence.caseId
      change({
        presence,
        offer: presence.offer,
        case: now.case?.caseId === heldCase ? now.case : null,
        call: now.call?.caseId === heldCase ? now.call : null,
      })
    } else if (name === 'offer') change({ offer: data as Offer })
    else if (name === 'case') change({ case: data as CaseView })
    else if (name === 'call') change({ call: data as Call })
    else if (name === 'pulse') void desk.answerPulse()
  }

  return {
    snapshot: () => now,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      stream ??= openEventStream({
        url: '/v1/desk/events',
        onEvent,
        onState(state, status) {
          if (state === 'refused') {
            change({ connection: 'lost' })
            if (status === 401) tellSignedOut()
          } else if (state !== 'connecting') change({ connection: state })
        },
      })
    },
    stop() {
      stream?.close()
      stream = undefined
      now = empty
    },
    tell: change,
  }
}
