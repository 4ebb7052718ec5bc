import { openEvents, type EventReader } from './events'

// An answer is taken apart freely; what is not there makes the test fail.
// oxlint-disable-next-line no-explicit-any
export type Json = any

export interface Reply<Body = Json> {
  status: number
  headers: Headers
  body: Body
}

/** A browser without a screen: keeps its cookie, speaks JSON. */
export interface Browser {
  cookie: string | undefined
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  /** An answer that is a file. */
  download(path: string, headers?: Record<string, string>): Promise<{ status: number; headers: Headers; file: Buffer }>
  events(path: string): Promise<EventReader>
}

export function createBrowser(url: string, headers: Record<string, string> = {}): Browser {
  const browser: Browser = {
    cookie: undefined,
    async send(method, path, body, more = {}) {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(browser.cookie ? { cookie: browser.cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
          ...more,
        },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const [set] = response.headers.getSetCookie()
      if (set) browser.cookie = set.split(';')[0]
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text }
    },
    async download(path, more = {}) {
      const response = await fetch(url + path, { headers: { ...(browser.cookie ? { cookie: browser.cookie } : {}), ...headers, ...more } })
      return { status: response.status, headers: response.headers, file: Buffer.from(await response.arrayBuffer()) }
    },
    events: (path) => openEvents(url + path, { ...(browser.cookie ? { cookie: browser.cookie } : {}), ...headers }),
  }
  return browser
}

/** Signed in, or the test fails here. */
export async function signIn(url: string, email: string, password: string): Promise<Browser> {
  const browser = createBrowser(url)
  const { status, body } = await browser.send('POST', '/v1/session', { email, password })
  if (status !== 200) throw new Error(`signing in answered ${status}: ${JSON.stringify(body)}`)
  return browser
}
