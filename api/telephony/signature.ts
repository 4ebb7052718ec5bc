import type { RequestHandler } from 'express'
import twilio from 'twilio'
import type { Configuration } from '../../configuration/configuration'
import { forbidden } from '../problem'

/**
 * Lets only the provider in: Twilio signs the public address and the form. The path alone is not
 * enough behind a proxy, so the address is the configured one.
 */
export function demandSignature({ publicBaseUrl, telephony }: Configuration): RequestHandler {
  return (request, _response, next) => {
    const signature = request.get('x-twilio-signature') ?? ''
    const genuine = twilio.validateRequest(telephony.authToken, signature, publicBaseUrl + request.originalUrl, (request.body ?? {}) as Record<string, unknown>)
    next(genuine ? undefined : forbidden('The signature of this webhook is missing or wrong.'))
  }
}
