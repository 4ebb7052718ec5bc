import { z } from 'zod'
import { Problem } from '../problem'
import type { WalletPayment } from './payments'
import type { Person } from './people'
import { demandOk, type Product } from './product'

/** What the payer says is wrong with a payment. */
export const complaintSchema = z.strictObject({
  reason: z.enum(['not_me', 'wrong_place', 'wrong_amount', 'goods_not_received']),
  statement: z.string().trim().min(1).max(4_000).optional(),
})

export interface WalletDisputes {
  /** The dispute of this payment as the product shows it to the payer; null when there is none. */
  of(payment: WalletPayment): Promise<unknown>
  open(person: Person, payment: WalletPayment, complaint: z.output<typeof complaintSchema>): Promise<void>
  /** Sends a file, or appeals against the decision; the product judges the body. */
  act(payment: WalletPayment, deed: 'files' | 'appeal', body: unknown): Promise<void>
}

/** The app's side of a dispute. It keeps nothing: the product knows how each stands. */
export function createWalletDisputes({ product }: { product: Product }): WalletDisputes {
  const address = (caseId: string, rest = '') => `/v1/payer/disputes/${encodeURIComponent(caseId)}${rest}` as const

  async function caseOf({ payerId, paymentId }: WalletPayment): Promise<string | undefined> {
    const answer = demandOk(await product.ask('GET', `/v1/payer/disputes?payerId=${encodeURIComponent(payerId)}`))
    const { disputes } = answer as { disputes: { caseId: string; paymentId: string }[] }
    return disputes.find((one) => one.paymentId === paymentId)?.caseId
  }

  return {
    async of(payment) {
      const caseId = await caseOf(payment)
      return caseId === undefined ? null : demandOk(await product.ask('GET', address(caseId)))
    },
    async open({ id, name, phone, locale, security }, { paymentId, at, amount, kind, payee, city }, complaint) {
      const body = {
        paymentId,
        ...complaint,
        payment: { paidAt: at, amount: { amount, currency: 'CNY' }, method: kind, payee, place: city === undefined ? {} : { city } },
        payer: { id, name, phones: [phone], locale, security },
      }
      demandOk(await product.ask('POST', '/v1/payer/disputes', body))
    },
    async act(payment, deed, body) {
      const caseId = await caseOf(payment)
      if (caseId === undefined) throw new Problem(404, 'Not Found', 'This payment is not disputed.')
      demandOk(await product.ask('POST', address(caseId, `/${deed}`), body))
    },
  }
}
