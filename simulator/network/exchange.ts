import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { behave } from '../people/person'
import { type Reaction, reactionOf } from '../people/persona'
import type { Phones } from '../people/phones'
import type { Store } from '../store'
import type { Ending, Interpreter } from '../twiml/interpreter'
import type { Connection, Target } from '../twiml/page'
import type { Callbacks } from '../webhooks/callbacks'
import { type Call, durationSeconds, type EndedStatus, type Instructions, isOver, remoteParty } from './call'
import type { Callbook, NewCall } from './callbook'
import type { Conferences } from './conferences'
import { detect } from './detection'
import type { DialQueue } from './dialQueue'
import { CallOver, Leg } from './leg'
import type { Recordings } from './recordings'
import type { Registrations } from './registrations'
import type { Transcripts } from './transcripts'

export interface Exchange {
  /** Creates a call and starts its life. */
  place(call: NewCall): Call
  leg(sid: string): Leg | undefined
  /** Ends the call now, whoever asks; does nothing to one that is over. */
  hangUp(sid: string, status?: EndedStatus): void
  redirect(sid: string, instructions: Instructions): void
  /** Rings several addresses at once and joins the first that answers with `from`. */
  connect(from: Leg, targets: Target[], options: { timeoutSeconds: number; callerId: string }, signal: AbortSignal): Promise<Connection>
  /** Goes on with the calls that an earlier process left: rings on, queues on, ends what was talking. */
  recover(): void
}

interface Deps {
  store: Store
  clock: Clock
  callbook: Callbook
  callbacks: Callbacks
  conferences: Conferences
  recordings: Recordings
  transcripts: Transcripts
  phones: Phones
  queue: DialQueue
  registrations: Registrations
  interpreter: () => Interpreter
  log: Logger
  stopping: AbortSignal
}

/** Networks need this long to make a phone ring. */
const postDialMs = 200
/** Twilio lets a phone ring this much longer than `Timeout` says. */
const ringBufferSeconds = 5

type Pickup = 'answered' | EndedStatus

const untilSomebodyDecides: Reaction = { rings: true, then: 'waits', afterSeconds: 0 }

