import type { Client } from '@temporalio/client'
import express, { type RequestHandler } from 'express'
import { join } from 'node:path'
import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { Endpoint } from '../endpoint'
import type { Limiters } from '../rateLimits'
import { visitorCallEndpoints } from './calls'
import { trustedAnswerEndpoints } from './trustedAnswers'

export interface VisitorDeps {
  db: Database
  temporal: Client
  limiters: Limiters
  log: Log
}

/** For people who have no account here and do not sign in. What they do not prove to know, they are not told. */
export function visitorEndpoints(deps: VisitorDeps): Endpoint[] {
  return [...visitorCallEndpoints(deps), ...trustedAnswerEndpoints(deps)]
}

/** Their pages, below `/ask`: `/ask/calling` and `/ask/trusted`. What they are about stands behind the `#` and never reaches a log. */
export function visitorPages(): RequestHandler {
  return express.static(join(__dirname, 'page'), { extensions: ['html'], setHeaders: (response) => void response.setHeader('Cache-Control', 'no-cache') })
}
