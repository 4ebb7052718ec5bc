import { request, type Dispatcher } from 'undici'
import { Problem } from '../problem'

export interface ProductAnswer {
  status: number
  body: unknown
}

export interface ProductFile {
  mediaType: string
  /** `attachment; filename=…` */
  disposition: string
  content: Buffer
}

/** The product as the payments company's app sees it: `/v1/payer/…` with the app's key, and nothing else. */
export interface Product {
  ask(method: 'GET' | 'POST' | 'PUT', path: `/v1/payer/${string}`, body?: unknown): Promise<ProductAnswer>
  /** @throws Problem with what the product says when it refuses */
  file(path: `/v1/payer/${string}`): Promise<ProductFile>
}

interface Settings {
  url: string | null
  key: string | null
  stopping: AbortSignal
}

/** Longer than the longest answer that the app waits for. */
const patienceMs = 40_000

export function createProduct({ url, key, stopping }: Settings): Product {
  /** Asks, and reads the whole answer. */
  async function exchange<T>(method: 'GET' | 'POST' | 'PUT', path: string, body: unknown, read: (answer: Dispatcher.ResponseData) => Promise<T>): Promise<T> {
    if (!url || !key) throw new Problem(503, 'Service Unavailable', 'SIMULATOR_PRODUCT_URL and SIMULATOR_PAYER_KEY are not set.')
    try {
      const answer = await request(url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]),
      })
      return await read(answer)
    } catch (error) {
      throw new Problem(502, 'Bad Gateway', `The product did not answer: ${(error as Error).message}`)
    }
  }

  return {
    ask: (method, path, body) => exchange(method, path, body, answerOf),
    async file(path) {
      const answer = await exchange<ProductFile | ProductAnswer>('GET', path, undefined, (response) => (response.statusCode < 400 ? fileOf(response) : answerOf(response)))
      if ('content' in answer) return answer
      throw refusalOf(answer)
    },
  }
}

async function answerOf({ statusCode, body }: Dispatcher.ResponseData): Promise<ProductAnswer> {
  const text = await body.text()
  return { status: statusCode, body: text ? (JSON.parse(text) as unknown) : null }
}

async function fileOf({ headers, body }: Dispatcher.ResponseData): Promise<ProductFile> {
  const { 'content-type': mediaType, 'content-disposition': disposition = 'attachment' } = headers
  return { mediaType: String(mediaType), disposition: String(disposition), content: Buffer.from(await body.arrayBuffer()) }
}

/** What the product refused is told to the page in the product's own words. */
export function demandOk(answer: ProductAnswer): unknown {
  if (answer.status < 400) return answer.body
  throw refusalOf(answer)
}

function refusalOf({ status, body }: ProductAnswer): Problem {
  const { title = 'Refused', detail = `The product answered ${status}.`, errors } = (body ?? {}) as Partial<Problem>
  return new Problem(status, title, detail, errors)
}
