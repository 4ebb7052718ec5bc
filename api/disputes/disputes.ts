import type { Client } from '@temporalio/client'
import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Endpoint } from '../endpoint'
import { compensationEndpoints } from './compensations'
import { decisionEndpoints } from './decisions'
import { evidenceEndpoints } from './evidence'
import { payerDisputeEndpoints } from './payer'
import { workEndpoints } from './work'

export interface DisputeDeps {
  db: Database
  temporal: Client
  gate: Gate
  log: Log
}

/** Disputed payments: opened by payers, agents and programs, worked on by staff; and compensation that came back. */
export function disputeEndpoints(deps: DisputeDeps): Endpoint[] {
  return [...payerDisputeEndpoints(deps), ...workEndpoints(deps), ...evidenceEndpoints(deps), ...decisionEndpoints(deps), ...compensationEndpoints(deps)]
}
