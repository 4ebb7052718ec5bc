import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { pinoHttp } from 'pino-http'
import type { Log } from '../configuration/log'

/** Asked every few seconds by machines; a line each would bury the rest. */
const quiet = /^\/(healthz|readyz|metrics|assets\/|v1\/desk\/pulse)/

/**
 * One line per request, with the request's id (given back as `X-Request-Id`) and the case. Neither
 * query strings nor bodies are written: searches carry names and phone numbers.
 */
export function requestLog(log: Log): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId(_request, response) {
      const id = randomUUID()
      response.setHeader('X-Request-Id', id)
      return id
    },
    autoLogging: { ignore: (request) => quiet.test(request.url ?? '') },
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({ id: request.id, method: request.method, path: request.url.split('?')[0] }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customProps: (_request, response) => {
      const { caseId, traceId } = (response as { locals?: { caseId?: string; traceId?: string } }).locals ?? {}
      return { ...(caseId ? { caseId } : {}), ...(traceId ? { traceId } : {}) }
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
  }) as RequestHandler
}
