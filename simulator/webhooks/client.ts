import { randomUUID } from 'node:crypto'
import { clearTimeout as cancel, setTimeout as schedule } from 'node:timers'
import { Agent, request } from 'undici'
import { wait } from '../clock'
import { connectionOverrides, type Trouble } from './overrides'
import { signature } from './signature'

export interface Webhook {
  url: string
  method: 'GET' | 'POST'
  fields: Record<string, string>
  /** The same over all retries of one webhook, as Twilio's `I-Twilio-Idempotency-Token`. */
  token?: string
}

export interface Answer {
  ok: true
  status: number
  contentType: string
  body: string
  /** The URL that answered, after redirects: relative URLs in its TwiML start from here. */
  url: string
}

export interface Failure {
  ok: false
  trouble: Trouble
  status: number | null
  message: string
}

export interface WebhookClient {
  /** Sends a signed webhook, retrying as its URL's fragment asks. Never throws for what the other side does. */
  send(webhook: Webhook, signal?: AbortSignal): Promise<Answer | Failure>
  close(): Promise<void>
}

const betweenAttemptsMs = 100
const longestBody = 64 * 1024

export function createWebhookClient({ authToken }: { authToken: string }): WebhookClient {
  const agents = new Map<number, Agent>()
  const agentFor = (connectMs: number) =>
    agents.get(connectMs) ?? agents.set(connectMs, new Agent({ connect: { timeout: connectMs }, keepAliveTimeout: 10_000 })).get(connectMs)!

  async function attempt(
    target: string,
    webhook: Webhook,
    token: string,
    ms: { connectMs: number; readMs: number; left: number },
    signal?: AbortSignal,
  ): Promise<Answer | Failure> {
    const url = new URL(target)
    if (webhook.method === 'GET') for (const [k, v] of Object.entries(webhook.fields)) url.searchParams.append(k, v)
    // Twilio signs the URL as it was given to it; only a GET's own parameters change it.
    const signed = webhook.method === 'GET' ? url.href : target
    const limit = limited(ms.left, signal)
    try {
      const answer = await request(url, {
        method: webhook.method,
        dispatcher: agentFor(ms.connectMs),
        headersTimeout: ms.readMs,
        bodyTimeout: ms.readMs,
        signal: limit.signal,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          'user-agent': 'TwilioProxy/1.1',
          accept: '*/*',
          'x-twilio-signature': signature(authToken, signed, webhook.method === 'GET' ? {} : webhook.fields),
          'i-twilio-idempotency-token': token,
        },
        body: webhook.method === 'GET' ? undefined : new URLSearchParams(webhook.fields).toString(),
      })
      const body = await answer.body.text()
      const status = answer.statusCode
      if (status >= 300 && status < 400 && typeof answer.headers.location === 'string') {
        return { ok: false, trouble: '4xx', status, message: new URL(answer.headers.location, url).href }
      }
      if (status >= 400) return { ok: false, trouble: status < 500 ? '4xx' : '5xx', status, message: `HTTP ${status}` }
      if (body.length > longestBody) return { ok: false, trouble: '5xx', status, message: 'The answer is larger than 64 KB' }
      return { ok: true, status, contentType: String(answer.headers['content-type'] ?? ''), body, url: target }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      const { code = '', message } = error as Error & { code?: string }
      const slow = limit.signal.aborted || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT'
      return { ok: false, trouble: slow ? 'rt' : 'ct', status: null, message: code ? `${code} ${message}` : message }
    } finally {
      limit.done()
    }
  }

  return {
    async send(webhook, signal) {
      const { url, overrides } = connectionOverrides(webhook.url)
      const token = webhook.token ?? randomUUID()
      const start = Date.now()
      const left = () => overrides.totalMs - (Date.now() - start)
      let target = url
      let hops = 0
      let current = webhook
      for (let tried = 0; ; tried++) {
        const result = await attempt(target, current, token, { ...overrides, left: left() }, signal)
        if (result.ok) return result
        if (result.status !== null && result.status >= 300 && result.status < 400) {
          if (++hops > 10) return { ...result, message: 'Too many redirects' }
          target = result.message
          tried--
          // As browsers do: 307 and 308 keep the method, the others become a GET.
          if (result.status < 307) current = { ...current, method: 'GET' }
          continue
        }
        if (tried >= overrides.retries || !overrides.retryOn.has(result.trouble) || left() <= betweenAttemptsMs) return result
        await wait(betweenAttemptsMs, signal)
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((a) => a.destroy()))
    },
  }
}

/** Aborts after that time or with the outer signal; by hand, because `AbortSignal.any` clings to signals that live long. */
function limited(ms: number, outer?: AbortSignal): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController()
  const stop = () => controller.abort(outer?.reason)
  const timer = schedule(() => controller.abort(new Error('The total time is used up')), Math.max(1, ms))
  if (outer?.aborted) stop()
  outer?.addEventListener('abort', stop, { once: true })
  return {
    signal: controller.signal,
    done() {
      cancel(timer)
      outer?.removeEventListener('abort', stop)
    },
  }
}
