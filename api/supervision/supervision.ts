import type { Client } from '@temporalio/client'
import type { Log } from '../../configuration/log'
import type { Telephony } from '../../providers/telephony'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Sessions } from '../access/sessions'
import type { Endpoint } from '../endpoint'
import { qualityEndpoints } from '../quality/results'
import { reviewEndpoints } from '../quality/reviews'
import { scorecardEndpoints } from '../quality/scorecards'
import type { Streams } from '../streams'
import { auditEndpoints } from './audit'
import type { Board } from './board'
import { caseReportEndpoints } from './caseReport'
import { diallingEndpoints } from './dialling'
import { guidanceReportEndpoints } from './guidance'
import { historyEndpoints } from './histories'
import { monitoringEndpoints } from './monitoring'
import { recordingEndpoints } from './recordings'
import { retentionEndpoints } from './retention'
import { savedFilterEndpoints } from './savedFilters'
import { watchEndpoints } from './watch'

export interface SupervisionDeps {
  db: Database
  gate: Gate
  sessions: Sessions
  streams: Streams
  board: Board
  temporal: Client
  telephony: Telephony
  log: Log
}

/** What supervisors and compliance look at. */
export function supervisionEndpoints(deps: SupervisionDeps): Endpoint[] {
  return [
    ...watchEndpoints(deps),
    ...historyEndpoints(deps),
    ...caseReportEndpoints(deps),
    ...savedFilterEndpoints(deps),
    ...recordingEndpoints(deps),
    ...retentionEndpoints(deps),
    ...auditEndpoints(deps),
    ...diallingEndpoints(deps),
    ...monitoringEndpoints(deps),
    ...guidanceReportEndpoints(deps),
    ...scorecardEndpoints(deps),
    ...reviewEndpoints(deps),
    ...qualityEndpoints(deps),
  ]
}
