import pino from 'pino'
import { traceOfNow } from './span'

export type Log = pino.Logger

// People's data and secrets, wherever our own objects carry them. Objects nest at most this deep in log calls.
const sensitive = ['name', 'payerName', 'phone', 'phones', 'from', 'to', 'email', 'password', 'key', 'token', 'authToken', 'secret', 'authorization', 'cookie']
const paths = sensitive.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/**
 * Structured logs, one JSON object a line. A child logger made with `{ caseId }` names the case on
 * every line; names, phones and keys are cut out wherever they stand.
 */
export function createLog(service: string, level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    // Which trace a line belongs to, where there is one.
    mixin: traceOfNow,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: [...paths, 'req.headers.authorization', 'req.headers.cookie', 'req.headers["x-twilio-signature"]'], censor: '[redacted]' },
    serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
  }
  return destination ? pino(options, destination) : pino(options)
}
