import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api'

const tracer = trace.getTracer('risk-callback')

export interface SpanOptions {
  kind?: keyof typeof SpanKind
  /** Never anything personal: a tracing service is read by many. */
  attributes?: Attributes
  /** What it is part of; by default whatever is under way here. */
  parent?: Context
}

/** Runs a piece of work as one span of the trace that is under way. Without tracing it only runs it. */
export function inSpan<Result>(
  name: string,
  { kind = 'INTERNAL', attributes = {}, parent = context.active() }: SpanOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes }, parent, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      // The kind of the failure; its message may carry what the outside system said of a person.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'failure' })
      throw error
    } finally {
      span.end()
    }
  })
}

/** A span of something that is over already. */
export function pastSpan(name: string, from: Date, { attributes = {}, parent = context.active() }: SpanOptions): void {
  tracer.startSpan(name, { startTime: from, attributes }, parent).end()
}

/** What the next process must be told to go on with this trace, as W3C headers; undefined when there is none. */
export function carriedTrace(): Record<string, string> | undefined {
  if (!trace.getActiveSpan()) return undefined
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier
}

/** The trace that another process told us of. */
export function traceFrom(carrier: Record<string, unknown>): Context {
  return propagation.extract(context.active(), carrier)
}

/** For log lines; empty when no trace is under way. */
export function traceOfNow(): { traceId?: string; spanId?: string } {
  const { traceId, spanId } = trace.getActiveSpan()?.spanContext() ?? {}
  return traceId ? { traceId, spanId } : {}
}
