import type { Clock } from '../clock'
import type { Connection, DialWishes, Target, VerbDeps } from '../twiml/page'
import { type Call, durationSeconds, isOver } from './call'
import type { Callbook } from './callbook'
import type { Leg } from './leg'
import type { Recordings } from './recordings'
import type { Ring } from './ringing'
import type { Switchboard } from './switchboard'

/** Rings several addresses at once and joins the first that answers with `from`, until one of them goes. */
export type Connect = VerbDeps['connect']

interface Deps {
  callbook: Callbook
  clock: Clock
  play: VerbDeps['play']
  recordings: Recordings
  ring: Ring
  switchboard: Switchboard
}

export function createBridge({ callbook, clock, play, recordings, ring, switchboard }: Deps): Connect {
  return async function connect(from, targets, wishes, signal): Promise<Connection> {
    const { callerId, timeoutSeconds, timeLimitSeconds } = wishes
    const children = targets.map(({ address, callback, fields }) =>
      callbook.create({ parentSid: from.sid, from: callerId, to: address, direction: 'outbound-dial', timeoutSeconds, timeLimitSeconds, callback, fields }),
    )
    const to = await firstToAnswer(children, targets, signal)
    for (const { sid } of children) {
      const rival = switchboard.leg(sid)
      if (rival && rival !== to) switchboard.finish(rival, 'canceled')
    }
    const recordingSid = to && !signal.aborted && !to.over.signal.aborted ? await join(from, to, wishes, signal) : null
    if (to) switchboard.finish(to, 'completed')
    if (signal.aborted) throw signal.reason
    const last = callbook.get(to?.sid ?? children[0]!.sid)!
    return { status: isOver(last.status) ? last.status : 'failed', callSid: last.sid, seconds: durationSeconds(last), recordingSid }
  }

  /** The leg that was answered first; nothing when all have failed, or the caller went. */
  function firstToAnswer(children: Call[], targets: Target[], signal: AbortSignal): Promise<Leg | undefined> {
    return new Promise((resolve) => {
      let taken = false
      let open = children.length
      const lost = () => --open === 0 && resolve(undefined)
      signal.addEventListener('abort', () => resolve(undefined), { once: true })
      const life = async (leg: Leg, { whisper }: Target): Promise<void> => {
        leg.over.signal.addEventListener('abort', lost, { once: true })
        switchboard.move(leg, 'initiated')
        const pickup = await ring(leg)
        if (pickup !== 'answered') return switchboard.finish(leg, pickup)
        if (taken) return switchboard.finish(leg, 'canceled')
        taken = true
        switchboard.move(leg, 'in-progress')
        switchboard.wake(leg)
        if (whisper) await play(leg, whisper, leg.over.signal)
        resolve(leg)
      }
      children.forEach((call, i) => switchboard.start(call, (leg) => life(leg, targets[i]!)))
    })
  }

  /** Lets the two hear each other until one of them goes; tells the recording, if there is one. */
  async function join(from: Leg, to: Leg, wishes: DialWishes, signal: AbortSignal): Promise<string | null> {
    const tape = wishes.record && recordings.start({ callSid: from.sid, conferenceSid: null, source: 'DialVerb', ...wishes.record })
    from.relay = (text) => to.hear(from.name, text)
    to.relay = (text) => from.hear(to.name, text)
    for (const [leg, other] of [
      [from, to],
      [to, from],
    ] as const) {
      leg.keepCompany('together')
      leg.placeInEarshot(new Map([[other.sid, { hears: true, isHeard: true }]]))
      leg.emit('participants', [from.name, to.name])
    }
    const apart = new AbortController()
    const part = () => apart.abort()
    const star = (key: string) => wishes.hangupOnStar && key === '*' && part()
    from.on('keys', star)
    for (const gone of [to.over.signal, signal]) gone.addEventListener('abort', part, { once: true })
    await clock.pass(wishes.timeLimitSeconds * 1000, apart.signal).catch(() => {})
    from.off('keys', star)
    from.relay = null
    from.keepCompany('none')
    from.placeInEarshot(new Map())
    if (tape) recordings.finish(tape.sid)
    return tape?.sid ?? null
  }
}
