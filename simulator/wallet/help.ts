import { z } from 'zod'
import { Problem } from '../problem'
import type { WalletPayment } from './payments'
import type { People, Person } from './people'
import { demandOk, type Product, type ProductFile } from './product'

/** What the payer says went wrong with a transfer. */
export const helpWantedSchema = z.strictObject({
  kind: z.enum(['wrong_transfer', 'impersonation']),
  reason: z.string().trim().min(1).max(4_000),
})

export interface WalletHelp {
  /** The case of help with this transfer as the product shows it to the payer; null when there is none. */
  of(payment: WalletPayment): Promise<unknown>
  /** @throws Problem 409 for what was not transferred to a person */
  open(person: Person, payment: WalletPayment, wanted: z.output<typeof helpWantedSchema>): Promise<void>
  /** What the payer says to the mediator's proposal; the product judges the body. */
  answerProposal(payment: WalletPayment, body: unknown): Promise<void>
  /** The evidence package, a PDF. */
  evidence(payment: WalletPayment, language: 'en' | 'zh-CN'): Promise<ProductFile>
}

/** The app's side of help after a wrong transfer. It keeps nothing: the product knows how each case stands. */
export function createWalletHelp({ product, people }: { product: Product; people: People }): WalletHelp {
  async function caseOf({ payerId, paymentId }: WalletPayment): Promise<string | undefined> {
    const answer = demandOk(await product.ask('GET', `/v1/payer/transfer-help?payerId=${encodeURIComponent(payerId)}`))
    const { cases } = answer as { cases: { caseId: string; transferId: string }[] }
    return cases.find(({ transferId }) => transferId === paymentId)?.caseId
  }

  async function addressOf(payment: WalletPayment): Promise<`/v1/payer/${string}`> {
    const caseId = await caseOf(payment)
    if (caseId === undefined) throw new Problem(404, 'Not Found', 'Help was not asked for this transfer.')
    return `/v1/payer/transfer-help/${encodeURIComponent(caseId)}`
  }

  return {
    async of(payment) {
      const caseId = await caseOf(payment)
      return caseId === undefined ? null : demandOk(await product.ask('GET', `/v1/payer/transfer-help/${encodeURIComponent(caseId)}`))
    },
    async open({ id, name, phone, locale, security }, { paymentId, at, amount, kind, payee }, wanted) {
      if (kind !== 'transfer') throw new Problem(409, 'Conflict', 'Help is for transfers to a person; anything else can be disputed.')
      // Somebody without a wallet here is known by what the payer typed alone.
      const known = people.get(payee.id)
      const body = {
        transferId: paymentId,
        ...wanted,
        transferredAt: at,
        amount: { amount, currency: 'CNY' },
        payer: { id, name, phones: [phone], locale, security },
        payee: known ? { id: known.id, name: known.name, phone: known.phone, locale: known.locale } : payee,
      }
      demandOk(await product.ask('POST', '/v1/payer/transfer-help', body))
    },
    async answerProposal(payment, body) {
      demandOk(await product.ask('POST', `${await addressOf(payment)}/mediation-answer`, body))
    },
    async evidence(payment, language) {
      return product.file(`${await addressOf(payment)}/evidence?language=${language}`)
    },
  }
}
