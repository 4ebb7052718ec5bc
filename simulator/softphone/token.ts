import jwt from 'jsonwebtoken'
import type { Account } from '../account'
import { Problem } from '../problem'

export interface Caller {
  identity: string
  /** The app whose voice URL answers this browser's calls; null when it may not call out. */
  twimlAppSid: string | null
  mayBeCalled: boolean
}

/**
 * Checks an access token as Twilio does: signed by the API key, of the account, in its time, with a voice
 * grant.
 * @throws {Problem} 401 for a token that is not valid, 403 for one that may not call
 */
export function verifyAccessToken(token: string, account: Account): Caller {
  let payload: jwt.JwtPayload
  let header: jwt.JwtHeader
  try {
    const decoded = jwt.verify(token, account.apiKeySecret, { algorithms: ['HS256'], issuer: account.apiKeySid, subject: account.sid, complete: true })
    header = decoded.header
    payload = decoded.payload as jwt.JwtPayload
  } catch (error) {
    throw new Problem(401, 'Unauthorized', `20101 Invalid access token: ${(error as Error).message}`)
  }
  if (header.cty !== 'twilio-fpa;v=1') throw new Problem(401, 'Unauthorized', '20103 Invalid access token header: cty must be twilio-fpa;v=1')
  if (typeof payload.exp !== 'number') throw new Problem(401, 'Unauthorized', '20101 Invalid access token: it never expires')
  const start = payload.nbf ?? payload.iat ?? payload.exp
  if (payload.exp - start > 86_400) throw new Problem(401, 'Unauthorized', '20157 The access token lives longer than 24 hours')

  const grants = payload.grants as { identity?: unknown; voice?: { outgoing?: { application_sid?: unknown }; incoming?: { allow?: unknown } } } | undefined
  if (typeof grants?.identity !== 'string' || grants.identity === '') throw new Problem(401, 'Unauthorized', '20101 Invalid access token: no identity')
  if (!grants.voice) throw new Problem(403, 'Forbidden', '31202 The token has no voice grant')
  const application = grants.voice.outgoing?.application_sid
  if (application !== undefined && application !== account.twimlAppSid)
    throw new Problem(403, 'Forbidden', `31201 The account has no TwiML app ${String(application)}`)
  return { identity: grants.identity, twimlAppSid: application === undefined ? null : account.twimlAppSid, mayBeCalled: grants.voice.incoming?.allow === true }
}
