import express, { Router } from 'express'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import type { Faults } from '../faults'
import { Problem, parse } from '../problem'
import type { Store } from '../store'

const cloudEvent = z.looseObject({
  specversion: z.string(),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  data: z.looseObject({ caseId: z.string().optional() }).optional(),
})

export interface Heard {
  receivedAt: string
  webhookId: string
  event: z.infer<typeof cloudEvent>
}

interface Deps {
  store: Store
  faults: Faults
  /** `whsec_…`; without it nothing can be verified, so nothing is accepted. */
  secret: string | null
}

/** Where a risk engine would receive the product's signed events; keeps every delivery, repeats included. */
export function riskEngineRouter({ store, faults, secret }: Deps): Router {
  const heard = store.table<Heard>('risk-engine.events')
  const router = Router()

  router.post('/events', express.text({ type: () => true, limit: '1mb' }), async (req, res) => {
    if (faults.strikes('eventsAnswer500')) throw new Problem(500, 'Internal Server Error', 'Fault eventsAnswer500: the event was not kept.')
    if (!secret) throw new Problem(503, 'Service Unavailable', 'SIMULATOR_EVENTS_SECRET is not set.')
    const body = typeof req.body === 'string' ? req.body : ''
    const headers = Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, req.get(name) ?? '']))
    let content: unknown
    try {
      content = new Webhook(secret).verify(body, headers)
    } catch (error) {
      throw new Problem(401, 'Unauthorized', `The Standard Webhooks signature is not valid: ${(error as Error).message}`)
    }
    const event = parse(cloudEvent, content)
    heard.put(String(heard.size), { receivedAt: new Date().toISOString(), webhookId: headers['webhook-id']!, event })
    await store.durable()
    res.status(204).end()
  })

  router.get('/events', (req, res) => {
    const { caseId } = req.query
    const about = ({ event }: Heard) => event.data?.caseId ?? event.subject
    res.json([...heard.values()].filter((h) => caseId === undefined || about(h) === caseId))
  })

  return router
}
