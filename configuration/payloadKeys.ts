import { z } from 'zod'

/** A key that encrypts what Temporal stores. Its id travels with each payload, so that keys can rotate. */
export interface PayloadKey {
  id: string
  key: Buffer
}

/** `id:base64,older:base64…`: 32 bytes each, the current key first. */
export const payloadKeys = z.string().transform((text, context): PayloadKey[] => {
  const keys = text.split(',').map((part) => {
    const [id = '', encoded = ''] = part.trim().split(':')
    return { id, key: Buffer.from(encoded, 'base64') }
  })
  if (keys.some(({ id, key }) => !/^[\w.-]{1,64}$/.test(id) || key.length !== 32))
    context.addIssue({ code: 'custom', message: 'expected id:base64 of 32 bytes, several separated by commas' })
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) context.addIssue({ code: 'custom', message: 'expected each key id once' })
  return keys
})
