import type { RequestHandler } from 'express'
import { Histogram, type Registry } from 'prom-client'

/** Duration of each request by route pattern: addresses as they were typed would make endless series. */
export function measure(metrics: Registry): RequestHandler {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [metrics],
  })
  return (request, response, next) => {
    const stop = duration.startTimer()
    response.on('finish', () => {
      // An event stream lasts as long as its page: its duration says nothing.
      if (response.getHeader('content-type')?.toString().startsWith('text/event-stream')) return
      const route: unknown = (request.route as { path?: unknown } | undefined)?.path
      stop({ method: request.method, route: typeof route === 'string' ? route : 'none', status: response.statusCode })
    })
    next()
  }
}
