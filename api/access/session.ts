import { hash, verify } from '@node-rs/argon2'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import type { IdentityProvider } from '../../providers/identityProvider'
import type { Database } from '../../records/database'
import { freeText } from '../../domain/text'
import { endpoint, type Endpoint } from '../endpoint'
import { forbidden, unauthenticated } from '../problem'
import type { Limiters } from '../rateLimits'
import type { Gate } from './access'
import { roles, staffOf, type Staff } from './caller'
import type { Sessions } from './sessions'
import { singleSignOnEndpoints } from './singleSignOn'
import { writeTrail } from './trail'

const credentials = z
  .strictObject({ email: freeText(320).trim().toLowerCase().min(1), password: freeText(1_000).min(1) })
  .meta({ id: 'Credentials' })
export const signedInSchema = z
  .object({ user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(roles), languages: z.array(z.string()) }) })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.output<typeof signedInSchema>
const whoSchema = z.object({ user: signedInSchema.shape.user.nullable() })
const example = { user: { id: 'agent-one', name: 'Agent One', email: 'agent1@example.com', role: 'agent', languages: ['zh', 'en'] } }

/** Argon2id with the library's defaults, which follow OWASP's: 19 MiB, two passes. */
export const hashPassword = (password: string): Promise<string> => hash(password)

export interface SessionDeps {
  db: Database
  gate: Gate
  sessions: Sessions
  limiters: Limiters
  configuration: Configuration
  /** Absent: people sign in with passwords of ours. */
  identityProvider: IdentityProvider | undefined
  log: Log
}

/** Signing in with a password, and out. */
export function sessionEndpoints(deps: SessionDeps): Endpoint[] {
  const { db, gate, sessions, limiters, configuration, identityProvider } = deps
  // Compared when there is no such account, so that the time of the answer does not tell which accounts exist.
  const nobody = hashPassword('nobody has this password')

  return [
    endpoint({
      method: 'post',
      path: '/v1/session',
      tag: 'session',
      summary: 'Sign in',
      description: 'Sets the session cookie (HttpOnly, SameSite=Strict).',
      access: gate.visitor,
      guards: limiters.signIn,
      body: credentials,
      bodyExample: { email: 'agent1@example.com', password: '…' },
      answers: {
        200: { description: 'Signed in.', schema: signedInSchema, example },
        401: { description: 'The account or the password is wrong.' },
        403: { description: 'Passwords are switched off.' },
      },
      async handle({ body, request }) {
        if (!configuration.passwordSignIn) throw forbidden('Passwords are switched off here: use single sign-on.')
        const user = await db.staffUser.findUnique({ where: { email: body.email } })
        const right = await verify(user?.passwordHash ?? (await nobody), body.password)
        // Whoever comes from the identity provider has no password, and nobody's does not open their account.
        if (!user?.active || !user.passwordHash || !right) {
          await writeTrail(db, {
            actor: user ? `${user.role}:${user.id}` : 'unknown',
            action: 'sign_in_refused',
            // Somebody may have typed a password here: what is not an account's address is not kept.
            subject: user ? `user:${user.id}` : `account:${createHash('sha256').update(body.email).digest('hex').slice(0, 16)}`,
            data: { ip: request.ip ?? '' },
          })
          throw unauthenticated('The account or the password is wrong.')
        }
        await sessions.start(request, user.id)
        await writeTrail(db, { actor: `${user.role}:${user.id}`, action: 'signed_in', subject: `user:${user.id}`, data: { ip: request.ip ?? '' } })
        return { user: shown(staffOf(user, request.sessionID)) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/session',
      tag: 'session',
      summary: 'Who is signed in?',
      description: 'Not an error when nobody is: every page asks this first.',
      access: gate.visitor,
      answers: { 200: { description: 'The person of this session, or null.', schema: whoSchema, example } },
      handle: ({ caller }) => ({ user: caller ? shown(caller) : null }),
    }),
    endpoint({
      method: 'delete',
      path: '/v1/session',
      tag: 'session',
      summary: 'Sign out',
      access: gate.staff(...roles),
      answers: {
        204: { description: 'Signed out; the cookie is worth nothing now.' },
        200: { description: 'Signed out here; the browser signs out of the identity provider at this address.', schema: z.object({ continueAt: z.string() }) },
      },
      async handle({ caller, request }) {
        const { idToken } = request.session
        await sessions.end(request)
        await writeTrail(db, { actor: `${caller.role}:${caller.id}`, action: 'signed_out', subject: `user:${caller.id}` })
        // Signed out here is what was asked for; a provider that is away does not stand in the way.
        const continueAt = idToken && (await identityProvider?.signOutAddress(idToken).catch(() => undefined))
        return continueAt ? { continueAt } : undefined
      },
    }),
    ...singleSignOnEndpoints(deps),
  ]
}

export function shown({ id, name, email, role, languages }: Staff) {
  return { id, name, email, role, languages }
}
