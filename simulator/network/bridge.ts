import type { Connection, Target } from '../twiml/page'
import { type Call, durationSeconds, isOver } from './call'
import type { Callbook } from './callbook'
import type { Leg } from './leg'
import type { Ring } from './ringing'
import type { Switchboard } from './switchboard'

/** Rings several addresses at once and joins the first that answers with `from`, until one of them goes. */
export type Connect = (from: Leg, targets: Target[], options: { timeoutSeconds: number; callerId: string }, signal: AbortSignal) => Promise<Connection>

export function createBridge({ callbook, switchboard, ring }: { callbook: Callbook; switchboard: Switchboard; ring: Ring }): Connect {
  return async function connect(from, targets, { timeoutSeconds, callerId }, signal) {
    const children = targets.map(({ address, callback, fields }) =>
      callbook.create({ parentSid: from.sid, from: callerId, to: address, direction: 'outbound-dial', timeoutSeconds, callback, fields }),
    )
    const to = await firstToAnswer(children, signal)
    for (const { sid } of children) {
      const rival = switchboard.leg(sid)
      if (rival && rival !== to) switchboard.finish(rival, 'canceled')
    }
    if (to && !signal.aborted) await join(from, to, signal)
    if (to) switchboard.finish(to, 'completed')
    if (signal.aborted) throw signal.reason
    const last = callbook.get(to?.sid ?? children[0]!.sid)!
    return { status: isOver(last.status) ? last.status : 'failed', callSid: last.sid, seconds: durationSeconds(last) }
  }

  /** The leg that was answered first; nothing when all have failed, or the caller went. */
  function firstToAnswer(children: Call[], signal: AbortSignal): Promise<Leg | undefined> {
    return new Promise((resolve) => {
      let taken = false
      let open = children.length
      const lost = () => --open === 0 && resolve(undefined)
      signal.addEventListener('abort', () => resolve(undefined), { once: true })
      const life = async (leg: Leg): Promise<void> => {
        leg.over.signal.addEventListener('abort', lost, { once: true })
        switchboard.move(leg, 'initiated')
        const pickup = await ring(leg)
        if (pickup !== 'answered') return switchboard.finish(leg, pickup)
        if (taken) return switchboard.finish(leg, 'canceled')
        taken = true
        switchboard.move(leg, 'in-progress')
        switchboard.wake(leg)
        resolve(leg)
      }
      for (const call of children) switchboard.start(call, life)
    })
  }
}

/** Lets the two hear each other until one of them goes. */
async function join(from: Leg, to: Leg, signal: AbortSignal): Promise<void> {
  from.relay = (text) => to.hear(from.name, text)
  to.relay = (text) => from.hear(to.name, text)
  for (const leg of [from, to]) {
    leg.keepCompany('together')
    leg.emit('participants', [from.name, to.name])
  }
  await new Promise<void>((resolve) => {
    for (const gone of [to.over.signal, signal]) gone.addEventListener('abort', () => resolve(), { once: true })
  })
  from.relay = null
  from.keepCompany('none')
}
