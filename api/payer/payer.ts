import type { Client } from '@temporalio/client'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Endpoint } from '../endpoint'
import type { Limiters } from '../rateLimits'
import type { Live } from '../live'
import { callEndpoints } from './calls'
import { chatEndpoints } from './chat'
import { paymentEndpoints } from './payments'

export interface PayerDeps {
  db: Database
  temporal: Client
  configuration: Configuration
  gate: Gate
  live: Live
  log: Log
  limiters: Limiters
}

/** What the payments company's app asks for its users, with a key of the scope `payer`. */
export function payerEndpoints(deps: PayerDeps): Endpoint[] {
  return [...paymentEndpoints(deps), ...chatEndpoints(deps), ...callEndpoints(deps)]
}
