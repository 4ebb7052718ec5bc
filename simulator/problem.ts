import type { ErrorRequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { ZodError, type ZodType } from 'zod'

/** An error of the simulator's own endpoints, told as an RFC 9457 problem document. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors?: { field: string; message: string }[],
  ) {
    super(detail)
    this.name = 'Problem'
  }
}

/** Checks a body, naming every field that is wrong. */
export function parse<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  throw refused(result.error)
}

function refused(error: ZodError): Problem {
  const errors = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'is not known here' }))
    return [{ field: issue.path.join('.') || 'body', message: issue.message }]
  })
  return new Problem(422, 'Unprocessable Content', errors.map((e) => `${e.field}: ${e.message}`).join('; '), errors)
}

export function sendProblem(res: Response, { status, title, detail, errors }: Problem): void {
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors && { errors }) }))
}

export function problems(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error instanceof Problem) return sendProblem(res, error)
    const status = (error as { status?: number }).status
    if (status && status >= 400 && status < 500) return sendProblem(res, new Problem(status, 'Bad Request', 'The request could not be read.'))
    log.error({ err: error, path: req.path }, 'request failed')
    sendProblem(res, new Problem(500, 'Internal Server Error', 'The simulator failed; its log says why.'))
  }
}
