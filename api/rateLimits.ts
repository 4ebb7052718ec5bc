import { createHash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, MemoryStore, rateLimit, type Options } from 'express-rate-limit'
import { tooMany, type Problem } from './problem'

/** Requests in a window, in one API process: with n processes a caller may get n times as far, and no further. */
export interface RateLimits {
  /** Every call of one key, session or address, in ten seconds. */
  calls: number
  /** Refused credentials (401) of one address, in a minute. */
  refused: number
  /** Failed sign-ins to one account from one address, in a quarter of an hour. */
  signInsPerAccount: number
  /** Failed sign-ins from one address, whatever the account, in a quarter of an hour. */
  signInsPerAddress: number
  /** Questions about calls to one payer, in a minute. */
  callQuestions: number
  /** Wishes to be rung back, of one payer, in ten minutes. */
  ringBacks: number
  /** What people who are not signed in ask about one telephone number or with one link, in a quarter of an hour. */
  visitsPerSubject: number
  /** What they ask from one address, in a minute. */
  visitsPerAddress: number
}

export const rateLimits: RateLimits = { calls: 5_000, refused: 120, signInsPerAccount: 5, signInsPerAddress: 50, callQuestions: 60, ringBacks: 3, visitsPerSubject: 6, visitsPerAddress: 30 }

export interface Limiters {
  everything: RequestHandler[]
  signIn: RequestHandler[]
  callQuestion: RequestHandler[]
  ringBack: RequestHandler[]
  /** For those who are not signed in, by where they are. */
  visit: RequestHandler[]
  /** For those who are not signed in, by what they ask about. */
  visitAbout: RequestHandler[]
}

export function createLimiters(limits: RateLimits): Limiters {
  const quarter = 15 * 60_000
  return {
    everything: [
      refusalLimiter(60_000, limits.refused),
      limiter({ windowMs: 10_000, limit: limits.calls }, credential),
    ],
    signIn: [
      limiter({ windowMs: quarter, limit: limits.signInsPerAddress, skipSuccessfulRequests: true }, address),
      limiter({ windowMs: quarter, limit: limits.signInsPerAccount, skipSuccessfulRequests: true }, account),
    ],
    callQuestion: [limiter({ windowMs: 60_000, limit: limits.callQuestions }, subject)],
    ringBack: [limiter({ windowMs: 10 * 60_000, limit: limits.ringBacks }, subject)],
    visit: [limiter({ windowMs: 60_000, limit: limits.visitsPerAddress }, address)],
    visitAbout: [limiter({ windowMs: quarter, limit: limits.visitsPerSubject }, subject)],
  }
}

function limiter(options: Partial<Options>, keyGenerator: (request: Request) => string): RequestHandler {
  return rateLimit({
    ...options,
    keyGenerator,
    // What is about nobody is bad input, and is refused as such.
    skip: (request) => keyGenerator(request).trim() === '',
    standardHeaders: false,
    legacyHeaders: false,
    handler(request, _response, next, { windowMs }) {
      const { resetTime } = (request as Request & { rateLimit?: { resetTime?: Date } }).rateLimit ?? {}
      next(waitUntil(resetTime, windowMs))
    },
  })
}

function waitUntil(resetTime: Date | undefined, windowMs: number): Problem {
  const seconds = Math.max(1, Math.ceil((resetTime ? resetTime.getTime() - Date.now() : windowMs) / 1_000))
  return tooMany(seconds, `Wait ${seconds} second${seconds > 1 ? 's' : ''}.`)
}

/**
 * Counts refused credentials once they are refused. The library's own way counts each request when it comes and
 * takes the count back when it went well: a few hundred payments flagged in the same second would be too many.
 */
function refusalLimiter(windowMs: number, limit: number): RequestHandler {
  const store = new MemoryStore()
  store.init({ windowMs } as Options)
  return async (request, response, next) => {
    const key = address(request)
    const seen = await store.get(key)
    if (seen && seen.totalHits >= limit) throw waitUntil(seen.resetTime, windowMs)
    response.on('finish', () => response.statusCode === 401 && void store.increment(key))
    next()
  }
}

function address(request: Request): string {
  return ipKeyGenerator(request.ip ?? '')
}

/** Whoever shows a credential is counted by it: a call centre's agents share one address. */
function credential(request: Request): string {
  const shown = request.get('authorization') ?? request.get('cookie')
  return shown ? createHash('sha256').update(shown).digest('base64url') : address(request)
}

function account(request: Request): string {
  const email: unknown = (request.body as { email?: unknown } | undefined)?.email
  return `${address(request)} ${typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : ''}`
}

/** Whom or what it is about, whoever asks: a payer, a telephone number, a link. */
function subject(request: Request): string {
  const { payerId, phone, link } = { ...(request.query as Record<string, unknown>), ...(request.body as Record<string, unknown> | undefined) }
  return [payerId, phone, link].map((one) => (typeof one === 'string' ? one.slice(0, 200) : '')).join(' ')
}
