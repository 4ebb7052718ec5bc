import { serverClock } from './clock'

/** `refused`: the server will not have us (its HTTP status is given); nothing is tried again. */
export type StreamState = 'connecting' | 'live' | 'lost' | 'refused'

export interface EventStreamOptions {
  url: string
  onEvent(name: string, data: unknown): void
  onState(state: StreamState, status?: number): void
  /** No byte for this long, not even a heartbeat, and the connection counts as lost. */
  silenceMillis?: number
}

export interface EventStream {
  close(): void
}

/**
 * Server-sent events over fetch. The browser's own EventSource hides heartbeats, so it can't tell a
 * silent desk from a dead connection, and it gives up for good on the first 503.
 */
export function openEventStream({ url, onEvent, onState, silenceMillis = 25_000 }: EventStreamOptions): EventStream {
  let closed = false
  let failures = 0
  let wake: (() => void) | undefined
  let current: AbortController | undefined

  async function readOnce(): Promise<'again' | 'refused'> {
    const controller = new AbortController()
    current = controller
    let silence = setTimeout(() => controller.abort(), silenceMillis)
    const sentAt = Date.now()
    try {
      const response = await fetch(url, {
        headers: { accept: 'text/event-stream' },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: controller.signal,
      })
      serverClock.observe(sentAt, Date.now(), response.headers.get('date'))
      if (!response.ok || response.body === null) {
        const final = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429
        if (final) onState('refused', response.status)
        return final ? 'refused' : 'again'
      }
      failures = 0
      onState('live')
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      const feed = createEventParser(onEvent)
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return 'again'
        clearTimeout(silence)
        silence = setTimeout(() => controller.abort(), silenceMillis)
        feed(value)
      }
    } catch {
      // Network gone, silence, or closed by us: all of them end in the loop below.
      return 'again'
    } finally {
      clearTimeout(silence)
    }
  }

  async function run(): Promise<void> {
    onState('connecting')
    while (!closed) {
      if ((await readOnce()) === 'refused' || closed) return
      onState('lost')
      const pause = Math.min(5_000, 300 * 2 ** failures) * (0.75 + Math.random() / 2)
      failures += 1
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  const retryNow = () => wake?.()
  const lostAtOnce = () => current?.abort()
  window.addEventListener('online', retryNow)
  window.addEventListener('offline', lostAtOnce)
  void run()

  return {
    close() {
      closed = true
      window.removeEventListener('online', retryNow)
      window.removeEventListener('offline', lostAtOnce)
      current?.abort()
      wake?.()
    },
  }
}

/** Takes the text as it arrives, in any pieces, and tells each complete event whose data is JSON. */
export function createEventParser(onEvent: (name: string, data: unknown) => void): (text: string) => void {
  let rest = ''
  let name = 'message'
  let data: string[] = []

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) onEvent(name, JSON.parse(data.join('\n')))
      name = 'message'
      data = []
      return
    }
    const colon = text.indexOf(':')
    const field = colon === -1 ? text : text.slice(0, colon)
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
  }

  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const each of lines) line(each)
  }
}
