import { setTimeout as wait } from 'node:timers/promises'
import type { Stack } from '../support/stack'

/** A payment of a payer of its own, flagged through the API. */
export async function flagPayment(stack: Stack, name: string, phone: string): Promise<string> {
  const response = await fetch(`${stack.api.url}/v1/flagged-payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stack.secrets.riskEngineKey}` },
    body: JSON.stringify({
      paymentId: `pay-${name}`,
      paidAt: new Date().toISOString(),
      amount: { amount: 758_700, currency: 'CNY' },
      method: 'quick_payment',
      payer: { id: name, name: 'Payer', phones: [phone], locale: 'en' },
      payee: { id: 'shop', name: 'Shop' },
      risk: { score: 80 },
    }),
  })
  if (response.status !== 202) throw new Error(await response.text())
  return ((await response.json()) as { caseId: string }).caseId
}

export async function rings(stack: Stack, phone: string): Promise<unknown[]> {
  return (await fetch(`${stack.simulator.url}/sim/phones/${encodeURIComponent(phone)}/rings`)).json() as Promise<unknown[]>
}

/** Looks until there is something to see; the test's own time limit ends a wait for nothing. */
export async function eventually<T>(look: () => Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const seen = await look()
    if (seen) return seen
    await wait(100)
  }
}
