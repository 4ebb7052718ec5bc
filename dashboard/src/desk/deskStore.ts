import { openEventStream, type EventStream } from '../api/eventStream'
import type { CaseView } from '../api/caseView'
import { desk, type Call, type Offer, type Presence } from '../api/desk'
import { tellSignedOut } from '../api/request'

export interface DeskSnapshot {
  connection: 'connecting' | 'live' | 'lost'
  /** Null until the server has told it. */
  presence: Presence | null
  offer: Offer | null
  /** The cases in hand: the one with the call, then the chats as they came. */
  inHand: readonly string[]
  /** The one on the screen, and whether the agent went to it: then they want to write. */
  focus: string | null
  chosen: boolean
  /** The case on the screen, and its call. */
  case: CaseView | null
  call: Call | null
  /** The last message of the payer that the agent has had before their eyes, by case. */
  seen: Readonly<Record<string, string>>
}

export interface DeskStore {
  snapshot(): DeskSnapshot
  subscribe(listener: () => void): () => void
  start(): void
  stop(): void
  /** What an answer to our own request told, ahead of the stream. */
  tell(part: Partial<Pick<DeskSnapshot, 'presence' | 'offer' | 'case' | 'call'>>): void
  /** The agent goes to another of their cases. */
  focus(caseId: string): void
}

const empty: DeskSnapshot = { connection: 'connecting', presence: null, offer: null, inHand: [], focus: null, chosen: false, case: null, call: null, seen: {} }

/** The desk as the server last told it, fed by /v1/desk/events. */
export function createDeskStore(): DeskStore {
  let now = empty
  let cases: Readonly<Record<string, CaseView>> = {}
  let calls: Readonly<Record<string, Call>> = {}
  let stream: EventStream | undefined
  const listeners = new Set<() => void>()

  function change(part: Partial<DeskSnapshot>): void {
    const { presence, focus } = { ...now, ...part }
    const seen = part.seen ?? now.seen
    const last = presence?.chats.find(({ caseId }) => caseId === focus)?.lastFromPayer
    now = {
      ...now,
      ...part,
      case: (focus !== null && cases[focus]) || null,
      call: (focus !== null && calls[focus]) || null,
      seen: focus !== null && last && seen[focus] !== last ? { ...seen, [focus]: last } : seen,
    }
    for (const listener of listeners) listener()
  }

  /** What is on the screen stays there for as long as it is in hand. */
  function take(presence: Presence): void {
    const inHand = inHandOf(presence)
    const stays = now.focus !== null && inHand.includes(now.focus)
    const known = [...inHand, ...(presence.caseId === null ? [] : [presence.caseId])]
    cases = only(known, cases)
    calls = only(known, calls)
    change({
      presence,
      offer: presence.offer,
      inHand: sameList(inHand, now.inHand) ? now.inHand : inHand,
      focus: stays ? now.focus : mostUrgent(presence, inHand),
      chosen: stays && now.chosen,
      seen: only(inHand, now.seen),
    })
  }

  function tell({ presence, offer, case: told, call }: Parameters<DeskStore['tell']>[0]): void {
    if (told) cases = { ...cases, [told.caseId]: told }
    if (call) calls = { ...calls, [call.caseId]: call }
    if (presence) take(presence)
    else change({})
    if (offer !== undefined) change({ offer })
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
        onEvent: (name, data) => (name === 'pulse' ? void desk.answerPulse() : tell({ [name]: data })),
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
      cases = {}
      calls = {}
      now = empty
    },
    tell,
    focus(caseId) {
      if (now.inHand.includes(caseId)) change({ focus: caseId, chosen: true })
    },
  }
}

function inHandOf({ status, caseId, chats }: Presence): string[] {
  const inChat = chats.map((chat) => chat.caseId)
  const withCall = (status === 'busy' || status === 'wrap_up') && caseId !== null && !inChat.includes(caseId)
  return withCall ? [caseId, ...inChat] : inChat
}

/** The call; otherwise whoever has waited for an answer for longest. */
function mostUrgent({ chats }: Presence, inHand: readonly string[]): string | null {
  if (inHand.length > chats.length) return inHand[0]!
  const waiting = chats.filter(({ unanswered }) => unanswered > 0).toSorted((a, b) => (a.payerSpokeAt! < b.payerSpokeAt! ? -1 : 1))
  return waiting[0]?.caseId ?? inHand[0] ?? null
}

const sameList = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, index) => one === b[index])

const only = <Value>(keys: readonly string[], from: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)))
