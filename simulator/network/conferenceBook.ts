import type { Account } from '../account'
import { type Clock, rfc2822 } from '../clock'
import { newSid } from '../sid'
import type { Store } from '../store'
import type { Callbacks } from '../webhooks/callbacks'
import type { Seat } from './call'
import type { Conference, EndReason, Participant } from './conference'

/** Which group of `statusCallbackEvent` an event belongs to. */
export type EventGroup = 'start' | 'end' | 'join' | 'leave' | 'mute' | 'hold' | 'modify' | 'announcement'

/** All conferences ever, who is in those that go on, and the callbacks that tell of both. */
export interface ConferenceBook {
  get(sid: string): Conference | undefined
  must(sid: string): Conference
  /** Newest first. */
  list(): Conference[]
  live(friendlyName: string): Conference | undefined
  /** The conference of that name that has not ended, made if there is none; the first participant sets its wishes. */
  open(friendlyName: string, first?: Pick<Seat, 'callback' | 'record'>): Conference
  begin(sid: string): void
  complete(sid: string, reason: EndReason, callSidEnding: string | null): void
  seated(sid: string): Participant[]
  place(sid: string, callSid: string): Participant | undefined
  seat(participant: Participant): Participant
  unseat(participant: Participant): void
  tell(sid: string, group: EventGroup, event: string, about: Participant | null, extra?: Record<string, string>): void
}

export function createConferenceBook({
  store,
  clock,
  account,
  callbacks,
}: {
  store: Store
  clock: Clock
  account: Account
  callbacks: Callbacks
}): ConferenceBook {
  const conferences = store.table<Conference>('conferences')
  const places = store.table<Participant>('participants')
  const byName = new Map<string, string>()
  for (const c of conferences.values()) if (c.status !== 'completed') byName.set(c.friendlyName, c.sid)

  const now = () => clock.now().toISOString()
  const must = (sid: string) => conferences.get(sid)!
  const key = ({ conferenceSid, callSid }: Participant) => `${conferenceSid}/${callSid}`

  const self: ConferenceBook = {
    get: (sid) => conferences.get(sid),
    must,
    list: () => [...conferences.values()].reverse(),
    live: (friendlyName) => conferences.get(byName.get(friendlyName) ?? ''),
    open(friendlyName, first) {
      const open = self.live(friendlyName)
      if (open) return open
      const sid = newSid('CF')
      byName.set(friendlyName, sid)
      return conferences.put(sid, {
        sid,
        friendlyName,
        status: 'init',
        createdAt: now(),
        updatedAt: now(),
        endReason: null,
        callSidEnding: null,
        callback: first?.callback ?? null,
        record: first?.record ?? null,
        sequence: 1,
      })
    },
    begin: (sid) => void conferences.put(sid, { ...must(sid), status: 'in-progress', updatedAt: now() }),
    complete(sid, endReason, callSidEnding) {
      conferences.put(sid, { ...must(sid), status: 'completed', updatedAt: now(), endReason, callSidEnding })
      byName.delete(must(sid).friendlyName)
    },
    seated: (sid) => [...places.values()].filter((p) => p.conferenceSid === sid),
    place: (sid, callSid) => places.get(`${sid}/${callSid}`),
    seat: (participant) => places.put(key(participant), participant),
    unseat: (participant) => places.remove(key(participant)),
    tell(sid, group, event, about, extra = {}) {
      const conference = must(sid)
      if (!conference.callback?.events.includes(group)) return
      callbacks.post(conference.callback, {
        AccountSid: account.sid,
        ConferenceSid: sid,
        FriendlyName: conference.friendlyName,
        StatusCallbackEvent: event,
        SequenceNumber: String(conference.sequence),
        Timestamp: rfc2822(clock.now()),
        ...(about && aboutParticipant(about)),
        ...extra,
      })
      conferences.put(sid, { ...conference, sequence: conference.sequence + 1 })
    },
  }
  return self
}

function aboutParticipant(p: Participant): Record<string, string> {
  return {
    CallSid: p.callSid,
    Muted: String(p.muted),
    Hold: String(p.hold),
    Coaching: String(p.coachedCallSid !== null),
    EndConferenceOnExit: String(p.endConferenceOnExit),
    StartConferenceOnEnter: String(p.startConferenceOnEnter),
    ...(p.label && { ParticipantLabel: p.label }),
  }
}
