import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16
const nothing = Buffer.alloc(0)

/** AES-256-GCM: a fresh initialization vector, the ciphertext, the tag. @param about is authenticated with it, and must be the same again */
export function encrypt(key: Buffer, content: Uint8Array, about: Buffer = nothing): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(about)
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the key is another one, or anything was altered */
export function decrypt(key: Buffer, data: Buffer, about: Buffer = nothing): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, ivBytes)).setAAD(about)
  decipher.setAuthTag(data.subarray(data.length - tagBytes))
  return Buffer.concat([decipher.update(data.subarray(ivBytes, data.length - tagBytes)), decipher.final()])
}
