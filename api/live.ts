import pg from 'pg'
import type { Log } from '../configuration/log'

/** Something changed for an agent's desk. Without a case or an agent it concerns everybody. */
export interface DeskNews {
  kind: 'offer' | 'case' | 'call' | 'presence'
  agentId?: string | null
  caseId?: string | null
}

/** Something changed that the wallboard counts. */
export interface BoardNews {
  caseId?: string
  agentId?: string
}

export interface Listener {
  desk?(news: DeskNews): void
  board?(news: BoardNews): void
  /** A session is over: its public id. */
  session?(id: string): void
  /** News may have been missed: read the present state again. */
  resync(): void
}

/** Changes in PostgreSQL, as they are committed, by whichever process. */
export interface Live {
  subscribe(listener: Listener): () => void
  readonly connected: boolean
  close(): Promise<void>
}

/**
 * One LISTEN connection for the whole process, fanned out to its streams. A lost connection is
 * opened again with growing pauses, and then everybody is told to read the present state.
 */
export function createLive({ databaseUrl, log }: { databaseUrl: string; log: Log }): Live {
  const listeners = new Set<Listener>()
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let pause = 100
  let closed = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000, keepAlive: true, application_name: 'risk-callback live' })
    next.on('error', (error) => lost(next, error))
    next.on('end', () => lost(next))
    next.on('notification', ({ channel, payload }) => tell(channel, payload))
    try {
      await next.connect()
      await next.query('LISTEN desk')
      await next.query('LISTEN board')
      await next.query('LISTEN session')
    } catch (error) {
      await next.end().catch(() => undefined)
      return retry(error)
    }
    if (closed) return void (await next.end())
    client = next
    pause = 100
    timer = setInterval(() => void probe(next), 15_000)
    for (const listener of listeners) listener.resync()
  }

  /** A connection that died without a word (a pulled cable) is only noticed by asking. */
  async function probe(probed: pg.Client): Promise<void> {
    const timeout = setTimeout(() => probed.connection.stream.destroy(new Error('the LISTEN connection does not answer')), 5_000)
    await probed.query('SELECT 1').catch((error: unknown) => lost(probed, error))
    clearTimeout(timeout)
  }

  function lost(which: pg.Client, error?: unknown): void {
    if (client !== which) return
    client = undefined
    clearInterval(timer)
    which.end().catch(() => undefined)
    retry(error)
  }

  function retry(error: unknown): void {
    if (closed) return
    log.warn({ err: error, pause }, 'no live changes for now')
    timer = setTimeout(() => (connecting = connect()), pause)
    pause = Math.min(pause * 2, 5_000)
  }

  function tell(channel: string, payload = ''): void {
    const news: unknown = JSON.parse(payload)
    for (const listener of listeners) {
      if (channel === 'desk') listener.desk?.(news as DeskNews)
      else if (channel === 'board') listener.board?.(news as BoardNews)
      else listener.session?.((news as { id: string }).id)
    }
  }

  let connecting = connect()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    get connected() {
      return client !== undefined
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await connecting
      const last = client
      client = undefined
      await last?.end()
    },
  }
}
