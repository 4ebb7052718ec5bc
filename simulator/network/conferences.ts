import type { Clock } from '../clock'
import type { Store } from '../store'
import type { Alerts } from '../webhooks/alerts'
import type { Call, Seat } from './call'
import type { Callbook } from './callbook'
import { type Conference, type Departure, type EndReason, hears, type Member, type Participant } from './conference'
import type { ConferenceBook } from './conferenceBook'
import type { Leg } from './leg'
import type { Recordings } from './recordings'

export type ParticipantChange = Partial<Pick<Participant, 'muted' | 'hold' | 'coachedCallSid' | 'endConferenceOnExit'>>
type Source = { url: string | null | undefined; method: 'GET' | 'POST' }

export interface Conferences extends Pick<ConferenceBook, 'get' | 'list' | 'open' | 'live'> {
  participants(conferenceSid: string): Participant[]
  /** By call sid or by label. */
  participant(conferenceSid: string, who: string): Participant | undefined
  /** Reserves the place of a call that has yet to answer. */
  expect(conferenceSid: string, callSid: string, seat: Seat): Participant
  /** Gives back the place of a call that never came in. */
  forget(call: Call): void
  /** Puts the leg into the conference and resolves when it is out again. */
  enter(leg: Leg, seat: Seat, signal: AbortSignal): Promise<Departure>
  change(participant: Participant, changes: ParticipantChange, hold?: Source): Participant
  announce(conferenceSid: string, callSid: string | null, source: { url: string; method: 'GET' | 'POST' }): void
  remove(participant: Participant): void
  end(conferenceSid: string): Conference
  /** Ends what an earlier process left open; its calls are over by now. */
  recover(): void
}

interface Deps {
  store: Store
  clock: Clock
  book: ConferenceBook
  callbook: Callbook
  recordings: Recordings
  alerts: Alerts
  stopping: AbortSignal
  /** Plays a document of Say, Play, Pause and Redirect to one leg; rejects when it cannot be had. */
  play: (leg: Leg, source: Source, signal: AbortSignal) => Promise<void>
}

