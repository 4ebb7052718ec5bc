import { timingSafeEqual } from 'node:crypto'
import { createKeyedHash } from './keyedHash'
import type { PayloadKey } from './payloadKeys'

export type PayeeLinks = ReturnType<typeof createPayeeLinks>

/**
 * Links by which a payee answers without an account of ours. Whoever holds one may answer, so it ends, and tells
 * nothing by itself; it stands in the query, which no log keeps.
 */
export function createPayeeLinks(keys: PayloadKey[], publicBaseUrl: string) {
  const hash = createKeyedHash(keys, 'risk-callback payee links')
  return {
    /** @param until epoch milliseconds */
    link(caseId: string, until: number): string {
      const ends = Math.floor(until / 1_000).toString(36)
      const mac = hash.of([caseId, ends]).toString('base64url')
      return `${publicBaseUrl}/payee?${new URLSearchParams({ t: [hash.keyId, caseId, ends, mac].join('~') }).toString()}`
    },
    /** @returns whose case a link is of; undefined when it is not ours, or is over */
    caseOf(token: string, now = Date.now()): string | undefined {
      const [keyId = '', caseId = '', ends = '', mac = ''] = token.split('~')
      const given = Buffer.from(mac, 'base64url')
      let right: Buffer
      try {
        right = hash.of([caseId, ends], keyId)
      } catch {
        return undefined
      }
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      return Number.parseInt(ends, 36) * 1_000 > now ? caseId : undefined
    },
  }
}
