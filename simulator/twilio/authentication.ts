import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Account } from '../account'
import { notFound, TwilioError } from './error'

/** Basic authentication with the account's sid and token, or an API key's sid and secret. */
export function twilioAuthentication(account: Account): RequestHandler {
  return (req, res, next) => {
    const [scheme, value = ''] = (req.headers.authorization ?? '').split(' ')
    const [user = '', password = ''] = scheme?.toLowerCase() === 'basic' ? split(Buffer.from(value, 'base64').toString()) : []
    const secret = { [account.sid]: account.authToken, [account.apiKeySid]: account.apiKeySecret }[user]
    if (secret === undefined || !same(secret, password)) {
      res.setHeader('WWW-Authenticate', 'Basic realm="Twilio API"')
      throw new TwilioError(401, 20003, user === '' ? 'Authenticate' : 'Authentication Error - invalid username or password')
    }
    if (req.params.AccountSid !== account.sid) throw notFound(req.originalUrl.split('?')[0]!)
    next()
  }
}

function split(pair: string): string[] {
  const colon = pair.indexOf(':')
  return colon === -1 ? [pair] : [pair.slice(0, colon), pair.slice(colon + 1)]
}

/** Compares without telling by its duration where the two differ. */
export function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
