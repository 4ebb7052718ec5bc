import type { Logger } from 'pino'
import type { Clock } from '../clock'
import type { Phones } from '../people/phones'
import type { Interpreter } from '../twiml/interpreter'
import type { Callbacks } from '../webhooks/callbacks'
import { type Call, type EndedStatus, type Instructions, isOver } from './call'
import type { Callbook, NewCall } from './callbook'
import type { Conferences } from './conferences'
import { detect } from './detection'
import type { DialQueue } from './dialQueue'
import type { Leg } from './leg'
import type { Recordings } from './recordings'
import type { Ring } from './ringing'
import type { Switchboard } from './switchboard'

export interface Exchange {
  /** Creates a call and starts its life. */
  place(call: NewCall): Call
  leg(sid: string): Leg | undefined
  /** Ends the call now, whoever asks; does nothing to one that is over. */
  hangUp(sid: string): void
  /** Gives a call that is talking other instructions. */
  redirect(sid: string, instructions: Instructions): void
  /** Goes on with the calls that an earlier process left: rings on, queues on, ends what was talking. */
  recover(): void
}

interface Deps {
  clock: Clock
  callbook: Callbook
  callbacks: Callbacks
  conferences: Conferences
  interpreter: Interpreter
  log: Logger
  phones: Phones
  queue: DialQueue
  recordings: Recordings
  ring: Ring
  switchboard: Switchboard
}

/** What SIP told the network; Twilio passes it on with the completed event. */
const sipCodes: Record<string, number> = { busy: 486, failed: 480, 'no-answer': 487 }

export function createExchange(deps: Deps): Exchange {
  const { clock, callbook, callbacks, conferences, interpreter, log, phones, queue, recordings, ring, switchboard } = deps
  const { move, finish } = switchboard

  /** A call that goes out, from the account's queue to its end. */
  async function live(leg: Leg): Promise<void> {
    const call = () => callbook.get(leg.sid)!
    if (call().status === 'queued') {
      await queue.turn(leg.sid, leg.over.signal)
      move(leg, 'initiated', { queueMs: Date.now() - Date.parse(call().createdAt) })
    }
    const pickup = await ring(leg)
    if (pickup !== 'answered') return finish(leg, pickup, { sipCode: sipCodes[pickup] ?? null })
    move(leg, 'in-progress', { sipCode: 200 })
    limitTime(leg)
    const { recording, sendDigits, seat, instructions } = call()
    if (recording) recordings.start({ callSid: leg.sid, conferenceSid: null, source: 'OutboundAPI', ...recording })
    switchboard.wake(leg)
    if (sendDigits) leg.hear('voice', sendDigits, 'keys')
    await listenForMachine(leg)
    if (seat) await conferences.enter(leg, seat, leg.beginTurn())
    else await interpreter.run(leg, instructions!, () => {})
    finish(leg, 'completed')
  }

  /** A call that came in: it rings here until its instructions answer it. */
  async function serve(leg: Leg): Promise<void> {
    const answer = () => {
      if (callbook.get(leg.sid)!.status === 'in-progress') return
      move(leg, 'in-progress')
      limitTime(leg)
      switchboard.wake(leg, true)
    }
    const ending = await interpreter.run(leg, callbook.get(leg.sid)!.instructions!, answer)
    if (ending === 'hangup') return finish(leg, 'completed')
    finish(leg, ending.reject === 'busy' ? 'busy' : 'no-answer')
  }

  function limitTime(leg: Leg): void {
    const { timeLimitSeconds } = callbook.get(leg.sid)!
    clock.pass(timeLimitSeconds * 1000, leg.over.signal).then(
      () => finish(leg, 'completed'),
      () => {},
    )
  }

  /** Synchronous detection holds the instructions back until it knows; asynchronous has a callback of its own. */
  async function listenForMachine(leg: Leg): Promise<void> {
    const { detection } = callbook.get(leg.sid)!
    if (!detection) return
    const detecting = detect(leg, phones.persona(leg.party).persona, detection, clock).then(({ answeredBy, durationMs }) => {
      const { AccountSid = '', CallSid = '' } = callbook.fields(callbook.change(leg.sid, { answeredBy }))
      if (!detection.async || !detection.callback) return
      callbacks.post(detection.callback, { AccountSid, CallSid, AnsweredBy: answeredBy, MachineDetectionDuration: String(durationMs) })
    })
    if (!detection.async) return detecting
    detecting.catch((error: unknown) => {
      if (!leg.over.signal.aborted) log.error({ err: error, callSid: leg.sid }, 'answering machine detection failed')
    })
  }

  return {
    place(wanted) {
      if (wanted.direction === 'inbound') {
        const call = callbook.create({ ...wanted, status: 'ringing', dialledAt: clock.now().toISOString() })
        switchboard.start(call, serve)
        return call
      }
      const call = callbook.create({ ...wanted, queueMs: Math.round(queue.expectedWaitMs()) })
      switchboard.start(call, live)
      return call
    },
    leg: switchboard.leg,
    hangUp(sid) {
      const leg = switchboard.leg(sid)
      if (!leg) return
      const status: EndedStatus = callbook.get(sid)!.status === 'in-progress' ? 'completed' : 'canceled'
      finish(leg, status)
    },
    redirect(sid, instructions) {
      callbook.change(sid, { instructions })
      switchboard.leg(sid)?.redirect(instructions)
    },
    recover() {
      for (const call of callbook.list().reverse()) {
        if (isOver(call.status)) continue
        const talking = call.status === 'in-progress'
        if (call.direction === 'outbound-api' && !talking) switchboard.start(call, live)
        // Nobody can carry on a talk whose media died with the process.
        else switchboard.bury(call, talking ? 'completed' : 'failed')
      }
      conferences.recover()
      recordings.finishAll(() => true)
    },
  }
}
