import type { CallbackTarget } from '../webhooks/callbacks'
import type { RecordingWish, Seat } from './call'
import type { Leg } from './leg'

export type EndReason =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-kicked'
  | 'last-participant-left'

export interface Conference {
  sid: string
  friendlyName: string
  /** `init` until two are in it and one of them may start it; until then everybody hears music. */
  status: 'init' | 'in-progress' | 'completed'
  createdAt: string
  updatedAt: string
  endReason: EndReason | null
  callSidEnding: string | null
  /** The first participant's; Twilio ignores those of later ones. */
  callback: CallbackTarget | null
  record: RecordingWish | null
  /** Number of the next status callback; Twilio's conferences count from 1. */
  sequence: number
}

export interface Participant {
  conferenceSid: string
  callSid: string
  label: string | null
  muted: boolean
  hold: boolean
  coachedCallSid: string | null
  startConferenceOnEnter: boolean
  endConferenceOnExit: boolean
  createdAt: string
  updatedAt: string
  /** False while a participant that was created over REST has not answered yet. */
  entered: boolean
}

/** Why somebody is no longer in the conference; `failed` never was. */
export type Departure = 'conference-ended' | 'removed' | 'gone' | 'failed'

/** A participant whose call is alive here. */
export interface Member {
  leg: Leg
  seat: Seat
  leave: (why: Departure) => void
  /** Ends what only this participant hears: wait music, hold music. */
  music: AbortController | null
}

/** Whether `listener` hears what `speaker` says in a started conference. */
export function hears(listener: Participant, speaker: Participant): boolean {
  if (listener.hold || speaker.hold || speaker.muted) return false
  return speaker.coachedCallSid === null || speaker.coachedCallSid === listener.callSid
}
