import { METADATA_ENCODING_KEY, ValueError, type DataConverter, type Payload, type PayloadCodec } from '@temporalio/common'
import { temporal } from '@temporalio/proto'
import { decrypt, encrypt } from './cipher'
import type { PayloadKey } from './payloadKeys'

const encoding = 'binary/encrypted'
const keyIdEntry = 'encryption-key-id'
const text = (value: string) => new TextEncoder().encode(value)

/**
 * Encrypts everything that Temporal stores with AES-256-GCM. Each payload names its key, so keys can
 * be rotated: the first key encrypts, all decrypt. A payload that arrives unencrypted is accepted.
 */
export function createPayloadCodec(keys: PayloadKey[]): PayloadCodec {
  const current = keys[0]
  if (!current) throw new ValueError('at least one payload key is needed')
  const byId = new Map(keys.map((key) => [key.id, key.key]))
  return {
    async encode(payloads) {
      return payloads.map((payload) => {
        const data = encrypt(current.key, temporal.api.common.v1.Payload.encode(payload).finish())
        return { metadata: { [METADATA_ENCODING_KEY]: text(encoding), [keyIdEntry]: text(current.id) }, data }
      })
    },
    async decode(payloads) {
      return payloads.map((payload) => (isEncrypted(payload) ? opened(payload, byId) : payload))
    },
  }
}

function isEncrypted(payload: Payload): boolean {
  const found = payload.metadata?.[METADATA_ENCODING_KEY]
  return found !== undefined && found !== null && Buffer.from(found).toString() === encoding
}

function opened(payload: Payload, keys: Map<string, Buffer>): Payload {
  const id = Buffer.from(payload.metadata?.[keyIdEntry] ?? []).toString()
  const key = keys.get(id)
  if (!key) throw new ValueError(`payload key ${id} is not configured: keep retired keys until the last history they encrypted is gone`)
  return temporal.api.common.v1.Payload.decode(decrypt(key, Buffer.from(payload.data ?? [])))
}

/** For clients and workers alike; failures are encrypted too, their messages may name people. */
export function createDataConverter(keys: PayloadKey[]): DataConverter {
  return { payloadCodecs: [createPayloadCodec(keys)], failureConverterPath: require.resolve('./failureConverter') }
}
