import type { Clock } from '../clock'
import type { Callbook } from '../network/callbook'
import type { Instructions, RecordingWish } from '../network/call'
import type { Leg } from '../network/leg'
import type { Recordings } from '../network/recordings'
import type { Conferences } from '../network/conferences'
import type { Alerts } from '../webhooks/alerts'
import type { CallbackTarget } from '../webhooks/callbacks'
import type { Verb } from './document'

/** What a verb leads to: the next verb, other instructions, or the end of the call. */
export type Next = undefined | 'hangup' | 'leave' | { go: Instructions } | { reject: 'busy' | 'rejected' }

/** What the verbs of one document share while it is carried out on one leg. */
export interface Page {
  leg: Leg
  /** Where the document came from; null for one that was given inline. */
  url: string | null
  method: 'GET' | 'POST'
  /** Aborted by a redirect, or by the end of the call. */
  signal: AbortSignal
  deps: VerbDeps
}

export interface VerbDeps {
  clock: Clock
  callbook: Callbook
  conferences: Conferences
  recordings: Recordings
  /** Numbers that a Dial may show to whom it rings. */
  callerIds: readonly string[]
  alerts: Alerts
  play: (leg: Leg, source: { url: string | null | undefined; method: 'GET' | 'POST' }, signal: AbortSignal) => Promise<void>
  wait: (leg: Leg, source: { url: string | null | undefined; method: 'GET' | 'POST' }, signal: AbortSignal, fields: Record<string, string>) => Promise<Next>
  connect: (from: Leg, targets: Target[], wishes: DialWishes, signal: AbortSignal) => Promise<Connection>
}

/** What a `<Dial>` says of the whole connection; times in simulated seconds. */
export interface DialWishes {
  timeoutSeconds: number
  timeLimitSeconds: number
  callerId: string
  hangupOnStar: boolean
  record: RecordingWish | null
}

/** One `<Number>` or `<Client>` to ring. */
export interface Target {
  address: string
  /** Played to whoever answers, before the two are connected. */
  whisper: { url: string; method: 'GET' | 'POST' } | null
  fields: Record<string, string>
  callback: CallbackTarget | null
}

/** How dialling somebody ended. */
export interface Connection {
  status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'
  callSid: string | null
  seconds: number
  recordingSid: string | null
}

export type Perform = (verb: Verb, page: Page) => Promise<Next>

/** Instructions that ask a URL for more TwiML, with what has just happened. */
export function ask(url: string, method: 'GET' | 'POST', fields: Record<string, string> = {}): { go: Instructions } {
  return { go: { url, method, twiml: null, fallbackUrl: null, fallbackMethod: 'POST', fields } }
}
