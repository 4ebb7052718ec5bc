import type { Logger } from 'pino'
import { Webhook } from 'standardwebhooks'
import { request } from 'undici'
import { type Clock, wait } from '../clock'
import type { Store } from '../store'
import type { Ledger } from './ledger'
import type { Kind, LedgerAnswer } from './operation'

interface Due {
  id: string
  kind: Kind
  key: string
  /** Real time from which the operation is confirmed. */
  at: string
}

export interface Confirmations {
  /** Confirms the pending operation after real milliseconds, and tells the product until it listens. */
  schedule(answer: LedgerAnswer, delayMs: number): void
  recover(): void
}

interface Deps {
  store: Store
  clock: Clock
  ledger: Ledger
  url: string | null
  /** `whsec_…` */
  secret: string | null
  log: Logger
  stopping: AbortSignal
}

const longestPauseMs = 30_000

export function createConfirmations({ store, clock, ledger, url, secret, log, stopping }: Deps): Confirmations {
  const dues = store.table<Due>('ledger.confirmations')
  const signer = secret ? new Webhook(secret) : null
  // One after the other per payment: a release must not be entered before its hold.
  const chains = new Map<string, Promise<void>>()

  async function settle(due: Due): Promise<void> {
    await wait(Date.parse(due.at) - Date.now(), stopping)
    const answer = ledger.confirm(due.kind, due.key)
    await store.durable()
    void tell(due, answer).catch((error: unknown) => {
      if (!stopping.aborted) log.error({ err: error, key: due.key }, 'confirmation failed')
    })
  }

  async function tell(due: Due, answer: LedgerAnswer): Promise<void> {
    for (let tried = 0; url && signer; tried++) {
      const payload = JSON.stringify({ type: 'ledger.confirmed', timestamp: answer.at, data: answer })
      const taken = await post(url, `msg_${answer.entryId}`, payload, signer)
      if (taken) break
      await wait(Math.min(longestPauseMs, 250 * 2 ** tried), stopping)
    }
    dues.remove(due.id)
  }

  async function post(target: string, id: string, payload: string, sign: Webhook): Promise<boolean> {
    const now = new Date()
    try {
      const answer = await request(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': sign.sign(id, now, payload),
        },
        body: payload,
        headersTimeout: 15_000,
        signal: stopping,
      })
      await answer.body.dump()
      if (answer.statusCode >= 300) log.warn({ status: answer.statusCode, id }, 'the confirmation was not taken')
      return answer.statusCode < 300
    } catch (error) {
      if (stopping.aborted) throw error
      log.warn({ id, reason: (error as Error).message }, 'the confirmation did not arrive')
      return false
    }
  }

  function run(due: Due, paymentId: string): void {
    const before = chains.get(paymentId) ?? Promise.resolve()
    const mine = before
      .then(() => settle(due))
      .catch((error: unknown) => {
        if (!stopping.aborted) log.error({ err: error, key: due.key }, 'confirming failed')
      })
    chains.set(paymentId, mine)
    void mine.then(() => chains.get(paymentId) === mine && chains.delete(paymentId))
  }

  return {
    schedule(answer, delayMs) {
      const id = `${answer.kind}_${answer.key}`
      if (dues.get(id)) return
      const at = new Date(clock.now().getTime() + delayMs).toISOString()
      run(dues.put(id, { id, kind: answer.kind, key: answer.key, at }), answer.paymentId)
    },
    recover() {
      for (const due of dues.values()) run(due, ledger.answer(due.kind, due.key)!.paymentId)
      // Killed between accepting and scheduling: the operation must not stay pending for ever.
      for (const answer of ledger.pending()) this.schedule(answer, 0)
    },
  }
}
