import type { Clock } from '../clock'
import { type Reaction, reactionOf } from '../people/persona'
import type { Phones } from '../people/phones'
import type { Store } from '../store'
import type { EndedStatus } from './call'
import type { Callbook } from './callbook'
import type { Leg } from './leg'
import type { Registrations } from './registrations'
import type { Switchboard } from './switchboard'

/** Networks need this long to make a phone ring. */
const postDialMs = 200
/** Twilio lets a phone ring this much longer than `Timeout` says. */
const ringBufferSeconds = 5

export type Pickup = 'answered' | EndedStatus

/** Makes a dialled leg ring until somebody or something decides; a leg that rang before goes on where it was. */
export type Ring = (leg: Leg) => Promise<Pickup>

interface Deps {
  store: Store
  clock: Clock
  callbook: Callbook
  phones: Phones
  registrations: Registrations
  switchboard: Switchboard
}

export function createRinging({ store, clock, callbook, phones, registrations, switchboard }: Deps): Ring {
  return async function ring(leg) {
    const { sid, party } = leg
    const rang = callbook.get(sid)!.status === 'ringing'
    const browser = switchboard.isBrowser(party)
    if (browser && !registrations.has(party)) return 'no-answer'
    const reaction: Reaction = browser ? { rings: true, then: 'waits', afterSeconds: 0 } : reactionOf(phones.persona(party), phones.ringNumber(party, sid))
    if (!rang) await clock.pass(postDialMs, leg.over.signal)
    if (!reaction.rings) {
      await clock.pass(reaction.afterSeconds * 1000, leg.over.signal)
      return pickupOf(reaction)
    }
    if (!rang)
      store.together(() => {
        phones.ring(party, sid)
        switchboard.move(leg, 'ringing')
      })
    const { from, fields, ringingAt, timeoutSeconds } = callbook.get(sid)!
    if (browser) registrations.ring(party, { callSid: sid, from, params: fields })

    const left = (seconds: number) => Math.max(0, seconds * 1000 - clock.since(ringingAt!))
    const stop = new AbortController()
    const signal = AbortSignal.any([leg.over.signal, stop.signal])
    try {
      // Habit before timeout: when both moments passed while no process ran, the earlier one counts.
      return await Promise.race([
        byHand(leg),
        byHabit(leg, reaction, left(reaction.afterSeconds), signal),
        clock.pass(left(timeoutSeconds + ringBufferSeconds), signal).then((): Pickup => 'no-answer'),
      ])
    } finally {
      stop.abort(new Error('The ringing stopped'))
    }
  }

  function byHand(leg: Leg): Promise<Pickup> {
    return new Promise((resolve) => {
      leg.once('pickup', () => resolve('answered'))
      leg.once('decline', () => resolve('busy'))
    })
  }

  async function byHabit(leg: Leg, reaction: Reaction, afterMs: number, signal: AbortSignal): Promise<Pickup> {
    if (reaction.then === 'waits' || reaction.then === 'nothing') return new Promise(() => {})
    await clock.pass(afterMs, signal)
    // Somebody who is on the phone hears the second call knock and lets it ring.
    while (switchboard.engaged(leg)) await clock.pass(500, signal)
    return pickupOf(reaction)
  }
}

function pickupOf({ then }: Reaction): Pickup {
  switch (then) {
    case 'answer':
      return 'answered'
    case 'busy':
    case 'failed':
      return then
    case 'nothing':
    case 'waits':
      return 'no-answer'
  }
}
