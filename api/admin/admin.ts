import type { Configuration } from '../../configuration/configuration'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Endpoint } from '../endpoint'
import { apiKeyEndpoints } from './apiKeys'
import { callerNumberEndpoints } from './callerNumbers'
import { directoryEndpoints } from './directory'
import { eventReceiverEndpoints } from './eventReceiver'
import { outboundEventEndpoints } from './outboundEvents'
import { passwordLinkEndpoints } from './passwordLinks'
import { policyEndpoints } from './policy'
import { signOutEndpoints } from './signOuts'
import { userEndpoints } from './users'
import { accessVersionEndpoints } from './versions'

export interface AdminDeps {
  db: Database
  gate: Gate
  configuration: Configuration
}

/** Policy, accounts, keys, numbers, the directory and undelivered events. */
export function adminEndpoints(deps: AdminDeps): Endpoint[] {
  return [...policyEndpoints(deps), ...userEndpoints(deps), ...passwordLinkEndpoints(deps), ...signOutEndpoints(deps), ...apiKeyEndpoints(deps), ...accessVersionEndpoints(deps), ...outboundEventEndpoints(deps), ...eventReceiverEndpoints(deps), ...callerNumberEndpoints(deps), ...directoryEndpoints(deps)]
}
