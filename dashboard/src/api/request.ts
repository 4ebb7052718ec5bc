import { serverClock } from './clock'
import { Problem, problemOf } from './problem'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const signedOutListeners = new Set<() => void>()

/** Called when the server says that there is no session any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

export function tellSignedOut(): void {
  for (const listener of signedOutListeners) listener()
}

/** @throws {Problem} for every answer that is not a success, and when there is none within 15 s. */
export async function request<T>(method: Method, path: string, body?: unknown, options: { keepalive?: boolean } = {}): Promise<T> {
  const sentAt = Date.now()
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? { accept: 'application/json' } : { accept: 'application/json', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.keepalive ? { keepalive: true } : {}),
    signal: AbortSignal.timeout(15_000),
  }).catch((cause: unknown) => {
    throw new Problem(0, cause instanceof DOMException && cause.name === 'TimeoutError' ? 'timeout' : 'unreachable')
  })
  serverClock.observe(sentAt, Date.now(), response.headers.get('date'))
  if (!response.ok) {
    const problem = await problemOf(response)
    if (problem.status === 401 && path !== '/v1/session') tellSignedOut()
    throw problem
  }
  if (response.status === 204) return undefined as T
  return (await response.json().catch(() => {
    throw new Problem(response.status, 'unreadable')
  })) as T
}
