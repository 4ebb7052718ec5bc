import express, { Router } from 'express'
import type { Logger } from 'pino'
import type { Account } from '../account'
import type { Faults } from '../faults'
import type { Callbook } from '../network/callbook'
import type { Conferences } from '../network/conferences'
import type { Exchange } from '../network/exchange'
import type { Recordings } from '../network/recordings'
import type { Transcriptions } from '../network/transcriptions'
import type { Inbox } from '../people/inbox'
import { newSid } from '../sid'
import type { Store } from '../store'
import { twilioAuthentication } from './authentication'
import { callsRouter } from './calls'
import { conferencesRouter } from './conferences'
import { notFound, twilioErrors } from './error'
import { createJson } from './json'
import { messagesRouter } from './messages'
import { recordingsRouter } from './recordings'
import { transcriptionsRouter } from './transcriptions'
import { twilioTrouble } from './trouble'

interface Deps {
  account: Account
  callbook: Callbook
  conferences: Conferences
  exchange: Exchange
  faults: Faults
  inbox: Inbox
  recordings: Recordings
  transcriptions: Transcriptions
  store: Store
  log: Logger
}

/** Twilio's REST API, below `/2010-04-01`. */
export function twilioRouter(deps: Deps): Router {
  const json = createJson(deps.account)
  const router = Router({ mergeParams: true })
  router.use((_req, res, next) => {
    res.setHeader('Twilio-Request-Id', newSid('RQ'))
    next()
  })
  router.use(twilioAuthentication(deps.account))
  router.use(express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 500 }))
  router.use(twilioTrouble(deps.faults))
  router.use(callsRouter({ ...deps, json }), conferencesRouter({ ...deps, json }), recordingsRouter({ ...deps, json }), transcriptionsRouter({ ...deps, json }), messagesRouter({ ...deps, json }))
  router.use((req) => {
    throw notFound(req.originalUrl.split('?')[0]!)
  })
  router.use(twilioErrors(deps.log))
  return router
}
