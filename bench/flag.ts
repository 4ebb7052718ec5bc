import type { FlaggedPaymentInput } from '../domain/flag'

/** A flagged payment of a payer of its own, in the size that real ones have. */
export function flagOf(number: number, { paidAt = new Date(), score = 82 }: { paidAt?: Date; score?: number } = {}): FlaggedPaymentInput & { payer: { phones: [string] } } {
  return {
    paymentId: `pay_bench_${number}`,
    paidAt: paidAt.toISOString(),
    amount: { amount: 758_700, currency: 'CNY' },
    method: 'quick_payment',
    payer: {
      id: `bench-${number}`,
      name: '李先生',
      phones: [`+8613800${String(number).padStart(6, '0')}`],
      locale: 'zh-CN',
      security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
    },
    payee: { id: 'airline-77', name: 'Air tickets' },
    risk: { score, rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }], device: { model: 'unknown' }, place: { country: 'CN' } },
  }
}
