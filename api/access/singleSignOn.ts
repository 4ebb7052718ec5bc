import type { Request } from 'express'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { IdentityProviderError, type SignedInIdentity, type SignInAttempt } from '../../providers/identityProvider'
import { admit } from '../../records/staff'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import type { SessionDeps } from './session'
import { writeTrail } from './trail'

const ways = z.object({ password: z.boolean(), singleSignOn: z.boolean() }).meta({ id: 'WaysToSignIn' })
export type WaysToSignIn = z.output<typeof ways>
const attemptSeconds = 600
const audience = 'sign-in-attempt'

/** Why the browser comes back to the sign-in page; the page has a sentence for each. */
type Refusal = 'unavailable' | 'expired' | 'no_role' | 'no_email' | 'address_taken' | 'deactivated'

/**
 * Single sign-on by OpenID Connect. The browser is sent to the identity provider and comes back with a code,
 * in a navigation that starts at another site: our session's cookie, which is strict, does not come along.
 * What the attempt needs is in a cookie of its own, signed, for ten minutes.
 */
export function singleSignOnEndpoints({ db, gate, sessions, configuration, identityProvider, log }: SessionDeps): Endpoint[] {
  const { https, sessionSecret, passwordSignIn, singleSignOn } = configuration
  const cookieName = https ? '__Host-sign-in' : 'sign-in'
  const cookie = { httpOnly: true, sameSite: 'lax', secure: https, path: '/' } as const

  /** The attempt that this browser has begun; undefined when there is none, or it is too old. */
  function attemptOf(request: Request): SignInAttempt | undefined {
    const [, token] = new RegExp(`(?:^|; *)${cookieName}=([^;]+)`).exec(request.get('cookie') ?? '') ?? []
    try {
      return jwt.verify(token ?? '', sessionSecret, { audience, algorithms: ['HS256'] }) as unknown as SignInAttempt
    } catch {
      return undefined
    }
  }

  /** Lets them in, or says why not. */
  async function enter(request: Request, identity: SignedInIdentity): Promise<Refusal | undefined> {
    const ip = request.ip ?? ''
    const { issuer, subject } = identity
    const refuse = async (reason: Refusal, userId?: string) => {
      await writeTrail(db, {
        actor: 'unknown',
        action: 'sign_in_refused',
        subject: userId ? `user:${userId}` : `identity:${subject}`,
        data: { ip, issuer, reason },
      })
      return reason
    }
    const role = [...singleSignOn!.roles].find(([group]) => identity.groups.includes(group))?.[1]
    if (!role) return refuse('no_role')
    const admitted = await admit(db, { ...identity, role })
    if ('refused' in admitted) return refuse(admitted.refused, admitted.user?.id)

    const { user, created } = admitted
    const [actor, about] = [`${user.role}:${user.id}`, `user:${user.id}`]
    if (created) await writeTrail(db, { actor, action: 'user_created', subject: about, data: { role, issuer } })
    await sessions.load(request, request.res!)
    await sessions.start(request, user.id, identity.idToken)
    await writeTrail(db, { actor, action: 'signed_in', subject: about, data: { ip, issuer } })
    return undefined
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/session/ways',
      tag: 'session',
      summary: 'How may people sign in here?',
      access: gate.visitor,
      answers: { 200: { description: 'What the sign-in page offers.', schema: ways, example: { password: true, singleSignOn: false } } },
      handle: () => ({ password: passwordSignIn, singleSignOn: identityProvider !== undefined }),
    }),
    endpoint({
      method: 'get',
      path: '/v1/session/single-sign-on',
      tag: 'session',
      summary: 'Sign in with the identity provider',
      description: 'For the browser: redirects to the provider (OpenID Connect, authorisation code with PKCE, state and nonce).',
      access: gate.visitor,
      answers: { 303: { description: 'To the identity provider.' }, 404: { description: 'There is no single sign-on here.' } },
      async handle({ response }) {
        if (!identityProvider) throw notFound('There is no single sign-on here.')
        try {
          const { address, attempt } = await identityProvider.begin()
          const token = jwt.sign(attempt, sessionSecret, { audience, expiresIn: attemptSeconds })
          response.cookie(cookieName, token, { ...cookie, maxAge: attemptSeconds * 1_000 }).redirect(303, address)
        } catch (error) {
          if (!(error instanceof IdentityProviderError)) throw error
          log.warn({ err: error }, 'the identity provider cannot be used')
          response.redirect(303, '/?sign-in=unavailable')
        }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/session/single-sign-on/callback',
      tag: 'session',
      summary: 'Come back from the identity provider',
      description: 'For the browser: sets the session cookie and redirects to the dashboard, or to its sign-in page with the reason of a refusal.',
      access: gate.visitor,
      answers: { 303: { description: 'To the dashboard.' }, 404: { description: 'There is no single sign-on here.' } },
      async handle({ request, response }) {
        if (!identityProvider) throw notFound('There is no single sign-on here.')
        response.clearCookie(cookieName, cookie) // one attempt, one answer
        const attempt = attemptOf(request)
        let refusal: Refusal | undefined = 'expired'
        if (attempt) {
          const callback = new URL(request.originalUrl, configuration.publicBaseUrl)
          try {
            refusal = await enter(request, await identityProvider.complete(callback, attempt))
          } catch (error) {
            if (!(error instanceof IdentityProviderError)) throw error
            log.warn({ err: error }, 'a sign-in with the identity provider failed')
            refusal = callback.searchParams.has('code') ? 'unavailable' : 'expired'
          }
        }
        response.redirect(303, refusal ? `/?sign-in=${refusal}` : '/')
      },
    }),
  ]
}
