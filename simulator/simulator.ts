import express, { type Express } from 'express'
import helmet from 'helmet'
import { setMaxListeners } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import pino from 'pino'
import { createClock } from './clock'
import { controlsRouter } from './controls'
import { createFaults } from './faults'
import { createConfirmations } from './ledger/confirmations'
import { createLedger } from './ledger/ledger'
import { fundsRouter, ledgerInspection } from './ledger/router'
import { createNetwork } from './network/network'
import type { SimulatorOptions } from './options'
import { createInbox } from './people/inbox'
import { createPhones } from './people/phones'
import { peopleRouter } from './people/router'
import { Problem, problems } from './problem'
import { riskEngineRouter } from './risk-engine/ear'
import { softphoneRouter } from './softphone/router'
import { createSoundDesk } from './sound/soundDesk'
import { openStore } from './store'
import { twilioRouter } from './twilio/router'
import { createAlerts } from './webhooks/alerts'
import { createCallbacks } from './webhooks/callbacks'
import { createWebhookClient } from './webhooks/client'
import { createPeople } from './wallet/people'
import { createChecks } from './wallet/checks'
import { createProduct } from './wallet/product'
import { walletRouter } from './wallet/router'

export interface Simulator {
  app: Express
  /** Port 0 takes a free one. */
  listen(port: number): Promise<{ url: string }>
  /** Stops at once, as a crash would, and leaves the rest to the next process on the same directory. */
  close(): Promise<void>
}

/** A telephone network that speaks Twilio's API, the people on it, a payments core, and a risk engine's ear. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { account } = options
  const log = pino({ name: 'simulator', level: options.logLevel ?? 'warn' })
  const stop = new AbortController()
  const stopping = stop.signal
  setMaxListeners(0, stopping)
  let url = 'http://127.0.0.1:0'

  const clock = createClock(options.speed ?? 1)
  const store = openStore(options.dataDir)
  const faults = createFaults({ store })
  const alerts = createAlerts({ clock })
  const client = createWebhookClient({ authToken: account.authToken })
  const callbacks = createCallbacks({ store, client, faults, alerts, log, stopping })
  const phones = createPhones({ store, clock })
  const inbox = createInbox({ store, clock, account, callbacks })
  const callsPerSecond = options.callsPerSecond ?? 1
  const network = createNetwork({ account, alerts, baseUrl: () => url, callbacks, callsPerSecond, client, clock, log, phones, stopping, store })
  const sound = createSoundDesk()
  const ledger = createLedger({ store, clock })
  const confirmations = createConfirmations({
    store,
    clock,
    ledger,
    url: options.funds?.confirmationUrl ?? null,
    secret: options.funds?.webhookSecret ?? null,
    log,
    stopping,
  })

  const app = express()
  app.disable('x-powered-by')
  app.use('/2010-04-01/Accounts/:AccountSid', twilioRouter({ ...network, account, faults, inbox, store, log }))
  app.use('/sim/softphone', softphoneRouter({ ...network, account, sound, store, graceMs: options.softphoneGraceMs ?? 10_000 }))
  app.use('/sim/ledger', ledgerInspection({ ledger }))
  app.use('/sim/risk-engine', riskEngineRouter({ store, faults, secret: options.eventsSecret ?? null }))
  app.use('/sim', controlsRouter({ account, faults, alerts, store }), peopleRouter({ ...network, account, inbox, phones, sound, store }))
  const product = createProduct({ url: options.product?.url ?? null, key: options.product?.payerKey ?? null, stopping })
  const checks = createChecks({ store, product, log, stopping })
  app.use('/sim/wallet', walletRouter({ store, ledger, inbox, product, checks }))
  if (options.funds) app.use('/funds', fundsRouter({ ledger, confirmations, faults, store, token: options.funds.token, people: createPeople({ store }) }))
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  const pageHeaders = helmet({ contentSecurityPolicy: { useDefaults: false, directives: pagePolicy }, strictTransportSecurity: false })
  app.use('/phone', pageHeaders, express.static(path.join(__dirname, 'phone')))
  app.use('/wallet', pageHeaders, express.static(path.join(__dirname, 'wallet/page')))
  app.get('/', (_req, res) => res.redirect('/phone/'))
  app.use((req) => {
    throw new Problem(404, 'Not Found', `There is nothing at ${req.path}.`)
  })
  app.use(problems(log))

  let server: Server | undefined
  return {
    app,
    async listen(port) {
      server = await new Promise<Server>((resolve, reject) => {
        const s = app.listen(port, '127.0.0.1', (error?: Error) => (error ? reject(error) : resolve(s)))
      })
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      // Only now: what goes on from the last time needs an address to be reached at. Old callbacks first, for
      // the calls that go on will add new ones.
      callbacks.recover()
      network.exchange.recover()
      confirmations.recover()
      checks.recover()
      return { url }
    },
    async close() {
      stop.abort(new Error('The simulator is stopping'))
      await new Promise<void>((resolve) => {
        if (!server) return resolve()
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await client.close()
      await store.close()
    },
  }
}

const pagePolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  mediaSrc: ["'self'", 'blob:'],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}
