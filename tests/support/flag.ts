/** A payment as the risk engine flags it, paid just now; `differences` replace its fields. */
export function flag(paymentId: string, differences: Record<string, unknown> = {}) {
  return {
    paymentId,
    paidAt: new Date().toISOString(),
    amount: { amount: 758_700, currency: 'CNY' },
    method: 'quick_payment',
    payer: {
      id: `payer-${paymentId}`,
      name: '李先生',
      phones: ['+8613800000001'],
      locale: 'zh-CN',
      security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
    },
    payee: { id: 'airline-77', name: 'Air tickets' },
    risk: { score: 82, rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }], device: {}, place: {} },
    ...differences,
  }
}

/** Flags a payment as the risk engine does. */
export function postFlag(baseUrl: string, key: string, body: unknown): Promise<Response> {
  return fetch(`${baseUrl}/v1/flagged-payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
