import type * as OpenId from 'openid-client'
import type { SingleSignOn } from '../configuration/singleSignOn'
import type { Identity } from '../domain/identity'

/** What must come back from the browser unchanged, and what proves that it is the same browser. */
export interface SignInAttempt {
  state: string
  nonce: string
  /** Of PKCE. */
  verifier: string
}

/** Somebody who came back from the identity provider. */
export interface SignedInIdentity extends Identity {
  /** Values of the role claim. */
  groups: string[]
  /** For signing out at the provider. */
  idToken: string
}

/** The identity provider cannot be reached, or answers what cannot be used. */
export class IdentityProviderError extends Error {
  override name = 'IdentityProviderError'
}

export interface IdentityProvider {
  /** Where the browser is sent to sign in. @throws IdentityProviderError */
  begin(): Promise<{ address: string; attempt: SignInAttempt }>
  /** Who came back. @throws IdentityProviderError, also when the answer is not that of this attempt */
  complete(callback: URL, attempt: SignInAttempt): Promise<SignedInIdentity>
  /** Where the browser signs out of the provider too; undefined when the provider has no such page. @throws IdentityProviderError */
  signOutAddress(idToken: string): Promise<string | undefined>
}

const timeoutSeconds = 8
const clockToleranceSeconds = 30

/** OpenID Connect with discovery: authorisation code, PKCE, state and nonce. Nothing is asked before somebody signs in. */
export function createIdentityProvider(settings: SingleSignOn, publicBaseUrl: string): IdentityProvider {
  const redirectUri = `${publicBaseUrl}/v1/session/single-sign-on/callback`
  // An ES module of some size: loaded where it is used.
  const library = () => import('openid-client')
  let discovered: Promise<OpenId.Configuration> | undefined

  function discover(openId: typeof OpenId): Promise<OpenId.Configuration> {
    discovered ??= openId
      .discovery(
        new URL(settings.issuer),
        settings.clientId,
        { [openId.clockTolerance]: clockToleranceSeconds },
        openId.ClientSecretBasic(settings.clientSecret),
        {
          timeout: timeoutSeconds,
          // Only a provider on this machine has such an address.
          ...(settings.issuer.startsWith('http:') ? { execute: [openId.allowInsecureRequests] } : {}),
        },
      )
      .catch((error: unknown) => {
        discovered = undefined // it may be up the next time
        throw error
      })
    return discovered
  }

  async function ask<Result>(question: (openId: typeof OpenId, configuration: OpenId.Configuration) => Promise<Result>): Promise<Result> {
    try {
      const openId = await library()
      return await question(openId, await discover(openId))
    } catch (error) {
      throw new IdentityProviderError(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }

  return {
    begin: () =>
      ask(async (openId, configuration) => {
        const attempt = { state: openId.randomState(), nonce: openId.randomNonce(), verifier: openId.randomPKCECodeVerifier() }
        const address = openId.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: settings.scopes,
          state: attempt.state,
          nonce: attempt.nonce,
          code_challenge: await openId.calculatePKCECodeChallenge(attempt.verifier),
          code_challenge_method: 'S256',
        })
        return { address: address.href, attempt }
      }),
    complete: (callback, { state, nonce, verifier }) =>
      ask(async (openId, configuration) => {
        const address = new URL(redirectUri)
        address.search = callback.search
        const tokens = await openId.authorizationCodeGrant(configuration, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()!
        const { userinfo_endpoint: hasMore } = configuration.serverMetadata()
        // Many providers put the address and the groups only there.
        const more = hasMore ? await openId.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
        return identityOf(settings, { ...claims, ...more }, tokens.id_token!)
      }),
    signOutAddress: (idToken) =>
      ask(async (openId, configuration) => {
        if (!configuration.serverMetadata().end_session_endpoint) return undefined
        return openId.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: `${publicBaseUrl}/` }).href
      }),
  }
}

function identityOf({ issuer, roleClaim }: SingleSignOn, claims: Record<string, unknown>, idToken: string): SignedInIdentity {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  // Its whole name first: some providers have claims whose names are addresses.
  const groups = claims[roleClaim] ?? roleClaim.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], claims)
  return {
    issuer,
    subject: String(claims.sub),
    email: text(claims.email)?.toLowerCase(),
    emailVerified: claims.email_verified === true,
    name: text(claims.name) ?? text(claims.preferred_username),
    locale: text(claims.locale),
    groups: [groups].flat().filter((group) => typeof group === 'string'),
    idToken,
  }
}
