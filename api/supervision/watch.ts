import { z } from 'zod'
import { endpoint, type Endpoint } from '../endpoint'
import { openStream } from '../stream'
import type { SupervisionDeps } from './supervision'
import { readWallboard, wallboardSchema } from './wallboard'
import { tag, watching } from './watching'

const heartbeatMillis = 10_000

/** The wallboard, once and as it changes. */
export function watchEndpoints({ db, gate, sessions, streams, board }: SupervisionDeps): Endpoint[] {
  const access = gate.staff(...watching)
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/wallboard',
      tag,
      summary: 'How things stand: calls, queue, promise, agents, alerts',
      access,
      answers: { 200: { description: 'At this moment.', schema: wallboardSchema } },
      handle: () => readWallboard(db),
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/events',
      tag,
      summary: 'The wallboard as it changes, as server-sent events',
      description: '`wallboard` (Wallboard) at once and whenever something changed, at most once a second.',
      access,
      answers: { 200: { description: 'An endless stream.', mediaType: 'text/event-stream', schema: z.string() } },
      handle({ caller, request, response, log }) {
        const stream = openStream(request, response, { heartbeatMillis, log, stillAllowed: () => sessions.touch(caller.sessionId) })
        stream.onClose(board.watch((state) => stream.send('wallboard', state)))
        streams.add(stream, caller.sessionId)
      },
    }),
  ]
}
