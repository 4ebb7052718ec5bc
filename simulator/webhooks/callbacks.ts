import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { wait } from '../clock'
import type { Faults } from '../faults'
import type { Store } from '../store'
import type { Alerts } from './alerts'
import type { WebhookClient } from './client'

/** Where status callbacks go and which events were asked for. */
export interface CallbackTarget {
  url: string
  method: 'GET' | 'POST'
  events: string[]
}

interface Pending {
  id: string
  url: string
  method: 'GET' | 'POST'
  fields: Record<string, string>
}

export interface Callbacks {
  /** Journals a status callback with the change that causes it and sends it soon. */
  post(target: { url: string; method: 'GET' | 'POST' }, fields: Record<string, string>): void
  /** Sends what an earlier process left unsent. */
  recover(): void
}

const recorderMs = 2_000

interface Deps {
  store: Store
  client: WebhookClient
  faults: Faults
  alerts: Alerts
  log: Logger
  stopping: AbortSignal
}

export function createCallbacks({ store, client, faults, alerts, log, stopping }: Deps): Callbacks {
  const pending = store.table<Pending>('callbacks')

  async function deliver(callback: Pending, heldBackMs: number, last: boolean): Promise<void> {
    try {
      await wait(heldBackMs, stopping)
      const answer = await client.send({ ...callback, token: callback.id }, stopping)
      if (!answer.ok) {
        alerts.raise(11200, `Status callback failed: ${answer.message}`, callback.url, callback.fields.CallSid)
        log.warn({ url: callback.url, trouble: answer.message }, 'status callback was not taken')
      }
      if (last) pending.remove(callback.id)
    } catch (error) {
      // On a stop the row stays; the next process sends it.
      if (!stopping.aborted) log.error({ err: error, url: callback.url }, 'status callback failed')
    }
  }

  return {
    post(target, fields) {
      if (faults.strikes('dropCallbacks')) return
      const callback: Pending = { id: randomUUID(), url: target.url, method: target.method, fields }
      pending.put(callback.id, callback)
      const late = faults.milliseconds('delayCallbacksMs')
      const overtaken = faults.strikes('reorderCallbacks') ? Math.random() * recorderMs : 0
      const twice = faults.strikes('repeatCallbacks')
      void deliver(callback, late + overtaken, !twice)
      if (twice) void deliver(callback, late + overtaken + 50 + Math.random() * 500, true)
    },
    recover() {
      for (const callback of pending.values()) void deliver(callback, 0, true)
    },
  }
}
