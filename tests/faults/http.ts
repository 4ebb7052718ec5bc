import { setTimeout as wait } from 'node:timers/promises'

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** Instead of a body: the fields of a page's form. */
  form?: Record<string, string>
  headers?: Record<string, string>
  /** Milliseconds for one try. */
  patience?: number
}

export interface Answer<T = unknown> {
  /** 0: nobody answered. */
  status: number
  body: T
  headers: Headers
}

/** Asks once. A connection that fails or breaks is an answer too: who talks to a dying process must be ready for it. */
export async function ask<T = unknown>(url: string, { method = 'GET', body, form, headers = {}, patience = 15_000 }: Asked = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: form ? new URLSearchParams(form) : body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    })
    const text = await response.text()
    return { status: response.status, body: parsed(text) as T, headers: response.headers }
  } catch (error) {
    return { status: 0, body: String(error) as T, headers: new Headers() }
  }
}

/** Asks until somebody answers something that is not an outage. @throws when `giveUp` says so */
export async function insist<T = unknown>(url: string, asked: Asked = {}, giveUp?: AbortSignal): Promise<Answer<T> & { tries: number }> {
  for (let tries = 1; ; tries++) {
    giveUp?.throwIfAborted()
    const answer = await ask<T>(url, asked)
    if (answer.status !== 0 && answer.status !== 429 && answer.status < 500) return { ...answer, tries }
    await wait(Math.min(2_000, 150 * 2 ** Math.min(tries, 4)))
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
