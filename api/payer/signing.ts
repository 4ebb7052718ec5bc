import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto'

const lifetimeSeconds = 30
// What stands before the 32 bytes of an Ed25519 key in PKCS #8.
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Signs answers as JWS (EdDSA), so that an app can show them without trusting what lies between. The key follows from
 * the installation's own secret: every API process has the same one.
 */
export function createAnswerSigner(secret: string) {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'risk-callback call answers', 32))
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  // The thumbprint of RFC 7638.
  const kid = createHash('sha256').update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })).digest('base64url')
  return {
    jwk: { kty: 'OKP', crv: 'Ed25519', x: x!, use: 'sig', alg: 'EdDSA', kid },
    /** Good for half a minute: an answer about "now" must not be shown later. */
    sign(claims: object, now = Math.floor(Date.now() / 1_000)): string {
      const signed = `${encoded({ alg: 'EdDSA', typ: 'JWT', kid })}.${encoded({ iss: 'risk-callback', iat: now, exp: now + lifetimeSeconds, ...claims })}`
      return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
    },
  }
}
