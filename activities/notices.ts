import { Context } from '@temporalio/activity'
import { Webhook } from 'standardwebhooks'
import { deliverableEvents, markDelivered, markFailed, type DeliverableEvent } from '../records/delivery'
import { setTimeout as wait } from 'node:timers/promises'
import type { ActivityDependencies } from './dependencies'

const parallel = 8
const timeoutMillis = 10_000

export function createNoticeActivities({ db, configuration, log, metrics, stopping }: ActivityDependencies) {
  async function deliver({ id, body, caseId, attempts }: DeliverableEvent, { url, secret }: { url: string; secret: string }): Promise<void> {
    const payload = JSON.stringify(body)
    const timestamp = new Date()
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1_000)),
          'webhook-signature': new Webhook(secret).sign(id, timestamp, payload),
        },
        body: payload,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMillis),
      })
      // Read to its end, so that the connection is kept for the next event.
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`answered ${response.status}`)
      await markDelivered(db, id)
      metrics.eventsDelivered.inc({ result: 'delivered' })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const fate = await markFailed(db, id, attempts + 1, reason)
      metrics.eventsDelivered.inc({ result: fate })
      log.warn({ caseId, eventId: id, attempts: attempts + 1, fate, err: error }, 'an event for the risk engine was not delivered')
    }
  }

  return {
    /**
     * Delivers what is due until nothing is left or the time is up, in order per case, at least once.
     * Heartbeats, so that another worker takes over when this one dies.
     */
    async deliverEvents(maxMillis: number): Promise<void> {
      const { events } = configuration
      if (!events) return
      const until = Date.now() + maxMillis
      while (Date.now() < until && !stopping.aborted) {
        Context.current().heartbeat()
        const due = await deliverableEvents(db, parallel)
        await Promise.all(due.map((event) => deliver(event, events)))
        if (due.length === 0) await wait(500, undefined, { signal: stopping }).catch(() => undefined)
      }
    },
  }
}
