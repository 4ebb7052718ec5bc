import express, { Router } from 'express'
import type { Account } from './account'
import { faultMeanings, type Faults, faultSettings } from './faults'
import { parse } from './problem'
import type { Store } from './store'
import type { Alerts } from './webhooks/alerts'

/** Faults, and what went wrong by itself, below `/sim`. */
export function controlsRouter({ account, faults, alerts, store }: { account: Account; faults: Faults; alerts: Alerts; store: Store }): Router {
  const router = Router()
  const shown = () => ({ faults: faults.settings(), meanings: faultMeanings })
  router.use('/faults', express.json({ limit: '64kb' }))
  router
    .route('/faults')
    .put(async (req, res) => {
      faults.replace(parse(faultSettings, req.body))
      await store.durable()
      res.json(shown())
    })
    .get((_req, res) => void res.json(shown()))
    .delete(async (_req, res) => {
      faults.replace({})
      await store.durable()
      res.status(204).end()
    })
  router.get('/alerts', (_req, res) => void res.json(alerts.list()))
  router.get('/numbers', (_req, res) => void res.json(account.numbers))
  return router
}
