import type { Client } from '@temporalio/client'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import type { Telephony } from '../../providers/telephony'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Sessions } from '../access/sessions'
import type { CaseMessages } from '../caseMessages'
import type { Endpoint } from '../endpoint'
import type { Live } from '../live'
import { ownReviewEndpoints } from '../quality/own'
import type { Streams } from '../streams'
import { callEndpoints } from './call'
import { caseEndpoints } from './cases'
import { chatEndpoints } from './chats'
import { eventsEndpoints } from './events'
import { helpEndpoints } from './help'
import { guidanceEndpoints } from './guidance'
import { offerEndpoints } from './offers'
import { playbookEndpoints } from './playbook'
import { presenceEndpoints } from './presence'
import { pulseEndpoints } from './pulse'
import { softphoneEndpoints } from './softphone'
import { talkEndpoints } from './talks'
import { thirdPartyEndpoints } from './thirdParty'
import { transferEndpoints } from './transfer'
import { verdictEndpoints } from './verdicts'
import { wrapUpEndpoints } from './wrapUp'

export interface DeskDeps {
  db: Database
  temporal: Client
  telephony: Telephony
  configuration: Configuration
  gate: Gate
  sessions: Sessions
  live: Live
  streams: Streams
  messages: CaseMessages
  log: Log
}

/** What an agent's dashboard talks to. */
export function deskEndpoints(deps: DeskDeps): Endpoint[] {
  return [
    ...presenceEndpoints(deps),
    ...eventsEndpoints(deps),
    ...pulseEndpoints(deps),
    ...offerEndpoints(deps),
    ...caseEndpoints(deps),
    ...verdictEndpoints(deps),
    ...guidanceEndpoints(deps),
    ...talkEndpoints(deps),
    ...chatEndpoints(deps),
    ...playbookEndpoints(deps),
    ...callEndpoints(deps),
    ...helpEndpoints(deps),
    ...wrapUpEndpoints(deps),
    ...transferEndpoints(deps),
    ...thirdPartyEndpoints(deps),
    ...softphoneEndpoints(deps),
    ...ownReviewEndpoints(deps),
  ]
}
