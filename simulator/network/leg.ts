import { EventEmitter, setMaxListeners } from 'node:events'
import type { Clock } from '../clock'
import type { CallStatus, EndedStatus, Instructions } from './call'

/** One thing that could be heard, or one row of keys that was pressed, on a call. */
export interface Line {
  at: string
  /** `voice` for what TwiML says; otherwise the party's label in the conference, or its address. */
  who: string
  kind: 'speech' | 'keys' | 'sound'
  text: string
  language?: string
}

/** `alone`: hears hold music and nobody else. `together`: somebody else can be heard. `none`: not in a room. */
export type Company = 'none' | 'alone' | 'together'

/** What passes between this party and another one in the same talk. */
export interface Earshot {
  hears: boolean
  isHeard: boolean
}

interface LegEvents {
  line: [Line]
  /** Somebody other than this party spoke. */
  heard: [Line]
  keys: [string]
  spoke: [string]
  /** The network waits for keys; the prompts are still running until `promptOver`. */
  gather: []
  promptOver: []
  company: [Company]
  participants: [string[]]
  muted: [boolean]
  earshot: []
  status: [CallStatus]
  pickup: []
  decline: []
  conferenceOver: []
}

/** The call has ended; every wait on its behalf stops with this. */
export class CallOver extends Error {
  constructor(readonly status: EndedStatus) {
    super(`The call is over (${status})`)
    this.name = 'CallOver'
  }
}

/** The REST API gave the call other instructions while it was talking. */
export class Redirected extends Error {
  constructor(readonly instructions: Instructions) {
    super('The call was redirected')
    this.name = 'Redirected'
  }
}

/** A call that is alive in this process: the wire between one party outside and the network. */
export class Leg extends EventEmitter<LegEvents> {
  readonly over = new AbortController()
  private turn = new AbortController()
  company: Company = 'none'
  /** A Gather is open: keys count now, and are lost at any other time. */
  listening = false
  /** Set while it sits in a room, so that what it says reaches the others there. */
  relay: ((text: string) => void) | null = null
  name: string
  /** The other legs of its talk; somebody on hold or coached is in here with what is left to them. */
  earshot: ReadonlyMap<string, Earshot> = new Map()
  /** The party's own microphone is off: what it says stays in the room where it sits. */
  silenced = false

  constructor(
    readonly sid: string,
    readonly party: string,
    private readonly clock: Clock,
    private readonly record: (sid: string, line: Line, own: boolean) => void,
  ) {
    super()
    // Person, interpreter, room and event streams all listen to one leg.
    setMaxListeners(0, this, this.over.signal)
    this.name = party
    this.over.signal.addEventListener('abort', () => this.turn.abort(this.over.signal.reason), { once: true })
  }

  /** A new piece of instructions begins; its signal is aborted by a redirect or by the call's end. */
  beginTurn(): AbortSignal {
    if (this.over.signal.aborted) throw this.over.signal.reason
    this.turn = new AbortController()
    setMaxListeners(0, this.turn.signal)
    return this.turn.signal
  }

  redirect(instructions: Instructions): void {
    this.turn.abort(new Redirected(instructions))
  }

  /** The network lets this party hear something. */
  hear(who: string, text: string, kind: Line['kind'] = 'speech', language?: string): void {
    const line = this.note(who, kind, text, language)
    this.emit('heard', line)
  }

  /** The party outside says something. */
  speak(text: string): void {
    if (this.silenced) return
    this.note(this.name, 'speech', text)
    this.emit('spoke', text)
    this.relay?.(text)
  }

  /** The party outside presses keys, one after the other. */
  press(digits: string): void {
    this.note(this.name, 'keys', digits)
    for (const digit of digits) this.emit('keys', digit)
  }

  keepCompany(company: Company): void {
    if (this.company === company) return
    this.company = company
    this.emit('company', company)
  }

  placeInEarshot(earshot: ReadonlyMap<string, Earshot>): void {
    this.earshot = earshot
    this.emit('earshot')
  }

  private note(who: string, kind: Line['kind'], text: string, language?: string): Line {
    const line: Line = { at: this.clock.now().toISOString(), who, kind, text, ...(language && { language }) }
    this.record(this.sid, line, who === this.name)
    this.emit('line', line)
    return line
  }
}
