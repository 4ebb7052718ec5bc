import type { CallbackTarget } from '../webhooks/callbacks'

/** `initiated` shows as `queued` in the REST API, whose enum does not know it. */
export type CallStatus = 'queued' | 'initiated' | 'ringing' | 'in-progress' | EndedStatus
export type EndedStatus = 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled'

/** Where a call's next TwiML comes from: a URL, or the document itself. */
export interface Instructions {
  url: string | null
  twiml: string | null
  method: 'GET' | 'POST'
  fallbackUrl: string | null
  fallbackMethod: 'GET' | 'POST'
  /** Sent along with the request for them: digits of a Gather, the end of a Dial, … */
  fields?: Record<string, string>
}

export interface Detection {
  untilMessageEnds: boolean
  async: boolean
  timeoutSeconds: number
  callback: { url: string; method: 'GET' | 'POST' } | null
}

export interface RecordingWish {
  channels: number
  track?: string
  callback: CallbackTarget | null
}

/** How a participant is in a conference: attributes of `<Conference>`, or fields of a created participant. */
export interface Seat {
  friendlyName: string
  label: string | null
  muted: boolean
  startConferenceOnEnter: boolean
  endConferenceOnExit: boolean
  beep: string
  /** Call whose ear this participant has, alone. */
  coachedCallSid: string | null
  waitUrl: string | null | undefined
  waitMethod: 'GET' | 'POST'
  maxParticipants: number
  callback: CallbackTarget | null
  record: RecordingWish | null
}

export interface Call {
  sid: string
  parentSid: string | null
  from: string
  to: string
  direction: 'outbound-api' | 'inbound' | 'outbound-dial'
  status: CallStatus
  createdAt: string
  updatedAt: string
  /** When dialling began; null while it waits in the account's queue. */
  dialledAt: string | null
  ringingAt: string | null
  answeredAt: string | null
  endedAt: string | null
  /** Real milliseconds waited, or expected to wait, for the account's calls-per-second limit. */
  queueMs: number
  answeredBy: string | null
  instructions: Instructions | null
  /** Set for a participant created over REST: it enters this conference when it answers. */
  seat: Seat | null
  callback: CallbackTarget | null
  /** Number of the next status callback. */
  sequence: number
  timeoutSeconds: number
  timeLimitSeconds: number
  sendDigits: string | null
  detection: Detection | null
  recording: RecordingWish | null
  /** Extra fields that every webhook of this call carries: what a browser passed when it dialled. */
  fields: Record<string, string>
  /** What the voice URL's failure or the network reported, for the completed callback. */
  sipCode: number | null
}

const ended: readonly string[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled']

export function isOver(status: CallStatus): status is EndedStatus {
  return ended.includes(status)
}

/** Whole seconds between answer and end; 0 for a call that nobody answered. */
export function durationSeconds(call: Call): number {
  if (!call.answeredAt || !call.endedAt) return 0
  return Math.round((Date.parse(call.endedAt) - Date.parse(call.answeredAt)) / 1000)
}

/** The party outside: who was called, or who called in. */
export function remoteParty(call: Call): string {
  return call.direction === 'inbound' ? call.from : call.to
}
