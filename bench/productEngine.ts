import type { Engine } from './engine'
import { flagOf } from './flag'
import type { Http } from './http'
import type { Product } from './product'

const closingLookMillis = 100
const patienceMillis = 60_000

// Answers at once, and stays on the line however long a busy machine takes to bring the agent.
const persona = { persona: 'answers', answersAfterSeconds: 0.5, patienceSeconds: 3_600, says: [] }

const closed = `SELECT id, closed_at FROM risk_case WHERE id = ANY($1) AND status = 'closed'`

interface Waiting {
  since: number
  done(closedAt: Date): void
  failed(error: Error): void
}

export interface ProductEngine extends Engine {
  stop(): void
}

/** Whole cases of the product, driven from outside by HTTP. Signed-in agents must be at work. */
export function createProductEngine(http: Http, product: Product): ProductEngine {
  const waiting = new Map<string, Waiting>()
  let cases = 0
  let looking = false

  // One cheap look for all cases together: asking the API for each would be load that no user causes.
  async function lookForClosed(): Promise<void> {
    if (looking || waiting.size === 0) return
    looking = true
    try {
      const { rows } = await product.pool.query<{ id: string; closed_at: Date }>(closed, [[...waiting.keys()]])
      for (const { id, closed_at: closedAt } of rows) {
        waiting.get(id)?.done(closedAt)
        waiting.delete(id)
      }
      for (const [id, { since, failed }] of waiting)
        if (Date.now() - since > patienceMillis) {
          failed(new Error(`case ${id} was not closed after ${patienceMillis / 1_000} s`))
          waiting.delete(id)
        }
    } finally {
      looking = false
    }
  }
  // A look that failed is made up for by the next; one that always fails ends in the cases' own limit.
  const looks = setInterval(() => lookForClosed().catch(() => undefined), closingLookMillis)

  return {
    name: 'product',
    async start() {
      const flag = flagOf(++cases)
      const [phone] = flag.payer.phones
      await http.ask('PUT', `${product.simulatorUrl}/sim/phones/${encodeURIComponent(phone)}`, { body: persona })
      const began = Date.now()
      const { body } = await http.ask<{ caseId: string }>('POST', `${product.baseUrl}/v1/flagged-payments`, {
        body: flag,
        headers: { authorization: `Bearer ${product.riskEngineKey}` },
      })
      const answer = Date.now() - began
      let closedAt = new Date(NaN)
      const closing = new Promise<void>((resolve, reject) => {
        waiting.set(body.caseId, { since: began, failed: reject, done: (at) => ((closedAt = at), resolve()) })
      })
      return {
        closed: closing,
        async timing() {
          const { body: calls } = await http.ask<{ createdAt: string; ringingAt: string | null }[]>('GET', `${product.simulatorUrl}/sim/phones/${encodeURIComponent(phone)}/calls`)
          const [call] = calls
          if (!call?.ringingAt) throw new Error(`the phone of case ${body.caseId} did not ring`)
          return { answer, request: Date.parse(call.createdAt) - began, ring: Date.parse(call.ringingAt) - began, whole: closedAt.getTime() - began }
        },
      }
    },
    stop: () => clearInterval(looks),
  }
}
