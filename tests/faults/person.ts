import { insist, type Answer, type Asked } from './http'
import type { World } from './world'

/** Somebody who is signed in, or whose program has a key, and who asks until somebody answers. */
export interface Person {
  name: string
  ask<T>(method: NonNullable<Asked['method']>, path: string, body?: unknown): Promise<Answer<T>>
}

export async function signedIn({ product, over }: World, email: string): Promise<Person> {
  const { password } = product.users.find((user) => user.email === email)!
  const session = await insist(`${product.baseUrl}/v1/session`, { method: 'POST', body: { email, password } }, over)
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return {
    name: email,
    ask: (method, path, body) => insist(`${product.baseUrl}${path}`, { method, headers: { cookie }, ...(body === undefined ? {} : { body }) }, over),
  }
}

/** The payment app, in its payers' names. */
export function paymentApp({ product, over }: World): Person {
  const headers = { authorization: `Bearer ${product.payerKey}` }
  return {
    name: 'payment app',
    ask: (method, path, body) => insist(`${product.baseUrl}${path}`, { method, headers, ...(body === undefined ? {} : { body }) }, over),
  }
}