export function createConferences(deps: Deps): Conferences {
  const { store, clock, book, callbook, recordings, alerts, stopping, play } = deps
  const { must, place, seated, tell } = book
  const rooms = new Map<string, Map<string, Member>>()
  const room = (sid: string) => rooms.get(sid) ?? rooms.set(sid, new Map()).get(sid)!
  const now = () => clock.now().toISOString()

  /** Tells every leg whom it can hear now. */
  function regroup(sid: string): void {
    const members = room(sid)
    const started = must(sid).status === 'in-progress'
    const names = [...members.values()].map((m) => m.leg.name)
    for (const [callSid, { leg }] of members) {
      const me = place(sid, callSid)!
      const others = started ? [...members.keys()].filter((other) => other !== callSid).map((other) => place(sid, other)!) : []
      const earshot = new Map(others.map((other) => [other.callSid, { hears: hears(me, other), isHeard: hears(other, me) }]))
      leg.keepCompany([...earshot.values()].some((e) => e.hears) ? 'together' : 'alone')
      leg.placeInEarshot(earshot)
      leg.emit('participants', names)
    }
  }

  function startIfDue(sid: string): void {
    const conference = must(sid)
    const members = room(sid)
    const may = [...members.values()].some((m) => m.seat.startConferenceOnEnter)
    if (conference.status !== 'init' || members.size < 2 || !may) return
    store.together(() => {
      book.begin(sid)
      tell(sid, 'start', 'conference-start', null)
      const { record } = conference
      if (record) recordings.start({ callSid: [...members.keys()][0]!, conferenceSid: sid, source: 'Conference', channels: 1, callback: record.callback })
    })
    for (const member of members.values()) member.music?.abort(new Error('The conference started'))
  }

  function leave(sid: string, callSid: string, why: Departure, reason: string): void {
    const member = room(sid).get(callSid)
    const seat = place(sid, callSid)
    if (!seat) return
    room(sid).delete(callSid)
    book.unseat(seat)
    if (member) {
      member.music?.abort(new Error('Left the conference'))
      member.leg.relay = null
      member.leg.keepCompany('none')
      member.leg.placeInEarshot(new Map())
      const status = callbook.get(callSid)?.status ?? 'completed'
      tell(sid, 'leave', 'participant-leave', seat, { ReasonParticipantLeft: reason, ParticipantCallStatus: status })
      if (why === 'conference-ended') member.leg.emit('conferenceOver')
      member.leave(why)
    }
  }

  function finish(sid: string, reason: EndReason, ending: Participant | null): void {
    if (must(sid).status === 'completed') return
    const apart = reason === 'conference-ended-via-api' ? 'conference_ended_via_api' : 'moderator_ended_conference'
    store.together(() => {
      book.complete(sid, reason, ending?.callSid ?? null)
      for (const p of seated(sid)) leave(sid, p.callSid, 'conference-ended', apart)
      recordings.finishAll((r) => r.conferenceSid === sid)
      tell(sid, 'end', 'conference-end', null, {
        ReasonConferenceEnded: reason,
        Reason: reason.replaceAll('-', ' '),
        ...(ending && { CallSidEndingConference: ending.callSid }),
        ...(ending?.label && { ParticipantLabelEndingConference: ending.label }),
      })
    })
    rooms.delete(sid)
  }

  function depart(sid: string, callSid: string, why: Departure, reason: string): void {
    const seat = place(sid, callSid)
    if (!seat || must(sid).status === 'completed') return
    const kicked = why === 'removed' ? 'kicked' : 'left'
    store.together(() => {
      leave(sid, callSid, why, reason)
      if (seat.endConferenceOnExit && seat.entered) finish(sid, `participant-with-end-conference-on-exit-${kicked}`, seat)
      else if (room(sid).size === 0) finish(sid, `last-participant-${kicked}`, seat)
      else regroup(sid)
    })
  }

  /** Music until the conference starts or the hold ends. A wait URL that cannot be had throws the leg out. */
  function musicFor(sid: string, member: Member, source: Source): void {
    const music = (member.music = new AbortController())
    const signal = AbortSignal.any([music.signal, member.leg.over.signal])
    play(member.leg, source, signal).catch((error: unknown) => {
      if (signal.aborted) return
      alerts.raise(13231, `Hold or wait music failed: ${String(error)}`, source.url, member.leg.sid)
      depart(sid, member.leg.sid, 'failed', 'participant_add_failed')
    })
  }

  const seatFor = (sid: string, callSid: string, seat: Seat, entered: boolean): Participant => ({
    conferenceSid: sid,
    callSid,
    label: seat.label,
    muted: seat.muted,
    hold: false,
    coachedCallSid: seat.coachedCallSid,
    startConferenceOnEnter: seat.startConferenceOnEnter,
    endConferenceOnExit: seat.endConferenceOnExit,
    createdAt: now(),
    updatedAt: now(),
    entered,
  })

  const self: Conferences = {
    get: book.get,
    list: book.list,
    live: book.live,
    open: book.open,
    participants: seated,
    participant: (sid, who) => place(sid, who) ?? seated(sid).find((p) => p.label === who),
    expect: (sid, callSid, seat) => book.seat(seatFor(sid, callSid, seat, false)),
    forget({ sid, seat }) {
      const conference = seat && book.live(seat.friendlyName)
      const reserved = conference && place(conference.sid, sid)
      if (reserved && !reserved.entered) self.remove(reserved)
    },
    enter(leg, seat, signal) {
      const { sid } = book.open(seat.friendlyName, seat)
      const members = room(sid)
      const refusal = refused(
        seat,
        [...members.keys()].map((c) => place(sid, c)!),
        leg.sid,
      )
      if (refusal) {
        alerts.raise(refusal.code, refusal.message, null, leg.sid)
        if (members.size === 0) finish(sid, 'last-participant-left', null)
        return Promise.resolve('failed')
      }
      return new Promise((resolve) => {
        const member: Member = { leg, seat, leave: resolve, music: null }
        members.set(leg.sid, member)
        leg.name = seat.label ?? leg.party
        leg.relay = (text) => {
          if (must(sid).status !== 'in-progress') return
          const me = place(sid, leg.sid)!
          for (const [other, { leg: ear }] of members) if (other !== leg.sid && hears(place(sid, other)!, me)) ear.hear(leg.name, text)
        }
        store.together(() => {
          const joined = book.seat(seatFor(sid, leg.sid, seat, true))
          tell(sid, 'join', 'participant-join', joined)
          startIfDue(sid)
        })
        if (must(sid).status === 'init') musicFor(sid, member, { url: seat.waitUrl, method: seat.waitMethod })
        regroup(sid)
        const gone = () => {
          // When the process stops nobody has left; the next one decides what became of the call.
          if (!stopping.aborted) depart(sid, leg.sid, 'gone', leg.over.signal.aborted ? 'participant_hung_up' : 'participant_updated_via_api')
        }
        if (signal.aborted) gone()
        else signal.addEventListener('abort', gone, { once: true })
      })
    },
    change(participant, changes, hold) {
      const { conferenceSid: sid, callSid } = participant
      const after = { ...participant, ...changes, updatedAt: now() }
      store.together(() => {
        book.seat(after)
        if (after.muted !== participant.muted) tell(sid, 'mute', after.muted ? 'participant-mute' : 'participant-unmute', after)
        if (after.hold !== participant.hold) tell(sid, 'hold', after.hold ? 'participant-hold' : 'participant-unhold', after)
        const modified = after.coachedCallSid !== participant.coachedCallSid || after.endConferenceOnExit !== participant.endConferenceOnExit
        if (modified) tell(sid, 'modify', 'participant-modify', after)
      })
      const member = room(sid).get(callSid)
      if (member && after.hold !== participant.hold) {
        member.music?.abort(new Error('Hold changed'))
        if (after.hold) musicFor(sid, member, hold ?? { url: undefined, method: 'GET' })
      }
      if (member && after.muted !== participant.muted) member.leg.emit('muted', after.muted)
      if (member) regroup(sid)
      return after
    },
    announce(sid, callSid, source) {
      const group = [...room(sid).values()].filter((m) => callSid === null || m.leg.sid === callSid)
      const about = callSid === null ? null : (place(sid, callSid) ?? null)
      Promise.all(group.map((m) => play(m.leg, source, m.leg.over.signal))).then(
        () => tell(sid, 'announcement', 'announcement-end', about, { AnnounceUrl: source.url }),
        (error: unknown) =>
          stopping.aborted || tell(sid, 'announcement', 'announcement-fail', about, { AnnounceUrl: source.url, ReasonAnnouncementFailed: String(error) }),
      )
    },
    remove: (participant) => depart(participant.conferenceSid, participant.callSid, 'removed', 'participant_updated_via_api'),
    end(sid) {
      finish(sid, 'conference-ended-via-api', null)
      return must(sid)
    },
    recover() {
      for (const conference of book.list().filter((c) => c.status !== 'completed')) {
        const left = seated(conference.sid).filter((p) => p.entered)
        store.together(() => {
          for (const p of left)
            tell(conference.sid, 'leave', 'participant-leave', p, { ReasonParticipantLeft: 'participant_hung_up', ParticipantCallStatus: 'completed' })
          finish(conference.sid, 'last-participant-left', left.at(-1) ?? null)
        })
      }
    },
  }
  return self
}

function refused(seat: Seat, others: Participant[], callSid: string): { code: number; message: string } | null {
  if (others.length >= seat.maxParticipants) return { code: 13225, message: `The conference "${seat.friendlyName}" is full` }
  if (seat.label !== null && others.some((p) => p.label === seat.label && p.callSid !== callSid))
    return { code: 16025, message: `A participant labelled "${seat.label}" is already in the conference` }
  if (seat.coachedCallSid !== null && !others.some((p) => p.callSid === seat.coachedCallSid))
    return { code: 13240, message: `The call to coach, ${seat.coachedCallSid}, is not in the conference` }
  return null
}
