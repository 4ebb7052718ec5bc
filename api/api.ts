import type { Client } from '@temporalio/client'
import express, { type Express } from 'express'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import type { Configuration } from '../configuration/configuration'
import type { Log } from '../configuration/log'
import { createIdentityProvider } from '../providers/identityProvider'
import type { Telephony } from '../providers/telephony'
import type { Database } from '../records/database'
import { version } from '../package.json'
import { createGate } from './access/access'
import { createSessions, type SessionLimits } from './access/sessions'
import { choosePasswordEndpoints } from './access/choosePassword'
import { ownSessionEndpoints } from './access/ownSessions'
import { sessionEndpoints } from './access/session'
import { adminEndpoints } from './admin/admin'
import { approvalEndpoints } from './approvals/approvals'
import { createCaseMessages } from './caseMessages'
import { dashboard } from './dashboard'
import { deskEndpoints } from './desk/desk'
import { disclosureEndpoints } from './disclosures/disclosures'
import { disputeEndpoints } from './disputes/disputes'
import { docsAssets, docsEndpoints } from './docs'
import { mount, type Endpoint } from './endpoint'
import { errorHandler, unknownRoute } from './errorHandler'
import { registerGauges } from './gauges'
import { healthEndpoints } from './health'
import { createLive } from './live'
import { confirmationsRouter } from './ledger/confirmations'
import { measure } from './measure'
import { openApiDocument } from './openapi'
import { createLimiters, rateLimits, type RateLimits } from './rateLimits'
import { appointmentEndpoints } from './payer/appointments'
import { payerEndpoints } from './payer/payer'
import { payeeRouter } from './payee/router'
import { transferCheckEndpoints } from './payer/transferChecks'
import { transferHelpEndpoints } from './transferHelp/transferHelp'
import { requestLog } from './requestLog'
import { caseReadingEndpoints } from './risk-engine/cases'
import { flaggedPaymentEndpoints } from './risk-engine/flaggedPayments'
import { routesOf } from './routes'
import { securityHeaders } from './securityHeaders'
import { createStreams } from './streams'
import { createBoard } from './supervision/board'
import { routingEndpoints } from './routing/routing'
import { scriptEndpoints } from './scripts/scripts'
import { supervisionEndpoints } from './supervision/supervision'
import { traceRequests } from './traceRequests'
import { visitorEndpoints, visitorPages } from './visitors/visitors'
import { telephonyRouter } from './telephony/router'

export interface ApiDeps {
  db: Database
  /** For sessions and hand-written SQL. */
  pool: pg.Pool
  temporal: Client
  telephony: Telephony
  configuration: Configuration
  log: Log
  metrics: Registry
  /** For tests: narrower limits than in service. */
  limits?: { sessions?: SessionLimits; rates?: RateLimits }
}

export interface Api {
  app: Express
  /** What the OpenAPI document describes, the signed webhooks aside. */
  endpoints: Endpoint[]
  /** Starts answering. Port 0 takes a free one. */
  listen(port: number, host?: string): Promise<{ url: string }>
  /** Ends event streams, lets requests in flight finish, then lets go of everything, in reverse order. */
  close(): Promise<void>
}

/** How long requests in flight may take once the process was asked to stop. */
const drainMillis = 10_000

export function createApi(deps: ApiDeps): Api {
  const { db, pool, temporal, telephony, configuration, log, metrics } = deps
  const live = createLive({ databaseUrl: configuration.database.url, log })
  const streams = createStreams(metrics, live)
  const sessions = createSessions({ pool, configuration, log, ...(deps.limits?.sessions ? { limits: deps.limits.sessions } : {}) })
  const gate = createGate({ db, sessions, configuration })
  const limiters = createLimiters(deps.limits?.rates ?? rateLimits)
  const board = createBoard({ db, live, log })
  const identityProvider = configuration.singleSignOn && createIdentityProvider(configuration.singleSignOn, configuration.publicBaseUrl)
  const messages = createCaseMessages({ db, temporal, log })

  registerGauges({ db, metrics, log })
  const health = healthEndpoints({ pool, temporal, live, metrics })
  const webhooks = telephonyRouter({ db, temporal, telephony, configuration, log })
  const signingIn = { db, gate, sessions, limiters, configuration, identityProvider, log }
  const endpoints = [
    ...sessionEndpoints(signingIn),
    ...choosePasswordEndpoints(signingIn),
    ...ownSessionEndpoints(signingIn),
    ...flaggedPaymentEndpoints({ db, temporal, configuration, gate, log }),
    ...caseReadingEndpoints({ db, gate }),
    ...payerEndpoints({ db, temporal, configuration, gate, live, limiters, log }),
    ...deskEndpoints({ db, temporal, telephony, configuration, gate, sessions, live, streams, messages, log }),
    ...supervisionEndpoints({ db, gate, sessions, streams, board, temporal, telephony, log }),
    ...approvalEndpoints({ db, temporal, gate, log }),
    ...disputeEndpoints({ db, temporal, gate, log }),
    ...adminEndpoints({ db, gate, configuration }),
    ...routingEndpoints({ db, gate, messages }),
    ...scriptEndpoints({ db, gate }),
    ...disclosureEndpoints({ db, temporal, gate, publicBaseUrl: configuration.publicBaseUrl }),
    ...appointmentEndpoints({ db, gate, temporal }),
    ...transferHelpEndpoints({ db, temporal, gate, log }),
    ...transferCheckEndpoints({ db, gate, configuration }),
    ...visitorEndpoints({ db, temporal, limiters, log }),
  ]
  const docs: Endpoint[] = docsEndpoints(() =>
    openApiDocument({
      endpoints: [...endpoints, ...health, ...docs],
      telephony: routesOf(webhooks, '/telephony'),
      publicBaseUrl: configuration.publicBaseUrl,
      version,
    }),
  )

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', configuration.trustedProxies)
  if (configuration.tracing) app.use(traceRequests())
  app.use(requestLog(log), measure(metrics), ...securityHeaders(configuration))
  // Before the rate limits: those who ask after health are few and must get an answer under any load,
  // and the provider and the payments core sign what they send and are not slowed down.
  mount(app, health)
  app.use('/telephony', webhooks)
  app.use(confirmationsRouter({ db, temporal, configuration, log }))
  app.use(...limiters.everything)
  mount(app, [...endpoints, ...docs])
  app.use(payeeRouter({ db, temporal, configuration, log }))
  app.use('/docs/assets', docsAssets())
  app.use('/ask', visitorPages())
  app.use(...dashboard(join(__dirname, '..', 'dashboard', 'dist')))
  app.use(unknownRoute(() => app.router))
  app.use(errorHandler)

  const server = createServer(app)
  return {
    app,
    endpoints: [...endpoints, ...health, ...docs],
    async listen(port, host = '127.0.0.1') {
      server.listen(port, host)
      await once(server, 'listening')
      const { port: taken } = server.address() as AddressInfo
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` }
    },
    async close() {
      streams.closeAll()
      const drained = server.listening ? new Promise((resolve) => server.close(resolve)) : undefined
      server.closeIdleConnections()
      const impatient = setTimeout(() => server.closeAllConnections(), drainMillis)
      await drained
      clearTimeout(impatient)
      board.close()
      await sessions.close()
      await live.close()
    },
  }
}
