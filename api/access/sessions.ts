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
  const Store = connectPgSimple(session)
  const store = new Store({
    pool: deps.pool,
    ttl: idleSeconds,
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

  return {
    async load(request, response) {
      await new Promise<void>((resolve, reject) => middleware(request, response, (error) => (error ? reject(error) : resolve())))
      const { endsAt } = request.session
      if (endsAt !== undefined && endsAt <= Date.now()) await regenerate(request)
    },
    async start(request, userId, idToken) {
      await regenerate(request)
      if (idToken) request.session.idToken = idToken
      request.session.userId = userId
      request.session.endsAt = Date.now() + absoluteSeconds * 1_000
      await new Promise<void>((resolve, reject) => request.session.save((error) => (error ? reject(error) : resolve())))
    },
    end: (request) => new Promise((resolve, reject) => request.session.destroy((error) => (error ? reject(error) : resolve()))),
    async touch(sessionId) {
      const now = Date.now()
      const { rowCount } = await deps.pool.query(
        `UPDATE session SET expire = to_timestamp($2::float8) WHERE sid = $1 AND expire > to_timestamp($3::float8) AND (sess->>'endsAt')::float8 > $4::float8`,
        [sessionId, now / 1_000 + idleSeconds, now / 1_000, now],
      )
      return rowCount === 1
    },
    close: () => Promise.resolve(store.close()),
  }
}

function regenerate(request: Request): Promise<void> {
  return new Promise((resolve, reject) => request.session.regenerate((error) => (error ? reject(error) : resolve())))
}
