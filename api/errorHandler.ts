import type { ErrorRequestHandler, RequestHandler, Response, Router } from 'express'
import { problemOf } from './failure'
import { internal, methodNotAllowed, notFound, type Problem, problemKinds } from './problem'
import { routesOf } from './routes'

/** The one place where an error becomes an answer. A stack trace goes to the log and never further. */
export const errorHandler: ErrorRequestHandler = (error, request, response, next) => {
  const known = problemOf(error)
  if (!known) request.log.error({ err: error }, 'request failed')
  else if (known.status >= 500) request.log.warn({ err: error }, 'a part is away')
  // Half an answer is on its way: only breaking the connection tells the caller that it is not whole.
  if (response.headersSent) return next(error)
  write(known ?? internal(), String(request.id), response)
}

function write(problem: Problem, requestId: string, response: Response): void {
  const { errors, retryAfter, headers } = problem.more
  const { kind, status, detail } = problem
  response.set(headers ?? {})
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter))
  const { title } = problemKinds[kind]
  const document = { type: `/problems/${kind}`, title, status, detail, ...(errors ? { errors } : {}), instance: `urn:uuid:${requestId}` }
  response.status(status).type('application/problem+json').send(JSON.stringify(document))
}

/** Nothing answered: a known address under a wrong method is 405, anything else 404. */
export function unknownRoute(router: () => Router): RequestHandler {
  return (request, _response, next) => {
    const allowed = routesOf(router())
      .filter((route) => route.matches(request.path))
      .map((route) => route.method.toUpperCase())
    next(allowed.length > 0 ? methodNotAllowed([...new Set(allowed)]) : notFound('Nothing lives at this address.'))
  }
}
