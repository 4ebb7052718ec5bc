import type { Gate } from '../access/access'
import type { CaseMessages } from '../caseMessages'
import type { Database } from '../../records/database'
import type { Endpoint } from '../endpoint'
import { agentEndpoints } from './agents'
import { queueEndpoints } from './queues'
import { teamEndpoints } from './teams'
import { versionEndpoints } from './versions'

export interface RoutingDeps {
  db: Database
  gate: Gate
  messages: CaseMessages
}

/** Who is to have which case: teams, queues, agents' skills, and what they were before. */
export function routingEndpoints(deps: RoutingDeps): Endpoint[] {
  return [...queueEndpoints(deps), ...teamEndpoints(deps), ...agentEndpoints(deps), ...versionEndpoints(deps)]
}
