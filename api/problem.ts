import type { FieldError } from '../domain/flag'

/** Every kind of refusal. The key is the last part of the problem's `type`, the rest stands at that address. */
export const problemKinds = {
  malformed: {
    status: 400,
    title: 'The request could not be read',
    about: 'The body is not well-formed JSON or did not arrive whole, or the address is not properly encoded.',
  },
  unauthenticated: { status: 401, title: 'Who are you?', about: 'No credentials came with the request, or they are unknown, expired or revoked.' },
  forbidden: {
    status: 403,
    title: 'That is not yours to do',
    about: 'The credentials are good, but not for this: another role, another scope, another agent’s case, another site, a wrong signature.',
  },
  'not-found': { status: 404, title: 'There is no such thing', about: 'Nothing lives at this address, or nothing has this id.' },
  'method-not-allowed': { status: 405, title: 'That address does not do that', about: 'The address exists; `Allow` names the methods that it answers.' },
  conflict: {
    status: 409,
    title: 'It was decided otherwise already',
    about: 'What is there already contradicts the request: an answered offer, a decided payment, the same payment id with another body.',
  },
  'too-large': { status: 413, title: 'The body is too large', about: 'A body may have up to 64 kB.' },
  'not-json': { status: 415, title: 'Only JSON is understood', about: 'Bodies are application/json in UTF-8.' },
  invalid: { status: 422, title: 'Some fields are not valid', about: '`errors` names each field and says what was expected. Nothing was changed.' },
  'too-many-requests': { status: 429, title: 'Too many requests', about: '`Retry-After` tells after how many seconds to come back.' },
  internal: { status: 500, title: 'Something went wrong on our side', about: 'It is logged under the request’s id, which is the problem’s `instance`.' },
  unavailable: {
    status: 503,
    title: 'A part that this needs is away',
    about: 'PostgreSQL, Temporal or the telephone provider cannot be reached for now. `Retry-After` tells when to try again; nothing is half done.',
  },
} as const
export type ProblemKind = keyof typeof problemKinds

/** What a problem document (RFC 9457) says beside its type, title and status. */
export interface ProblemDetail {
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
    readonly kind: ProblemKind,
    readonly detail: string,
    readonly more: ProblemDetail = {},
  ) {
    super(detail)
  }

  get status(): number {
    return problemKinds[this.kind].status
  }
}

export const malformed = (detail: string) => new Problem('malformed', detail)
export const unauthenticated = (detail: string, headers?: Record<string, string>) => new Problem('unauthenticated', detail, headers ? { headers } : {})
export const forbidden = (detail: string) => new Problem('forbidden', detail)
export const notFound = (detail: string) => new Problem('not-found', detail)
export const methodNotAllowed = (allowed: string[]) =>
  new Problem('method-not-allowed', `It answers ${allowed.join(', ')}.`, { headers: { Allow: allowed.join(', ') } })
export const conflict = (detail: string) => new Problem('conflict', detail)
export const tooLarge = (detail: string) => new Problem('too-large', detail)
export const notJson = () => new Problem('not-json', 'Send the body as application/json, encoded as UTF-8.')
export const invalid = (errors: FieldError[]) =>
  new Problem(
    'invalid',
    errors
      .map(({ field, message }) => `${field}: ${message}`)
      .join('; ')
      .slice(0, 2_000),
    { errors },
  )
export const tooMany = (retryAfter: number, detail: string) => new Problem('too-many-requests', detail, { retryAfter })
export const internal = () => new Problem('internal', 'It has been logged under the request’s id.')
export const unavailable = (detail: string, retryAfter = 2) => new Problem('unavailable', detail, { retryAfter })
