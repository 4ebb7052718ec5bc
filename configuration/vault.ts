import { hkdfSync } from 'node:crypto'
import { decrypt, encrypt } from './cipher'
import type { PayloadKey } from './payloadKeys'

/** Something is sealed under a key that this process was not given. */
export class KeyMissing extends Error {
  override name = 'KeyMissing'
  constructor(readonly keyId: string) {
    super(`what is stored under key ${keyId} cannot be read: PAYLOAD_KEYS must keep that key until \`npm run keys:rotate\` has found nothing under it`)
  }
}

// No input has control characters, and a parameter with this one is not let through (sealingClient.ts): whatever
// stands in the database with this beginning was sealed by us.
const beginning = '\u0001sealed'
type Kind = 'text' | 'json' | 'bytes'
const marks: Record<Kind, string> = { text: `${beginning}:`, json: `${beginning}-json:`, bytes: `${beginning}:` }
const keyAndData = /^([\w.-]{1,64}):([\w-]+)$/
// As PostgreSQL writes JSON, where the control character is escaped.
const sealedInJson = /"\\u0001sealed(-json)?:([\w.-]{1,64}):([\w-]+)"/g
const sealedBytes = Buffer.from(marks.bytes)

export type Vault = ReturnType<typeof createVault>

/**
 * Seals what lies in PostgreSQL, with AES-256-GCM under keys made from those that encrypt payloads. What is sealed
 * names its key: the first key seals, all open. Opening something that is not sealed gives it back as it is.
 * Every `open` throws KeyMissing when the key is not there, and when the content was altered.
 */
export function createVault(keys: PayloadKey[]) {
  const own = new Map(keys.map(({ id, key }) => [id, Buffer.from(hkdfSync('sha256', key, '', 'risk-callback data at rest', 32))]))
  const keyId = keys[0]?.id ?? ''

  function close(kind: Kind, content: Buffer): Buffer {
    const key = own.get(keyId)
    if (!key) throw new Error('this process was started without PAYLOAD_KEYS, and stores nothing that is to be sealed')
    return encrypt(key, content, Buffer.from(kind))
  }

  function reveal(kind: Kind, id: string, data: Buffer): Buffer {
    const key = own.get(id)
    if (!key) throw new KeyMissing(id)
    return decrypt(key, data, Buffer.from(kind))
  }

  const written = (kind: 'text' | 'json', content: string) => `${marks[kind]}${keyId}:${close(kind, Buffer.from(content)).toString('base64url')}`
  return {
    /** The key that seals. */
    keyId,
    /** What every text and every file begins with that is sealed under it. */
    current: `${marks.text}${keyId}:`,
    seal: (text: string) => written('text', text),
    /** Any JSON value, as a string that stands in its place within a JSON document. */
    sealJson: (value: unknown) => written('json', JSON.stringify(value)),
    sealBytes: (content: Buffer) => Buffer.concat([sealedBytes, Buffer.from(`${keyId}:`), close('bytes', content)]),
    open(text: string): string {
      const found = text.startsWith(marks.text) ? keyAndData.exec(text.slice(marks.text.length)) : null
      return found ? reveal('text', found[1]!, Buffer.from(found[2]!, 'base64url')).toString() : text
    },
    /** @param text a JSON document; what is sealed anywhere in it is opened in its place */
    openJson(text: string): string {
      if (!text.includes('\\u0001sealed')) return text
      return text.replace(sealedInJson, (_all, json: string | undefined, id: string, data: string) => {
        const opened = reveal(json ? 'json' : 'text', id, Buffer.from(data, 'base64url')).toString()
        return json ? opened : JSON.stringify(opened)
      })
    },
    openBytes(content: Buffer): Buffer {
      if (!content.subarray(0, sealedBytes.length).equals(sealedBytes)) return content
      const end = content.indexOf(':', sealedBytes.length)
      return reveal('bytes', content.subarray(sealedBytes.length, end).toString(), content.subarray(end + 1))
    },
    /** What somebody else wrote cannot pass for something sealed. */
    defuse: (text: string) => (text.includes('\u0001') ? text.replaceAll(beginning, 'sealed') : text).replaceAll('\\u0001sealed', 'sealed'),
  }
}

/** A parameter of a statement that reaches PostgreSQL only as the vault makes it. */
export class Sealed {
  constructor(readonly by: (vault: Vault) => string | Buffer) {}
  /** Statements that do not go through the vault must not carry it in the clear. */
  toJSON(): never {
    throw new Error('what is to be sealed was given to a statement that cannot seal')
  }
}

type Given<T, Result> = T extends null | undefined ? null : Result

/** A text or a file, for a column of its own. Nothing stays nothing. */
export function sealed<T extends string | Buffer | null | undefined>(content: T): Given<T, Sealed> {
  if (content === null || content === undefined) return null as Given<T, Sealed>
  return new Sealed((vault) => (typeof content === 'string' ? vault.seal(content) : vault.sealBytes(content))) as Given<T, Sealed>
}

/** A JSON document whose values under some of its keys, at whatever depth, are sealed; what is empty stays as it is. */
export function sealedWithin(document: unknown, keys: readonly string[]): Sealed {
  return new Sealed((vault) =>
    JSON.stringify(document, (key, value: unknown) => (keys.includes(key) && !isEmpty(value) ? vault.sealJson(value) : value)),
  )
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}
