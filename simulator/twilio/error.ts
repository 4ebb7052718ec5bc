import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'

/** An answer that Twilio would give with one of its error codes. */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message)
    this.name = 'TwilioError'
  }

  body() {
    return { code: this.code, message: this.message, more_info: `https://www.twilio.com/docs/errors/${this.code}`, status: this.status }
  }
}

export const notFound = (path: string) => new TwilioError(404, 20404, `The requested resource ${path} was not found`)
export const badRequest = (code: number, message: string) => new TwilioError(400, code, message)

export function twilioErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error instanceof TwilioError) return void res.status(error.status).json(error.body())
    const status = (error as { status?: number }).status
    if (status && status < 500) {
      const refused = new TwilioError(status, status === 413 ? 20413 : 20001, 'The request body could not be read')
      return void res.status(status).json(refused.body())
    }
    log.error({ err: error, path: req.path }, 'Twilio API failed')
    res.status(500).json(new TwilioError(500, 20500, 'An internal server error has occurred').body())
  }
}
