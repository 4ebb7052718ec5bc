import { isGrpcServiceError } from '@temporalio/client'
import { KeyMissing } from '../configuration/vault'
import { Prisma } from '../generated/prisma/client'
import { invalid, malformed, notJson, Problem, tooLarge, unavailable } from './problem'

// Codes of Node and of PostgreSQL (SQLSTATE) that mean "not now": connections refused or cut, the
// server starting or stopping, too many connections, a deadlock or serialisation failure.
const away = /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOST|08|53|57P0|40001|40P01|25006)/
// Prisma: unreachable, timed out, closed, pool or transaction timeout, write conflict.
const prismaAway = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'])
const poolMessages = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/

/**
 * The problem that an error amounts to; undefined when it is none that a caller could have
 * caused or could wait out, and is therefore a fault of ours.
 */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  return bodyProblem(error) ?? databaseProblem(error) ?? temporalProblem(error)
}

/** What body-parser and Express's router throw carries a `type` or is a URIError; a compressed body that is none has a code of zlib. */
function bodyProblem(error: unknown): Problem | undefined {
  if (error instanceof URIError) return malformed('The address is not properly encoded.')
  if (/^(Z_|ERR__)/.test(String(field(error, 'code') ?? ''))) return malformed('The body could not be decompressed.')
  switch (field(error, 'type')) {
    case 'entity.too.large':
      return tooLarge('A body may have up to 64 kB.')
    case 'entity.parse.failed':
      return malformed('The body is not well-formed JSON.')
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return notJson()
    case 'request.aborted':
    case 'request.size.invalid':
    case 'entity.verify.failed':
      return malformed('The body did not arrive whole.')
  }
  return undefined
}

function databaseProblem(error: unknown): Problem | undefined {
  for (let cause = error, depth = 0; cause && depth < 5; cause = field(cause, 'cause'), depth++) {
    const code = String(field(cause, 'originalCode') ?? field(cause, 'code') ?? '')
    // A character that PostgreSQL cannot store, such as NUL, slipped past a validator.
    if (code === '22021' || code === '22P05') return invalid([{ field: '(body)', message: 'has a character that cannot be stored' }])
    const gone = away.test(code) || prismaAway.has(code) || poolMessages.test(String(field(cause, 'message')))
    if (gone || cause instanceof Prisma.PrismaClientInitializationError) return unavailable('The database cannot be reached.')
    if (cause instanceof KeyMissing) return unavailable(`What is stored is sealed under the key ${cause.keyId}, which this installation was not given.`, 60)
    // Happy-eyeballs connecting throws one error for all addresses tried.
    if (cause instanceof AggregateError) return databaseProblem(cause.errors[0])
  }
  return undefined
}

function temporalProblem(error: unknown): Problem | undefined {
  for (let cause = error, depth = 0; cause && depth < 5; cause = field(cause, 'cause'), depth++) {
    // UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED, and FAILED_PRECONDITION: the case's worker died just now.
    if (cause instanceof Error && isGrpcServiceError(cause) && [14, 4, 8, 1, 9].includes(cause.code))
      return unavailable('The workflow engine cannot be reached; nothing was lost, try again.')
  }
  return undefined
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined
}
