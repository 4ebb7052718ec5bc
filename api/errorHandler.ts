import type { ErrorRequestHandler, RequestHandler, Router } from 'express'
import { problemOf } from './failure'
import { methodNotAllowed, notFound, Problem } from './problem'
import { routesOf } from './routes'

/** The one place where an error becomes an answer. A stack trace goes to the log and never further. */
export const errorHandler: ErrorRequestHandler = (error, request, response, next) => {
  const known = problemOf(error)
  if (!known || known.status >= 500) request.log.error({ err: error }, 'request failed')
  // Half an answer is on its way: only breaking the connection tells the caller that it is not whole.
  if (response.headersSent) return next(error)

  const problem = known ?? new Problem(500, 'internal', 'Something went wrong on our side', { detail: 'It has been logged under the request id.' })
  const { detail, errors, retryAfter, headers } = problem.more
  response.set(headers ?? {})
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter))
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `/problems/${problem.slug}`,
        title: problem.title,
        status: problem.status,
        ...(detail ? { detail } : {}),
        ...(errors ? { errors } : {}),
        instance: `urn:uuid:${String(request.id)}`,
      }),
    )
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
