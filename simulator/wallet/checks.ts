import type { Logger } from 'pino'
import { wait } from '../clock'
import type { Store } from '../store'
import type { Person } from './people'
import type { WalletPayment } from './payments'
import { demandOk, type Product } from './product'

/** What the product last said about a payment that it was asked about; see `CheckedPayment` in its API. */
export interface CheckSeen {
  paymentId: string
  decision: 'pay' | 'paused' | 'cancelled' | 'refused'
  phase: string
  version: number
  [field: string]: unknown
}

export interface ChatSeen {
  id: string
  at: string
  by: 'payer' | 'agent'
  text: string
}

export interface Checks {
  /** Asks the product before a payment is made. */
  ask(person: Person, payment: WalletPayment): Promise<CheckSeen>
  /** What the payer does about it: asks for help, cancels, confirms, writes. */
  act(paymentId: string, deed: Deed, body: unknown): Promise<void>
  seen(paymentId: string): (CheckSeen & { messages: ChatSeen[] }) | undefined
  /** Goes on waiting for the answers that were waited for when the process ended. */
  recover(): void
}

export const deeds = ['help', 'cancel', 'confirm', 'messages'] as const
export type Deed = (typeof deeds)[number]

const secondsPerQuestion = 25
const pauseAfterFailureMs = 1_000

interface Deps {
  store: Store
  product: Product
  log: Logger
  stopping: AbortSignal
}

/** The app's side of Answer Reminder: one long question at a time for each payment that waits. A lost one is asked again. */
export function createChecks({ store, product, log, stopping }: Deps): Checks {
  const checks = store.table<CheckSeen>('wallet.checks')
  const chats = store.table<ChatSeen[]>('wallet.chats')
  const watched = new Set<string>()
  const address = (paymentId: string, rest = '') => `/v1/payer/payments/${encodeURIComponent(paymentId)}${rest}` as const

  async function watch(paymentId: string): Promise<void> {
    if (watched.has(paymentId)) return
    watched.add(paymentId)
    for (let check = checks.get(paymentId)!; check.phase !== 'final' && !stopping.aborted;) {
      try {
        check = take(demandOk(await product.ask('GET', address(paymentId, `?wait=${secondsPerQuestion}&after=${check.version}`))))
        const { messages } = demandOk(await product.ask('GET', address(paymentId, '/messages'))) as { messages: ChatSeen[] }
        if (messages.length !== (chats.get(paymentId)?.length ?? 0)) chats.put(paymentId, messages)
      } catch (error) {
        if (stopping.aborted) break
        log.warn({ err: error, paymentId }, 'the product did not answer the wallet; asking again')
        await wait(pauseAfterFailureMs, stopping).catch(() => undefined)
      }
    }
    watched.delete(paymentId)
  }

  function take(answer: unknown): CheckSeen {
    const check = answer as CheckSeen
    const known = checks.get(check.paymentId)
    return known && known.version >= check.version ? known : checks.put(check.paymentId, check)
  }

  return {
    async ask(person, { paymentId, payee, amount, kind }) {
      const { id, name, phone, locale, security } = person
      const answer = await product.ask('POST', '/v1/payer/payments', {
        paymentId,
        amount: { amount, currency: 'CNY' },
        method: kind,
        payer: { id, name, phones: [phone], locale, security },
        payee,
      })
      const check = take(demandOk(answer))
      if (check.decision === 'paused') void watch(paymentId)
      return check
    },
    async act(paymentId, deed, body) {
      const answer = demandOk(await product.ask('POST', address(paymentId, `/${deed}`), body))
      if (deed === 'messages') chats.put(paymentId, [...(chats.get(paymentId) ?? []).filter(({ id }) => id !== (answer as ChatSeen).id), answer as ChatSeen])
      else take(answer)
    },
    seen: (paymentId) => {
      const check = checks.get(paymentId)
      return check && { ...check, messages: chats.get(paymentId) ?? [] }
    },
    recover() {
      for (const { paymentId, phase } of checks.values()) if (phase !== 'final') void watch(paymentId)
    },
  }
}
