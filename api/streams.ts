import { Gauge, type Registry } from 'prom-client'
import type { EventStream } from './stream'

/** The event streams that are open at this process, so that a stop can end them. */
export interface Streams {
  add(stream: EventStream): void
  closeAll(): void
}

export function createStreams(metrics: Registry): Streams {
  const open = new Set<EventStream>()
  const gauge = new Gauge({ name: 'event_streams_open', help: 'Browsers that listen to server-sent events', registers: [metrics] })
  return {
    add(stream) {
      // The browser may have left while its first state was read.
      if (stream.closed) return
      open.add(stream)
      gauge.set(open.size)
      stream.onClose(() => {
        open.delete(stream)
        gauge.set(open.size)
      })
    },
    closeAll() {
      for (const stream of open) stream.close()
    },
  }
}
