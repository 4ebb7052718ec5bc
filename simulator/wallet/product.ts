import { request } from 'undici'
import { Problem } from '../problem'

export interface ProductAnswer {
  status: number
  body: unknown
}

/** The product as the payments company's app sees it: `/v1/payer/…` with the app's key, and nothing else. */
export interface Product {
  ask(method: 'GET' | 'POST' | 'PUT', path: `/v1/payer/${string}`, body?: unknown): Promise<ProductAnswer>
}

interface Settings {
  url: string | null
  key: string | null
  stopping: AbortSignal
}

/** Longer than the longest answer that the app waits for. */
const patienceMs = 40_000

export function createProduct({ url, key, stopping }: Settings): Product {
  return {
    async ask(method, path, body) {
      if (!url || !key) throw new Problem(503, 'Service Unavailable', 'SIMULATOR_PRODUCT_URL and SIMULATOR_PAYER_KEY are not set.')
      try {
        const answer = await request(url + path, {
          method,
          headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          body: body === undefined ? null : JSON.stringify(body),
          signal: AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]),
        })
        const text = await answer.body.text()
        return { status: answer.statusCode, body: text ? (JSON.parse(text) as unknown) : null }
      } catch (error) {
        throw new Problem(502, 'Bad Gateway', `The product did not answer: ${(error as Error).message}`)
      }
    },
  }
}

/** What the product refused is told to the page in the product's own words. */
export function demandOk({ status, body }: ProductAnswer): unknown {
  if (status < 400) return body
  const { title = 'Refused', detail = `The product answered ${status}.`, errors } = (body ?? {}) as Partial<Problem>
  throw new Problem(status, title, detail, errors)
}
