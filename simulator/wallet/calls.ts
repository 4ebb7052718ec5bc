import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { Problem } from '../problem'
import type { Person } from './people'
import { demandOk, type Product } from './product'

/** What the product says about calls to a person; shown only when its signature is right. */
export async function askAboutCalls(product: Product, { id }: Person): Promise<unknown> {
  const answer = demandOk(await product.ask('GET', `/v1/payer/calls?payerId=${encodeURIComponent(id)}`)) as { signed: string }
  const { keys } = demandOk(await product.ask('GET', '/v1/payer/calls/keys')) as { keys: JsonWebKey[] }
  const [head = '', claims = '', signature = ''] = answer.signed.split('.')
  const right = keys.some((key) => verify(null, Buffer.from(`${head}.${claims}`), createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url')))
  const said = right ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string; exp: number }) : undefined
  if (said?.sub !== id || said.exp * 1_000 < Date.now()) throw new Problem(502, 'Bad Gateway', 'The answer is not signed by the security centre, or not about now.')
  return said
}
