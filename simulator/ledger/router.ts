import express, { Router } from 'express'
import type { Faults } from '../faults'
import { Problem, parse } from '../problem'
import type { Store } from '../store'
import { same } from '../twilio/authentication'
import { hang, swallowAnswer } from '../twilio/trouble'
import type { People } from '../wallet/people'
import { auditLedger } from './audit'
import type { Confirmations } from './confirmations'
import { KeyReused, type Ledger } from './ledger'
import { bodies, type Kind } from './operation'

const paths: Record<string, Kind> = {
  holds: 'hold',
  releases: 'release',
  freezes: 'freeze',
  refunds: 'refund',
  restrictions: 'restriction',
  compensations: 'compensation',
  advances: 'advance',
  recoveries: 'recovery',
  'payee-holds': 'payeeHold',
  returns: 'payeeReturn',
  'payee-releases': 'payeeRelease',
}
/** Accounts that nobody owns. */
const ownAccounts = ['holding', 'frozen', 'company']
const usualDelayMs = 1_000

interface Deps {
  ledger: Ledger
  confirmations: Confirmations
  faults: Faults
  store: Store
  token: string
  people: People
}

/** The payments core's HTTP contract, below `/funds`. */
export function fundsRouter({ ledger, confirmations, faults, store, token, people }: Deps): Router {
  const router = Router()
  router.use((req, _res, next) => {
    const [scheme, given = ''] = (req.headers.authorization ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !same(given, token)) throw new Problem(401, 'Unauthorized', 'The bearer token is missing or wrong.')
    next()
  })
  router.use(express.json({ limit: '64kb' }))
  router.use((req, res, next) => {
    if (faults.strikes('fundsAnswer500')) throw new Problem(500, 'Internal Server Error', 'Fault fundsAnswer500: nothing was done.')
    if (req.method === 'GET') return next()
    if (faults.strikes('fundsHang')) swallowAnswer(res, () => hang(res, faults))
    else if (faults.strikes('fundsAnswer500AfterAccepting'))
      swallowAnswer(res, (send) => send(500, { type: 'about:blank', title: 'Internal Server Error', status: 500 }))
    next()
  })

  router.get('/accounts/:id/security', (req, res) => {
    const person = people.get(req.params.id)
    if (!person) throw new Problem(404, 'Not Found', 'There is no such account.')
    res.json(person.security)
  })
  for (const [path, kind] of Object.entries(paths)) {
    router.put(`/${path}/:key`, async (req, res) => {
      const body = parse(bodies[kind], req.body)
      const { key } = req.params
      if (key.length > 300) throw new Problem(422, 'Unprocessable Content', 'The key is longer than 300 characters.')
      try {
        const answer = ledger.apply(kind, key, body, faults.strikes('fundsPending'))
        if (answer.status === 'pending') confirmations.schedule(answer, faults.milliseconds('fundsConfirmationDelayMs', usualDelayMs))
        await store.durable()
        res.status(answer.status === 'refused' ? 422 : 200).json(answer)
      } catch (error) {
        if (error instanceof KeyReused) throw new Problem(409, 'Conflict', error.message)
        throw error
      }
    })
    router.get(`/${path}/:key`, (req, res) => {
      const answer = ledger.answer(kind, req.params.key)
      if (!answer) throw new Problem(404, 'Not Found', `There is no ${kind} with that key.`)
      res.json(answer)
    })
  }
  return router
}

/** What tests and people look at, below `/sim/ledger`. */
export function ledgerInspection({ ledger }: { ledger: Ledger }): Router {
  const router = Router()
  /** A transfer between people, so that a payee has money, or has spent it. */
  router.put('/transfers/:key', express.json({ limit: '64kb' }), (req, res) => {
    try {
      res.json(ledger.apply('transfer', req.params.key, parse(bodies.transfer, req.body)))
    } catch (error) {
      if (error instanceof KeyReused) throw new Problem(409, 'Conflict', error.message)
      throw error
    }
  })
  router.get('/payments/:paymentId', (req, res) => {
    const payment = ledger.payment(req.params.paymentId)
    const entries = ledger.entries(req.params.paymentId)
    // A payment that never was held here may have been compensated all the same.
    if (!payment && entries.length === 0) throw new Problem(404, 'Not Found', 'The ledger does not know that payment.')
    const state = !payment ? 'elsewhere' : payment.state === 'none' ? 'pending' : payment.state
    res.json({ paymentId: req.params.paymentId, state, amount: payment?.amount ?? null, entries })
  })
  router.get('/accounts/:id', (req, res) => {
    const { id } = req.params
    const owner = id.replace(/^(payer|payee):/, '')
    const accounts = owner === id && !ownAccounts.includes(id) ? [`payer:${id}`, `payee:${id}`] : [id]
    const balances: Record<string, number> = {}
    for (const account of accounts)
      for (const [currency, amount] of Object.entries(ledger.balances(account))) balances[currency] = (balances[currency] ?? 0) + amount
    res.json({ id, restricted: ledger.restricted(owner), balances })
  })
  router.get('/balance', (_req, res) => void res.json(auditLedger(ledger)))
  return router
}
