import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Sessions } from '../access/sessions'
import type { CaseMessages } from '../caseMessages'
import type { Endpoint } from '../endpoint'
import type { Live } from '../live'
import type { Streams } from '../streams'
import { eventsEndpoints } from './events'
import { presenceEndpoints } from './presence'

export interface DeskDeps {
  db: Database
  gate: Gate
  sessions: Sessions
  live: Live
  streams: Streams
  messages: CaseMessages
  log: Log
}

/** What an agent's dashboard talks to. */
export function deskEndpoints(deps: DeskDeps): Endpoint[] {
  return [...presenceEndpoints(deps), ...eventsEndpoints(deps)]
}
