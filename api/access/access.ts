import type { Request, Response } from 'express'
import type { Configuration } from '../../configuration/configuration'
import { sqlOf, type Database } from '../../records/database'
import type { Access } from '../endpoint'
import { forbidden, unauthenticated } from '../problem'
import { clientOfKey } from './apiKeys'
import { actorOf, staffOf, type ApiClient, type Caller, type Role, type Scope, type Staff, type StaffAccount } from './caller'
import { crossSite } from './sameOrigin'
import type { Sessions } from './sessions'
import { writeTrail } from './trail'

/** The kinds of callers that endpoints ask for. */
export interface Gate {
  staff(...roles: Role[]): Access<Staff>
  key(...scopes: Scope[]): Access<ApiClient>
  either(who: { roles: Role[]; scopes: Scope[] }): Access<Caller>
  /** Whoever is signed in, or nobody yet: for signing in. */
  visitor: Access<Staff | undefined>
}

/** Decides who a request is from and whether they may; what it refuses to somebody known is a row of the audit log. */
export function createGate(deps: { db: Database; sessions: Sessions; configuration: Configuration }): Gate {
  const { db, sessions, configuration } = deps

  async function refuse(caller: string, request: Request, reason: string): Promise<void> {
    await writeTrail(db, {
      actor: caller,
      action: 'access_refused',
      subject: `address:${request.method} ${routeOf(request)}`,
      data: { reason, ip: request.ip ?? '' },
    })
  }

  async function signedIn(request: Request, response: Response): Promise<Staff | undefined> {
    await sessions.load(request, response)
    const { userId } = request.session
    const user = userId === undefined ? null : await staffUser(db, userId)
    return user?.active ? staffOf(user, request.sessionID) : undefined
  }

  async function staffMember(request: Request, response: Response, allowed: Role[]): Promise<Staff> {
    const staff = await signedIn(request, response)
    if (!staff) throw unauthenticated('Sign in first.')
    const foreign = crossSite(request, configuration.publicBaseUrl)
    if (foreign) {
      await refuse(actorOf(staff), request, 'cross_site')
      throw foreign
    }
    if (!allowed.includes(staff.role)) {
      await refuse(actorOf(staff), request, 'role')
      throw forbidden(`This is for the role${allowed.length > 1 ? 's' : ''} ${allowed.join(', ')}.`)
    }
    return staff
  }

  async function apiClient(request: Request, allowed: Scope[]): Promise<ApiClient> {
    const challenge = { 'WWW-Authenticate': 'Bearer realm="risk-callback"' }
    const [, key] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? []
    if (!key) throw unauthenticated('Send an API key: Authorization: Bearer <key>.', challenge)
    const client = await clientOfKey(db, key, request.ip ?? '')
    if (!client) {
      await refuse('unknown', request, 'key')
      throw unauthenticated('This API key is unknown, expired or revoked.', challenge)
    }
    if (!allowed.some((scope) => client.scopes.includes(scope))) {
      await refuse(actorOf(client), request, 'scope')
      throw forbidden(`This API key lacks the scope ${allowed.join(' or ')}.`)
    }
    return client
  }

  return {
    staff: (...allowed) => ({ schemes: ['session'], authorise: (request, response) => staffMember(request, response, allowed) }),
    key: (...allowed) => ({ schemes: ['apiKey'], authorise: (request) => apiClient(request, allowed) }),
    either: ({ roles, scopes }) => ({
      schemes: ['apiKey', 'session'],
      authorise: (request, response): Promise<Caller> => (request.get('authorization') ? apiClient(request, scopes) : staffMember(request, response, roles)),
    }),
    visitor: {
      schemes: [],
      async authorise(request, response) {
        const foreign = crossSite(request, configuration.publicBaseUrl)
        if (foreign) throw foreign
        return signedIn(request, response)
      },
    },
  }
}

/** The route's pattern, not the address: ids in it may be anything that somebody typed. */
function routeOf(request: Request): string {
  const route: unknown = request.route
  return typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'unknown'
}

/** Asked at every request of a signed-in person. */
async function staffUser(db: Database, userId: string): Promise<(StaffAccount & { active: boolean }) | undefined> {
  const [user] = await sqlOf(db).$queryRaw<(StaffAccount & { active: boolean })[]>`
    SELECT id, name, email, role, languages, active FROM staff_user WHERE id = ${userId}`
  return user
}
