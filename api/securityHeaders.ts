import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Configuration } from '../configuration/configuration'

/** Where Twilio's Voice SDK signals, and where it fetches its sounds. */
const twilioConnect = ['wss://*.twilio.com', 'https://*.twilio.com', 'https://media.twiliocdn.com', 'https://sdk.twilio.com']

/** Headers that let the dashboard load from us alone and talk to us and the softphone's edge alone. */
export function securityHeaders(configuration: Configuration): RequestHandler[] {
  const { https } = configuration
  const { softphoneUrl } = configuration.telephony
  const softphone = softphoneUrl ? bothSchemes(softphoneUrl) : twilioConnect
  const policy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The dashboard's components position themselves by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'", 'blob:', ...(softphoneUrl ? [] : ['https://sdk.twilio.com', 'https://media.twiliocdn.com'])],
        connectSrc: ["'self'", ...softphone],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  })
  const rest: RequestHandler = (request, response, next) => {
    response.setHeader('Permissions-Policy', 'microphone=(self), camera=(), geolocation=(), payment=()')
    // Answers hold people's data: no cache on the way may keep them.
    if (request.path.startsWith('/v1/')) response.setHeader('Cache-Control', 'no-store')
    next()
  }
  return [policy, rest]
}

/** A softphone edge answers HTTP and WebSockets on the same port. */
function bothSchemes(url: string): string[] {
  const { host, protocol } = new URL(url)
  const secure = protocol === 'https:' || protocol === 'wss:'
  return secure ? [`https://${host}`, `wss://${host}`] : [`http://${host}`, `ws://${host}`]
}
