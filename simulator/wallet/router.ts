import express, { Router } from 'express'
import type { Ledger } from '../ledger/ledger'
import type { Inbox } from '../people/inbox'
import { Problem, parse } from '../problem'
import type { Store } from '../store'
import { askAboutCalls } from './calls'
import { deeds, type Checks, type Deed } from './checks'
import { complaintSchema, createWalletDisputes } from './disputes'
import { createWalletHelp, helpWantedSchema } from './help'
import { createNotices } from './notices'
import { createWalletPayments, orderSchema, type WalletPayment } from './payments'
import { createPeople, personSchema, type Person } from './people'
import { demandOk, type Product } from './product'
import { createWalletTransfers, typedNameSchema, wantedTransferSchema } from './transfers'

export interface WalletDeps {
  store: Store
  ledger: Ledger
  inbox: Inbox
  product: Product
  checks: Checks
}

/** The payments company's app: what its pages ask for, below `/sim/wallet`. */
export function walletRouter({ store, ledger, inbox, product, checks }: WalletDeps): Router {
  const people = createPeople({ store })
  const payments = createWalletPayments({ store, ledger, checks })
  const notices = createNotices({ store, inbox })
  const transfers = createWalletTransfers({ store, people, payments, product })
  const disputes = createWalletDisputes({ product })
  const help = createWalletHelp({ product, people })
  const router = Router()
  // Files are larger than everything else that the pages send.
  router.post('/people/:id/payments/:paymentId/dispute/files', express.json({ limit: '8mb' }))
  router.use(express.json({ limit: '64kb' }))

  const mustGet = (id: string): Person => {
    const person = people.get(id)
    if (!person) throw new Problem(404, 'Not Found', 'Nobody has a wallet under that id.')
    return person
  }
  const home = (person: Person) => ({
    person,
    balance: payments.balance(person),
    restricted: ledger.restricted(person.id),
    payments: payments.of(person.id),
    notices: notices.of(person),
  })

  router.get('/people', (_req, res) => void res.json(people.all()))
  router
    .route('/people/:id')
    .get((req, res) => void res.json(home(mustGet(req.params.id))))
    .put(async (req, res) => {
      const person = people.put(parse(personSchema, { ...(req.body as object), id: req.params.id }))
      await store.durable()
      res.json(home(person))
    })
  router.post('/people/:id/payments', async (req, res) => {
    const payment = await payments.pay(mustGet(req.params.id), parse(orderSchema, req.body))
    await store.durable()
    res.status(201).json(payment)
  })

  /** The payer's own payment, or it is as if there were none. */
  const mustOwn = (personId: string, paymentId: string): WalletPayment => {
    const payment = payments.get(paymentId)
    if (payment?.payerId !== mustGet(personId).id) throw new Problem(404, 'Not Found', 'There is no such payment in this wallet.')
    return payment
  }
  router
    .route('/people/:id/payments/:paymentId/dispute')
    .get(async ({ params: { id, paymentId } }, res) => void res.json({ dispute: await disputes.of(mustOwn(id, paymentId)) }))
    .post(async ({ params: { id, paymentId }, body }, res) => {
      const payment = mustOwn(id, paymentId)
      await disputes.open(mustGet(id), payment, parse(complaintSchema, body))
      res.status(201).json({ dispute: await disputes.of(payment) })
    })
  router.post('/people/:id/payments/:paymentId/dispute/:deed', async ({ params: { id, paymentId, deed }, body }, res) => {
    if (deed !== 'files' && deed !== 'appeal') throw new Problem(404, 'Not Found', `Nobody can ${deed} a dispute.`)
    const payment = mustOwn(id, paymentId)
    await disputes.act(payment, deed, body)
    res.json({ dispute: await disputes.of(payment) })
  })
  router
    .route('/people/:id/payments/:paymentId/transfer-help')
    .get(async ({ params: { id, paymentId } }, res) => void res.json({ help: await help.of(mustOwn(id, paymentId)) }))
    .post(async ({ params: { id, paymentId }, body }, res) => {
      const payment = mustOwn(id, paymentId)
      await help.open(mustGet(id), payment, parse(helpWantedSchema, body))
      res.status(201).json({ help: await help.of(payment) })
    })
  router.post('/people/:id/payments/:paymentId/transfer-help/mediation-answer', async ({ params: { id, paymentId }, body }, res) => {
    const payment = mustOwn(id, paymentId)
    await help.answerProposal(payment, body)
    res.json({ help: await help.of(payment) })
  })
  router.get('/people/:id/payments/:paymentId/transfer-help/evidence', async ({ params: { id, paymentId }, query: { language } }, res) => {
    const file = await help.evidence(mustOwn(id, paymentId), language === 'en' ? 'en' : 'zh-CN')
    res.type(file.mediaType).setHeader('Content-Disposition', file.disposition).send(file.content)
  })
  router.post('/people/:id/payments/:paymentId/:deed', async (req, res) => {
    const { id, paymentId, deed } = req.params
    if (!(deeds as readonly string[]).includes(deed)) throw new Problem(404, 'Not Found', `Nobody can ${deed} a payment.`)
    await checks.act(mustOwn(id, paymentId).paymentId, deed as Deed, req.body)
    await store.durable()
    res.json(home(mustGet(id)))
  })

  router.get('/people/:id/contacts', (req, res) => void res.json(transfers.contacts(mustGet(req.params.id))))
  router.post('/people/:id/transfers', async (req, res) => {
    res.json(await transfers.begin(mustGet(req.params.id), parse(wantedTransferSchema, req.body)))
  })
  router.post('/people/:id/transfers/:transferId/name', async (req, res) => {
    res.json(await transfers.name(mustGet(req.params.id), req.params.transferId, parse(typedNameSchema, req.body).answer))
  })
  router.post('/people/:id/transfers/:transferId/sending', async (req, res) => {
    const payment = await transfers.send(mustGet(req.params.id), req.params.transferId)
    await store.durable()
    res.json(payment)
  })

  router
    .route('/people/:id/call')
    .get(async (req, res) => void res.json(await askAboutCalls(product, mustGet(req.params.id))))
    .post(async (req, res) => {
      demandOk(await product.ask('POST', '/v1/payer/calls', { phone: mustGet(req.params.id).phone }))
      res.status(202).json({})
    })

  return router
}
