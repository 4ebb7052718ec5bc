import type { Request, Response } from 'express'
import type { Log } from '../configuration/log'

/** A browser that reads slower than this many bytes behind is cut off; it comes back and gets the present state. */
const maxBehind = 1_000_000

export interface StreamOptions {
  heartbeatMillis: number
  /** At each heartbeat; a stream whose answer is `false` (or a rejection) ends. */
  stillAllowed(): Promise<boolean>
  log: Log
}

/** Server-sent events to one browser. */
export interface EventStream {
  readonly closed: boolean
  send(event: string, data: unknown): void
  /** Told whether nobody is there any more; otherwise this process stops, and the browser comes back. */
  onClose(listener: (left: boolean) => void): void
  close(): void
  /** The other side is taken for gone. */
  drop(): void
  /** The session is over. */
  dismiss(): void
}

export function openStream(request: Request, response: Response, options: StreamOptions): EventStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // Proxies that collect answers before passing them on would hold events back.
    'X-Accel-Buffering': 'no',
  })
  response.write('retry: 1000\n\n')
  request.socket.setNoDelay(true)

  const listeners: ((left: boolean) => void)[] = []
  let closed = false
  const ended = (left: boolean) => {
    if (closed) return
    closed = true
    clearInterval(heartbeat)
    for (const listener of listeners) listener(left)
  }
  const stream: EventStream = {
    get closed() {
      return closed
    },
    send(event, data) {
      if (closed) return
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      if (response.writableLength > maxBehind) response.destroy()
    },
    onClose: (listener) => void listeners.push(listener),
    close() {
      ended(false)
      response.end()
    },
    drop: () => void response.destroy(),
    dismiss() {
      ended(true)
      response.end()
    },
  }
  const heartbeat = setInterval(() => {
    response.write(': still here\n\n')
    options.stillAllowed().then(
      (allowed) => !allowed && stream.dismiss(),
      // The database is away for a moment: the stream stays, the next heartbeat asks again.
      (error) => options.log.warn({ err: error }, 'a heartbeat could not be confirmed'),
    )
  }, options.heartbeatMillis)
  response.on('close', () => ended(true))
  return stream
}
