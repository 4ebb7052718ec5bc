import type { Request } from 'express'
import { forbidden, type Problem } from '../problem'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Protection against forged cross-site requests, on top of `SameSite=Strict`: a browser says by
 * Sec-Fetch-Site and Origin where a state-changing request comes from, and ours come from our own
 * pages. (JSON bodies, which no foreign form can send, are demanded by each endpoint.)
 */
export function crossSite(request: Request, publicBaseUrl: string): Problem | undefined {
  if (safe.has(request.method)) return undefined
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const foreign = (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && !isOurs(origin, request, publicBaseUrl))
  return foreign ? forbidden('This request came from another site.') : undefined
}

function isOurs(origin: string, request: Request, publicBaseUrl: string): boolean {
  if (origin === new URL(publicBaseUrl).origin) return true
  // The same machine has several names (localhost, 127.0.0.1): the one in the address bar counts.
  return URL.canParse(origin) && new URL(origin).host === request.get('host')
}
