import type { Json } from './browser'

export interface ReceivedEvent {
  event: string
  data: Json
}

/** Reads server-sent events one by one. */
export interface EventReader {
  status: number
  /** The next event of a kind that satisfies; what comes before it is passed over. */
  next(event: string, satisfies?: (data: Json) => boolean): Promise<Json>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  received: ReceivedEvent[]
  close(): void
}

const patience = 8_000

export async function openEvents(url: string, headers: Record<string, string>): Promise<EventReader> {
  const abort = new AbortController()
  const response = await fetch(url, { headers, signal: abort.signal })
  const received: ReceivedEvent[] = []
  let seen = 0
  let wake = () => {}
  const ended = read()

  async function read(): Promise<void> {
    let rest = ''
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + chunk).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) {
          const event = /^event: (.*)$/m.exec(block)?.[1]
          const data = /^data: (.*)$/m.exec(block)?.[1]
          if (event && data) received.push({ event, data: JSON.parse(data) })
        }
        wake()
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error
    }
  }
  ended.catch(() => {})

  return {
    status: response.status,
    received,
    ended,
    close: () => abort.abort(),
    async next(event, satisfies = () => true) {
      const until = Date.now() + patience
      for (;;) {
        while (seen < received.length) {
          const one = received[seen++]!
          if (one.event === event && satisfies(one.data)) return one.data
        }
        const left = until - Date.now()
        if (left <= 0) throw new Error(`no ${event} came; there were ${received.map((one) => one.event).join(', ') || 'none'}`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
  }
}
