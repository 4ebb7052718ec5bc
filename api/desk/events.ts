import { z } from 'zod'
import { lastSign, renewLease, shortenLease } from '../../records/presence'
import { endpoint, type Endpoint } from '../endpoint'
import { openStream } from '../stream'
import type { PresenceView } from '../views/presence'
import type { DeskDeps } from './desk'
import { createDeskFeed } from './feed'
import { createPulse } from './pulse'

const heartbeatMillis = 10_000
/** Longer than a heartbeat: an agent's second window, perhaps at another process, must get to renew the lease. */
const reloadGraceSeconds = 12

const example = `event: presence
data: {"status":"available","reason":null,"since":"2012-05-25T01:00:00.000Z","leaseUntil":"2012-05-25T01:00:30.000Z","caseId":null,"wrapUpUntil":null,"wrapUpExtended":false,"next":"available","offer":null,"chats":[],"chatLimit":3}
`

export function eventsEndpoints({ db, gate, live, sessions, streams, messages, log }: DeskDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/desk/events',
      tag: 'desk',
      summary: 'What happens at this desk, as server-sent events',
      description:
        'At once, and again after a reconnect, the present state: `presence` (Presence), `offer` (Offer) if one is pending, `case` (Case) and `call` (Call) if one is held. Then whatever changes. An offer that went away is told by a `presence` without one. While the stream is open the lease is renewed. A `pulse` is to be answered by `POST /v1/desk/pulse`.',
      access: gate.staff('agent', 'supervisor'),
      answers: { 200: { description: 'An endless stream.', mediaType: 'text/event-stream', schema: z.string(), example } },
      async handle({ caller, request, response, log: requestLog }) {
        await renewLease(db, caller.id)
        const stream = openStream(request, response, {
          heartbeatMillis,
          log: requestLog,
          async stillAllowed() {
            if (!(await sessions.touch(caller.sessionId))) return false
            if (await renewLease(db, caller.id)) await messages.offerToFreeAgent(caller.id)
            return true
          },
        })
        let status = ''
        const send: typeof stream.send = (event, data) => {
          if (event === 'presence') ({ status } = data as PresenceView)
          stream.send(event, data)
        }
        const feed = createDeskFeed({ db, userId: caller.id, send, log: requestLog })
        const pulse = createPulse({
          ask: () => stream.send('pulse', {}),
          lastSign: () => lastSign(db, caller.id),
          engaged: () => status === 'busy' || status === 'offered',
          onLost() {
            log.warn({ agentId: caller.id }, 'a browser does not answer any more')
            stream.drop()
          },
        })
        const unsubscribe = live.subscribe({ desk: feed.hear, board: feed.hearOfCase, resync: feed.snapshot })
        stream.onClose(unsubscribe)
        stream.onClose(feed.close)
        stream.onClose(pulse.stop)
        stream.onClose(() => {
          shortenLease(db, caller.id, reloadGraceSeconds).catch((error: unknown) => log.warn({ err: error }, 'a lease runs on to its end'))
        })
        stream.onClose((left) => left && void messages.browserLeft(caller.id))
        streams.add(stream, caller.sessionId)
        feed.snapshot()
        // Whoever comes back after the lease had lapsed may be needed at once.
        await messages.offerToFreeAgent(caller.id)
      },
    }),
  ]
}