export function createExchange(deps: Deps): Exchange {
  const { store, clock, callbook, callbacks, conferences, recordings, transcripts, phones, queue, registrations, log, stopping } = deps
  const legs = new Map<string, Leg>()
  const byParty = new Map<string, Set<string>>()
  stopping.addEventListener('abort', () => [...legs.values()].forEach((leg) => leg.over.abort(stopping.reason)), { once: true })

  function plug(call: Call): Leg {
    const party = remoteParty(call)
    const leg = new Leg(call.sid, party, clock, transcripts.add)
    legs.set(call.sid, leg)
    byParty.set(party, (byParty.get(party) ?? new Set()).add(call.sid))
    return leg
  }

  function unplug(leg: Leg): void {
    legs.delete(leg.sid)
    byParty.get(leg.party)?.delete(leg.sid)
  }

  function finish(leg: Leg, status: EndedStatus, changes: Partial<Call> = {}): void {
    if (isOver(callbook.get(leg.sid)!.status)) return
    store.together(() => {
      callbook.advance(leg.sid, status, changes)
      leg.over.abort(new CallOver(status))
      const call = callbook.get(leg.sid)!
      if (call.seat) forgetSeat(call)
      recordings.finishAll((r) => r.callSid === leg.sid && r.conferenceSid === null)
    })
    leg.emit('status', status)
    unplug(leg)
  }

  /** A created participant who never came in leaves its reserved place. */
  function forgetSeat(call: Call): void {
    const conference = conferences.live(call.seat!.friendlyName)
    const place = conference && conferences.participant(conference.sid, call.sid)
    if (place && !place.entered) conferences.remove(place)
  }

  async function live(leg: Leg): Promise<void> {
    const { sid } = leg
    const call = () => callbook.get(sid)!
    if (call().status === 'queued' && call().direction === 'outbound-api') await queue.turn(sid, leg.over.signal)
    if (call().status === 'queued') move(leg, 'initiated', { queueMs: Date.now() - Date.parse(call().createdAt) })
    const pickup = await ring(leg)
    if (pickup !== 'answered') return finish(leg, pickup, { sipCode: { busy: 486, failed: 480, 'no-answer': 487 }[pickup as string] ?? null })
    move(leg, 'in-progress', { sipCode: 200 })
    startTimeLimit(leg)
    const { recording, sendDigits } = call()
    if (recording) recordings.start({ callSid: sid, conferenceSid: null, source: 'OutboundAPI', channels: recording.channels, callback: recording.callback })
    letBehave(leg)
    if (sendDigits) leg.hear('voice', sendDigits, 'keys')
    await listenForMachine(leg)
    await talk(leg)
    finish(leg, 'completed')
  }

  function move(leg: Leg, status: Call['status'], changes: Partial<Call> = {}): void {
    callbook.advance(leg.sid, status, changes)
    leg.emit('status', status)
  }

  const isBrowser = (party: string) => party.startsWith('client:') && !phones.known(party)

  function letBehave(leg: Leg, calledIn = false): void {
    if (isBrowser(leg.party)) return
    const persona = phones.persona(leg.party)
    const willing = calledIn && persona.persona !== 'manual' ? { ...persona, persona: 'answers' as const } : persona
    behave(leg, willing, clock, () => finish(leg, 'completed'))
  }

  async function ring(leg: Leg): Promise<Pickup> {
    const { sid, party } = leg
    const resumed = callbook.get(sid)!.status === 'ringing'
    const browser = isBrowser(party)
    if (browser && !registrations.has(party)) return 'no-answer'
    const reaction = browser ? untilSomebodyDecides : reactionOf(phones.persona(party), phones.ringNumber(party, sid))
    if (!resumed) await clock.pass(postDialMs, leg.over.signal)
    if (!reaction.rings) {
      await clock.pass(reaction.afterSeconds * 1000, leg.over.signal)
      return reaction.then as Pickup
    }
    if (!resumed)
      store.together(() => {
        phones.ring(party, sid)
        callbook.advance(sid, 'ringing')
      })
    leg.emit('status', 'ringing')
    const call = callbook.get(sid)!
    if (browser) registrations.ring(party, { callSid: sid, from: call.from, params: call.fields })
    const { ringingAt, timeoutSeconds } = call
    const left = (seconds: number) => Math.max(0, seconds * 1000 - clock.since(ringingAt!))
    const stop = new AbortController()
    const signal = AbortSignal.any([leg.over.signal, stop.signal])
    try {
      return await Promise.race([
        clock.pass(left(timeoutSeconds + ringBufferSeconds), signal).then((): Pickup => 'no-answer'),
        react(leg, reaction, left, signal),
      ])
    } finally {
      stop.abort(new Error('The ringing stopped'))
    }
  }

  async function react(leg: Leg, reaction: Reaction, left: (seconds: number) => number, signal: AbortSignal): Promise<Pickup> {
    const decided = new Promise<Pickup>((resolve) => {
      leg.once('pickup', () => resolve('answered'))
      leg.once('decline', () => resolve('busy'))
    })
    if (reaction.then === 'waits' || reaction.then === 'nothing') return decided
    const alone = (async (): Promise<Pickup> => {
      await clock.pass(left(reaction.afterSeconds), signal)
      // Somebody who is on the phone hears the second call knock and lets it ring.
      while (engaged(leg)) await clock.pass(500, signal)
      return reaction.then === 'answer' ? 'answered' : (reaction.then as EndedStatus)
    })()
    return Promise.race([decided, alone])
  }

  function engaged(leg: Leg): boolean {
    return [...(byParty.get(leg.party) ?? [])].some((sid) => sid !== leg.sid && callbook.get(sid)!.status === 'in-progress')
  }

  function startTimeLimit(leg: Leg): void {
    const { timeLimitSeconds } = callbook.get(leg.sid)!
    clock.pass(timeLimitSeconds * 1000, leg.over.signal).then(
      () => finish(leg, 'completed'),
      () => {},
    )
  }

  async function listenForMachine(leg: Leg): Promise<void> {
    const { detection } = callbook.get(leg.sid)!
    if (!detection) return
    const detecting = detect(leg, phones.persona(leg.party).persona, detection, clock).then(({ answeredBy, durationMs }) => {
      const call = callbook.change(leg.sid, { answeredBy })
      if (!detection.async || !detection.callback) return
      const { AccountSid, CallSid } = callbook.fields(call) as Record<string, string>
      callbacks.post(detection.callback, { AccountSid: AccountSid!, CallSid: CallSid!, AnsweredBy: answeredBy, MachineDetectionDuration: String(durationMs) })
    })
    if (!detection.async) return detecting
    detecting.catch((error: unknown) => leg.over.signal.aborted || log.error({ err: error, callSid: leg.sid }, 'answering machine detection failed'))
  }

  async function talk(leg: Leg): Promise<void> {
    const { seat, instructions } = callbook.get(leg.sid)!
    if (seat) await conferences.enter(leg, seat, leg.beginTurn())
    else if (instructions) await deps.interpreter().run(leg, instructions, () => {})
  }

  /** A call that came in: it rings here until its instructions answer it. */
  async function serve(leg: Leg): Promise<void> {
    const answer = () => {
      if (callbook.get(leg.sid)!.status === 'in-progress') return
      move(leg, 'in-progress')
      startTimeLimit(leg)
      // Who rings up talks, however they pick up when they are called.
      letBehave(leg, true)
    }
    const ending: Ending = await deps.interpreter().run(leg, callbook.get(leg.sid)!.instructions!, answer)
    if (ending === 'hangup') return finish(leg, 'completed')
    finish(leg, ending.reject === 'busy' ? 'busy' : 'no-answer')
  }

  function start(call: Call, life: (leg: Leg) => Promise<void>): Leg {
    const leg = plug(call)
    life(leg).catch((error: unknown) => {
      if (leg.over.signal.aborted) return
      log.error({ err: error, callSid: leg.sid }, 'call failed')
      finish(leg, 'failed')
    })
    return leg
  }

  async function bridge(from: Leg, to: Leg, signal: AbortSignal): Promise<void> {
    const both = [from, to] as const
    from.relay = (text) => to.hear(from.name, text)
    to.relay = (text) => from.hear(to.name, text)
    for (const leg of both) {
      leg.keepCompany('together')
      leg.emit('participants', [from.name, to.name])
    }
    await new Promise<void>((resolve) => {
      to.over.signal.addEventListener('abort', () => resolve(), { once: true })
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    from.relay = null
    from.keepCompany('none')
    if (!to.over.signal.aborted) finish(to, 'completed')
  }

  return {
    place(wanted) {
      const call = callbook.create({ ...wanted, queueMs: wanted.direction === 'outbound-api' ? Math.round(queue.expectedWaitMs()) : 0 })
      if (call.direction === 'inbound') {
        callbook.change(call.sid, { status: 'ringing', dialledAt: call.createdAt })
        start(call, serve)
      } else start(call, live)
      return callbook.get(call.sid)!
    },
    leg: (sid) => legs.get(sid),
    hangUp(sid, status) {
      const leg = legs.get(sid)
      if (!leg) return
      finish(leg, status ?? (callbook.get(sid)!.status === 'in-progress' ? 'completed' : 'canceled'))
    },
    redirect(sid, instructions) {
      callbook.change(sid, { instructions })
      legs.get(sid)?.redirect(instructions)
    },
    async connect(from, targets, { timeoutSeconds, callerId }, signal) {
      const started = new AbortController()
      const children = targets.map((target) => {
        const call = callbook.create({
          parentSid: from.sid,
          from: callerId,
          to: target.address,
          direction: 'outbound-dial',
          timeoutSeconds,
          callback: target.callback,
          fields: target.fields,
        })
        return { call, target }
      })
      const answered = new Promise<Leg | null>((resolve) => {
        let ringing = children.length
        for (const { call } of children)
          start(call, async (leg) => {
            move(leg, 'initiated')
            const pickup = await ring(leg).catch((error: unknown) => {
              if (--ringing === 0) resolve(null)
              throw error
            })
            if (pickup !== 'answered' || started.signal.aborted) {
              finish(leg, pickup === 'answered' ? 'canceled' : pickup)
              if (--ringing === 0) resolve(null)
              return
            }
            started.abort()
            move(leg, 'in-progress')
            letBehave(leg)
            resolve(leg)
            await new Promise<void>((end) => leg.over.signal.addEventListener('abort', () => end(), { once: true }))
          })
        signal.addEventListener('abort', () => resolve(null), { once: true })
      })
      const to = await answered
      for (const { call } of children) if (call.sid !== to?.sid) this.hangUp(call.sid, 'canceled')
      if (to && !signal.aborted) await bridge(from, to, signal)
      if (signal.aborted) throw signal.reason
      const last = callbook.get(to?.sid ?? children[0]!.call.sid)!
      return { status: last.status as Connection['status'], callSid: last.sid, seconds: durationSeconds(last) }
    },
    recover() {
      for (const call of callbook.list().reverse()) {
        if (isOver(call.status)) continue
        const outbound = call.direction === 'outbound-api'
        if (outbound && call.status !== 'in-progress') start(call, live)
        // Nobody can carry on a talk whose media died with the process.
        else finish(plug(call), call.status === 'in-progress' ? 'completed' : 'failed')
      }
      conferences.recover()
      recordings.finishAll(() => true)
    },
  }
}
