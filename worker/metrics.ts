import { Counter, Histogram, type Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** What the worker counts; the API's gauges come from PostgreSQL. */
export function createMetrics(registry: Registry) {
  const registers = [registry]
  return {
    registry,
    attempts: new Counter({ name: 'risk_callback_attempts_total', help: 'Attempts made, by mode', labelNames: ['mode'], registers }),
    attemptsNotMade: new Counter({ name: 'risk_callback_attempts_not_made_total', help: 'Attempts not made, by reason', labelNames: ['reason'], registers }),
    creationFailures: new Counter({ name: 'risk_callback_call_creation_failures_total', help: 'Failed requests to create a call, by kind', labelNames: ['kind'], registers }),
    reconciliations: new Counter({ name: 'risk_callback_call_reconciliations_total', help: 'Calls whose outcome was unknown, by what the provider had', labelNames: ['found'], registers }),
    promiseBroken: new Counter({ name: 'risk_callback_promise_broken_total', help: 'Payments whose phone did not ring in time, by the step that used up the time', labelNames: ['step'], registers }),
    ledgerFailures: new Counter({ name: 'risk_callback_ledger_failures_total', help: 'Unanswered or refused instructions to the payments core', labelNames: ['kind', 'failure'], registers }),
    eventsDelivered: new Counter({ name: 'risk_callback_outbound_events_total', help: 'Events for the risk engine, by what became of the delivery', labelNames: ['result'], registers }),
    recovered: new Counter({ name: 'risk_callback_flags_recovered_total', help: 'Flags that recovery handed to Temporal', registers }),
    providerQueue: new Histogram({ name: 'risk_callback_provider_queue_seconds', help: 'How long calls waited at the provider', buckets: [0.1, 0.5, 1, 2, 5, 10], registers }),
  }
}
