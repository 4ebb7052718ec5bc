import { createHmac, hkdfSync } from 'node:crypto'
import type { PayloadKey } from './payloadKeys'

export interface KeyedHash {
  /** The key that new hashes are made with. */
  keyId: string
  /**
   * 32 bytes. The parts are kept apart, so that no two lists of parts have the same hash.
   * @throws when there is no key of that id any more
   */
  of(parts: string[], keyId?: string): Buffer
}

/**
 * Hashes that cannot be tried out without our key, for what is too easily guessed to be kept as a plain hash: names.
 * @param purpose makes keys of their own from the keys that encrypt payloads
 */
export function createKeyedHash(keys: PayloadKey[], purpose: string): KeyedHash {
  const own = new Map(keys.map(({ id, key }) => [id, Buffer.from(hkdfSync('sha256', key, '', purpose, 32))]))
  const keyId = keys[0]!.id
  return {
    keyId,
    of(parts, id = keyId) {
      const key = own.get(id)
      if (!key) throw new Error(`there is no key ${id} any more`)
      return createHmac('sha256', key).update(JSON.stringify(parts)).digest()
    },
  }
}
