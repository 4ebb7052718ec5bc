import express, { type Router } from 'express'
import { callDialogue } from './callDialogue'
import { callReports } from './callReports'
import { callRecording } from './recording'
import { conferenceAnnouncements, conferenceReports } from './conference'
import { inboundCalls } from './inbound'
import { browserLegs } from './browserLegs'
import { demandSignature } from './signature'
import { thirdPartyCalls } from './thirdParties'
import { webhooksOn, type TelephonyDeps } from './webhooks'

/**
 * The provider's webhooks. What they say is written to PostgreSQL, then told to the case's workflow,
 * and only then answered with 2xx: a webhook that fails half way is asked for again and does no harm.
 * Voice documents come from PostgreSQL and configuration alone, so that they answer with no worker up.
 */
export function telephonyRouter(deps: TelephonyDeps): Router {
  const router = express.Router()
  router.use(express.urlencoded({ extended: false, limit: '64kb' }), demandSignature(deps.configuration))
  const webhooks = webhooksOn(router, deps)
  const recording = callRecording(webhooks)
  const seats = browserLegs(webhooks)
  callDialogue(webhooks)
  callReports(webhooks)
  conferenceAnnouncements(webhooks)
  conferenceReports(webhooks, { recording, seats })
  inboundCalls(webhooks)
  thirdPartyCalls(webhooks)
  return router
}
