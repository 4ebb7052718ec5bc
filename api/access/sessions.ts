import connectPgSimple from 'connect-pg-simple'
import type { Request, Response } from 'express'
import session from 'express-session'
import type pg from 'pg'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'

declare module 'express-session' {
  interface SessionData {
    userId: string
    /** Milliseconds since 1970 after which signing in again is due, however busy the session is. */
    endsAt: number
    /** Milliseconds since 1970. */
    startedAt: number
    /** The address that it was started from. */
    from: string
    /** What the browser called itself then. */
    browser: string
    /** Of the identity provider, for signing out there too. */
    idToken?: string
  }
}

export interface SessionLimits {
  /** Without a request for this long the session is over. */
  idleSeconds: number
  /** And after this long in any case. */
  absoluteSeconds: number
}

export const sessionLimits: SessionLimits = { idleSeconds: 30 * 60, absoluteSeconds: 12 * 3600 }

/**
 * A use is written down when the last one that was is this long ago: every write is one that an answer waits for.
 * By so much may a session be over too early.
 */
const writtenEvery = ({ idleSeconds }: SessionLimits) => Math.min(60, idleSeconds / 30)
/** Beyond, all are forgotten; their next use is then written once too often. */
const mostRemembered = 10_000

export interface Sessions {
  /** Puts the request's session, new or known, on `request.session`. */
  load(request: Request, response: Response): Promise<void>
  /** Signs a person in under a new session id, so that an id planted before is worth nothing. */
  start(request: Request, userId: string, idToken?: string): Promise<void>
  end(request: Request): Promise<void>
  /** An open event stream counts as use. @returns whether the session still lives */
  touch(sessionId: string): Promise<boolean>
  close(): Promise<void>
}

export function createSessions(deps: { pool: pg.Pool; configuration: Configuration; log: Log; limits?: SessionLimits }): Sessions {
  const { idleSeconds, absoluteSeconds } = deps.limits ?? sessionLimits
  const { https, sessionSecret } = deps.configuration
  const writtenEverySeconds = writtenEvery({ idleSeconds, absoluteSeconds })
  /** When this process last wrote a use of each session; epoch milliseconds. */
  const written = new Map<string, number>()
  const Store = connectPgSimple(session)
  const store = new Store({
    pool: deps.pool,
    ttl: idleSeconds,
    disableTouch: true, // it would write at each request
    errorLog: (...words: unknown[]) => deps.log.warn({ words: words.map(String) }, 'session store'),
  })
  const middleware = session({
    store,
    secret: sessionSecret,
    name: https ? '__Host-session' : 'session',
    resave: false,
    saveUninitialized: false,
    // No lifetime in the browser: the server's two clocks end it.
    cookie: { httpOnly: true, sameSite: 'strict', secure: https, path: '/' },
  })

  async function touch(sessionId: string): Promise<boolean> {
    const now = Date.now()
    const { rowCount } = await deps.pool.query({
      text: `WITH alive AS (
          SELECT sid, expire FROM session WHERE sid = $1 AND expire > to_timestamp($3::float8) AND (sess->>'endsAt')::float8 > $4::float8
        ), used AS (
          UPDATE session SET expire = to_timestamp($2::float8) FROM alive
          WHERE session.sid = alive.sid AND alive.expire < to_timestamp($2::float8 - $5::float8)
        )
        SELECT FROM alive`,
      values: [sessionId, now / 1_000 + idleSeconds, now / 1_000, now, writtenEverySeconds],
    })
    return rowCount === 1
  }

  async function used(sessionId: string): Promise<void> {
    const now = Date.now()
    if (now - (written.get(sessionId) ?? 0) < writtenEverySeconds * 1_000) return
    if (written.size >= mostRemembered) written.clear()
    written.set(sessionId, now)
    await touch(sessionId)
  }

  return {
    async load(request, response) {
      await new Promise<void>((resolve, reject) => middleware(request, response, (error) => (error ? reject(error) : resolve())))
      const { endsAt } = request.session
      if (endsAt === undefined) return
      if (endsAt <= Date.now()) await regenerate(request)
      else await used(request.sessionID)
    },
    async start(request, userId, idToken) {
      await regenerate(request)
      if (idToken) request.session.idToken = idToken
      request.session.userId = userId
      const now = Date.now()
      Object.assign(request.session, { startedAt: now, endsAt: now + absoluteSeconds * 1_000, from: request.ip ?? '', browser: (request.get('user-agent') ?? '').slice(0, 300) })
      await new Promise<void>((resolve, reject) => request.session.save((error) => (error ? reject(error) : resolve())))
    },
    end: (request) => new Promise((resolve, reject) => request.session.destroy((error) => (error ? reject(error) : resolve()))),
    touch,
    close: () => Promise.resolve(store.close()),
  }
}

function regenerate(request: Request): Promise<void> {
  return new Promise((resolve, reject) => request.session.regenerate((error) => (error ? reject(error) : resolve())))
}
