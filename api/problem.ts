import type { FieldError } from '../domain/flag'

/** What a problem document (RFC 9457) says beside its type, title and status. */
export interface ProblemDetail {
  detail?: string
  errors?: FieldError[]
  /** Seconds after which trying again makes sense. */
  retryAfter?: number
  headers?: Record<string, string>
}

/**
 * A refusal that the caller is told about. Thrown anywhere below a route; the one error handler
 * writes it as `application/problem+json`. Everything else that is thrown is our fault and answers 500.
 */
export class Problem extends Error {
  override name = 'Problem'
  constructor(
    readonly status: number,
    readonly slug: string,
    readonly title: string,
    readonly more: ProblemDetail = {},
  ) {
    super(more.detail ?? title)
  }
}

export const malformed = (detail: string) => new Problem(400, 'malformed', 'The request could not be read', { detail })
export const unauthenticated = (detail: string, headers?: Record<string, string>) =>
  new Problem(401, 'unauthenticated', 'Who are you?', { detail, ...(headers ? { headers } : {}) })
export const forbidden = (detail: string) => new Problem(403, 'forbidden', 'That is not yours to do', { detail })
export const notFound = (detail: string) => new Problem(404, 'not-found', 'There is no such thing', { detail })
export const methodNotAllowed = (allowed: string[]) =>
  new Problem(405, 'method-not-allowed', 'That address does not do that', {
    detail: `It answers ${allowed.join(', ')}.`,
    headers: { Allow: allowed.join(', ') },
  })
export const conflict = (detail: string) => new Problem(409, 'conflict', 'It was decided otherwise already', { detail })
export const tooLarge = (detail: string) => new Problem(413, 'too-large', 'The body is too large', { detail })
export const notJson = () =>
  new Problem(415, 'not-json', 'Only JSON is understood', { detail: 'Send the body as application/json, encoded as UTF-8.' })
export const invalid = (errors: FieldError[]) =>
  new Problem(422, 'invalid', 'Some fields are not valid', {
    detail: errors.map(({ field, message }) => `${field}: ${message}`).join('; ').slice(0, 2_000),
    errors,
  })
export const tooMany = (retryAfter: number, detail: string) =>
  new Problem(429, 'too-many-requests', 'Too many requests', { detail, retryAfter })
export const unavailable = (detail: string, retryAfter = 2) =>
  new Problem(503, 'unavailable', 'A part that this needs is away', { detail, retryAfter })
