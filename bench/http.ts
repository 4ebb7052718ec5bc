import { Agent, request } from 'undici'

/** An answer that the benchmark did not expect. */
export class UnexpectedAnswer extends Error {
  constructor(
    readonly status: number,
    what: string,
    body: string,
  ) {
    super(`${what} answered ${status}: ${body.slice(0, 300)}`)
    this.name = 'UnexpectedAnswer'
  }
}

export interface Http {
  /** @throws {UnexpectedAnswer} on any status of 300 and more */
  ask<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Answered<T>>
  /** Events of a server-sent stream until it ends or `signal` ends it. */
  events(url: string, headers: Record<string, string>, signal: AbortSignal): AsyncGenerator<{ event: string; data: string }>
  close(): Promise<void>
}

export interface Answered<T> {
  body: T
  headers: Record<string, string | string[] | undefined>
}

/** One client for the whole load generator; connections stay open, as an integrator's would. */
export function createHttp(): Http {
  const dispatcher = new Agent({ connections: 512, keepAliveTimeout: 60_000, bodyTimeout: 0 })
  return {
    async ask(method, url, { body, headers = {} } = {}) {
      const answer = await request(url, {
        method,
        dispatcher,
        headers: method === 'GET' ? headers : { 'content-type': 'application/json', ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await answer.body.text()
      if (answer.statusCode >= 300) throw new UnexpectedAnswer(answer.statusCode, `${method} ${url}`, text)
      return { body: (text === '' ? undefined : JSON.parse(text)) as never, headers: answer.headers }
    },
    async *events(url, headers, signal) {
      const answer = await request(url, { dispatcher, headers, signal })
      if (answer.statusCode !== 200) throw new UnexpectedAnswer(answer.statusCode, `GET ${url}`, await answer.body.text())
      let rest = ''
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        rest += chunk.toString('utf8')
        const blocks = rest.split('\n\n')
        rest = blocks.pop()!
        for (const block of blocks) {
          const found = /^event: (.*)\ndata: (.*)$/m.exec(block)
          if (found) yield { event: found[1]!, data: found[2]! }
        }
      }
    },
    close: () => dispatcher.destroy(),
  }
}
