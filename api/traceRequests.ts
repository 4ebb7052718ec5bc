import { context, trace, SpanStatusCode } from '@opentelemetry/api'
import type { RequestHandler } from 'express'
import { inSpan, traceFrom } from '../configuration/span'

/** Asked every few seconds by machines, or open as long as a page: a span of them says nothing. */
const untraced = /^\/(healthz|readyz|metrics|assets\/|v1\/desk\/pulse)|\/events$/

/** Each request is a span, of the caller's trace if it names one (W3C `traceparent`). Mounted only where traces are sent. */
export function traceRequests(): RequestHandler {
  return (request, response, next) => {
    if (untraced.test(request.path)) return next()
    void inSpan(request.method, { kind: 'SERVER', parent: traceFrom(request.headers) }, (span) => {
      response.locals.traceId = span.spanContext().traceId
      const answered = new Promise<void>((resolve) => response.once('close', resolve))
      context.with(trace.setSpan(context.active(), span), next)
      return answered.then(() => {
        // The route's pattern, as in the metrics: an address may carry anything.
        const route: unknown = (request.route as { path?: unknown } | undefined)?.path
        if (typeof route === 'string') span.updateName(`${request.method} ${route}`).setAttribute('http.route', route)
        span.setAttributes({ 'http.request.method': request.method, 'http.response.status_code': response.statusCode })
        const { caseId } = response.locals as { caseId?: string }
        if (caseId) span.setAttribute('case_id', caseId)
        if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      })
    })
  }
}
