import { context, propagation, trace } from '@opentelemetry/api'

export interface Tracing {
  /** Sends what is still here. */
  stop(): Promise<void>
}

export interface TracingSettings {
  /** Base address of an OTLP receiver. */
  endpoint: string
  /** The share of new traces that is kept, from 0 to 1; a trace that comes in follows its beginning. */
  share: number
}

/**
 * Traces of this process go to the receiver from now on. Without settings nothing is loaded: each span that
 * the product makes is then an empty object.
 */
export async function startTracing(service: string, settings: TracingSettings | undefined, version: string): Promise<Tracing | undefined> {
  if (!settings) return undefined
  const [{ AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] = await Promise.all([
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
  ])
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `risk-callback-${service}`, 'service.version': version, 'process.pid': process.pid }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(settings.share) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${settings.endpoint}/v1/traces` }), scheduledDelayMillis: 1_000 })],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(provider)
  return {
    async stop() {
      await provider.shutdown()
      for (const each of [trace, context, propagation]) each.disable()
    },
  }
}
