import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { behave } from '../people/person'
import type { Phones } from '../people/phones'
import type { Store } from '../store'
import { type Call, type CallStatus, type EndedStatus, isOver, remoteParty } from './call'
import type { Callbook } from './callbook'
import { CallOver, Leg } from './leg'
import type { Recordings } from './recordings'
import type { Transcriptions } from './transcriptions'
import type { Transcripts } from './transcripts'

/** The calls that are alive in this process, and how each begins, moves and ends. */
export interface Switchboard {
  leg(sid: string): Leg | undefined
  /** Lets the call live; a life that fails ends the call as failed. */
  start(call: Call, life: (leg: Leg) => Promise<void>): Leg
  /** For a call that an earlier process left and nobody can go on with. */
  bury(call: Call, status: EndedStatus): void
  move(leg: Leg, status: CallStatus, changes?: Partial<Call>): void
  /** Ends the call now, whoever asks; does nothing to one that is over. */
  finish(leg: Leg, status: EndedStatus, changes?: Partial<Call>): void
  /** Whether the party of this leg is talking on another one. */
  engaged(leg: Leg): boolean
  isBrowser(party: string): boolean
  /** Wakes the person at the other end. One who rang up talks, however they pick up when they are called. */
  wake(leg: Leg, calledIn?: boolean): void
}

interface Deps {
  store: Store
  clock: Clock
  callbook: Callbook
  recordings: Recordings
  transcriptions: Transcriptions
  transcripts: Transcripts
  phones: Phones
  log: Logger
  stopping: AbortSignal
  /** Told inside the change that ends the call. */
  onEnd: (call: Call) => void
}

export function createSwitchboard({ store, clock, callbook, recordings, transcriptions, transcripts, phones, log, stopping, onEnd }: Deps): Switchboard {
  const legs = new Map<string, Leg>()
  const byParty = new Map<string, Set<string>>()
  const stop = () => {
    for (const leg of legs.values()) leg.over.abort(stopping.reason)
  }
  stopping.addEventListener('abort', stop, { once: true })

  function plug(call: Call): Leg {
    const leg = new Leg(call.sid, remoteParty(call), clock, (sid, line, own) => {
      transcripts.add(sid, line)
      transcriptions.hear(sid, line, own)
    })
    legs.set(call.sid, leg)
    byParty.set(leg.party, (byParty.get(leg.party) ?? new Set()).add(call.sid))
    return leg
  }

  function unplug(leg: Leg): void {
    legs.delete(leg.sid)
    const siblings = byParty.get(leg.party)
    siblings?.delete(leg.sid)
    if (siblings?.size === 0) byParty.delete(leg.party)
  }

  const self: Switchboard = {
    leg: (sid) => legs.get(sid),
    start(call, life) {
      const leg = plug(call)
      life(leg).catch((error: unknown) => {
        if (leg.over.signal.aborted) return
        log.error({ err: error, callSid: leg.sid }, 'call failed')
        self.finish(leg, 'failed')
      })
      return leg
    },
    bury: (call, status) => self.finish(plug(call), status),
    move(leg, status, changes) {
      callbook.advance(leg.sid, status, changes)
      leg.emit('status', status)
    },
    finish(leg, status, changes) {
      if (isOver(callbook.get(leg.sid)!.status)) return
      store.together(() => {
        const call = callbook.advance(leg.sid, status, changes)
        leg.over.abort(new CallOver(status))
        onEnd(call)
        transcriptions.stopAll(leg.sid)
        recordings.finishAll((r) => r.callSid === leg.sid && r.conferenceSid === null)
      })
      leg.emit('status', status)
      unplug(leg)
    },
    engaged: (leg) => [...(byParty.get(leg.party) ?? [])].some((sid) => sid !== leg.sid && callbook.get(sid)!.status === 'in-progress'),
    isBrowser: (party) => party.startsWith('client:') && !phones.known(party),
    wake(leg, calledIn = false) {
      if (self.isBrowser(leg.party)) return
      const persona = phones.persona(leg.party)
      const willing = calledIn && persona.persona !== 'manual' ? { ...persona, persona: 'answers' as const } : persona
      behave(leg, willing, clock, () => self.finish(leg, 'completed'))
    },
  }
  return self
}
