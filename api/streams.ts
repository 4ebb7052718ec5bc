import { Gauge, type Registry } from 'prom-client'
import { publicSessionId } from '../records/sessions'
import type { Live } from './live'
import type { EventStream } from './stream'

/** The event streams that are open at this process, so that a stop, or the end of a session, can end them. */
export interface Streams {
  add(stream: EventStream, sessionId: string): void
  closeAll(): void
}

export function createStreams(metrics: Registry, live: Live): Streams {
  const open = new Map<EventStream, string>()
  const gauge = new Gauge({ name: 'event_streams_open', help: 'Browsers that listen to server-sent events', registers: [metrics] })
  live.subscribe({
    session(id) {
      for (const [stream, session] of open) if (session === id) stream.dismiss()
    },
    // What was missed is noticed at the next heartbeat.
    resync: () => undefined,
  })
  return {
    add(stream, sessionId) {
      // The browser may have left while its first state was read.
      if (stream.closed) return
      open.set(stream, publicSessionId(sessionId))
      gauge.set(open.size)
      stream.onClose(() => {
        open.delete(stream)
        gauge.set(open.size)
      })
    },
    closeAll() {
      for (const stream of open.keys()) stream.close()
    },
  }
}
