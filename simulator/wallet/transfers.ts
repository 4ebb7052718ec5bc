import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../problem'
import type { Store } from '../store'
import type { WalletPayment, WalletPayments } from './payments'
import type { People, Person } from './people'
import { demandOk, type Product } from './product'

export const wantedTransferSchema = z.strictObject({
  payeeId: z.string().min(1).max(128),
  amount: z.int().positive().max(1_000_000_000_000),
  /** In which language the page shows what the product says. */
  locale: z.enum(['zh-CN', 'en']),
})
export const typedNameSchema = z.strictObject({ answer: z.string().min(1).max(200) })

/** A transfer that somebody began in the app. */
interface BegunTransfer {
  transferId: string
  payerId: string
  payeeId: string
  amount: number
  /** Once the app has asked for the money to go. */
  paymentId?: string
}

/** Whom one can send to: what they call themselves, never their real name. */
export interface Contact {
  id: string
  nickname: string
}

export interface WalletTransfers {
  contacts(person: Person): Contact[]
  /** Asks the product what this transfer needs; the page does what the answer says. */
  begin(person: Person, wanted: z.output<typeof wantedTransferSchema>): Promise<unknown>
  /** What the payer typed of the payee's masked name. */
  name(person: Person, transferId: string, answer: string): Promise<unknown>
  /** Pays when the product lets the transfer go. Asking twice pays once. */
  send(person: Person, transferId: string): Promise<WalletPayment>
}

const nicknameOf = ({ nickname, name }: Person) => nickname ?? name

/** Transfers from person to person: no money moves before the product has said that it may. */
export function createWalletTransfers(deps: { store: Store; people: People; payments: WalletPayments; product: Product }): WalletTransfers {
  const { store, people, payments, product } = deps
  const table = store.table<BegunTransfer>('wallet.transfers')
  /** Those that are being sent at this moment. */
  const sending = new Map<string, Promise<WalletPayment>>()
  const address = (transferId: string, rest = '') => `/v1/payer/transfers/${encodeURIComponent(transferId)}${rest}` as const

  function begunBy(person: Person, transferId: string): BegunTransfer {
    const transfer = table.get(transferId)
    if (transfer?.payerId !== person.id) throw new Problem(404, 'Not Found', 'There is no such transfer.')
    return transfer
  }

  async function pay(person: Person, transfer: BegunTransfer): Promise<WalletPayment> {
    const state = demandOk(await product.ask('GET', address(transfer.transferId))) as { mayGo: boolean }
    if (!state.mayGo) throw new Problem(409, 'Conflict', 'This transfer may not go yet.')
    const payee = people.get(transfer.payeeId)
    if (!payee) throw new Problem(404, 'Not Found', 'The payee has no wallet any more.')
    const payment = await payments.pay(person, { kind: 'transfer', payee: { id: payee.id, name: nicknameOf(payee) }, amount: transfer.amount })
    table.put(transfer.transferId, { ...transfer, paymentId: payment.paymentId })
    return payment
  }

  return {
    contacts: (person) =>
      people
        .all()
        .filter(({ id }) => id !== person.id)
        .map((one) => ({ id: one.id, nickname: nicknameOf(one) })),
    async begin(person, { payeeId, amount, locale }) {
      const payee = people.get(payeeId)
      if (!payee || payeeId === person.id) throw new Problem(404, 'Not Found', 'Nobody else has a wallet under that id.')
      const transferId = `transfer-${randomUUID()}`
      table.put(transferId, { transferId, payerId: person.id, payeeId, amount })
      await store.durable()
      const { id, name, nickname, since, renamedAt, reported } = payee
      const body = {
        transferId,
        amount: { amount, currency: 'CNY' },
        payer: { id: person.id, realNameVerified: person.security.realNameVerified, locale },
        payee: { id, name, nickname, since, renamedAt, reported },
      }
      return demandOk(await product.ask('POST', '/v1/payer/transfers/check', body))
    },
    async name(person, transferId, answer) {
      begunBy(person, transferId)
      return demandOk(await product.ask('POST', address(transferId, '/name'), { answer }))
    },
    async send(person, transferId) {
      const transfer = begunBy(person, transferId)
      const sent = transfer.paymentId === undefined ? undefined : payments.get(transfer.paymentId)
      if (sent) return sent
      const underWay = sending.get(transferId) ?? pay(person, transfer).finally(() => sending.delete(transferId))
      sending.set(transferId, underWay)
      return underWay
    },
  }
}
