import type { ActivityDependencies } from './dependencies'
import { createDispatchActivities } from './dispatch'
import { createFundsActivities } from './funds'
import { createNoticeActivities } from './notices'
import { createRecordsActivities } from './records'
import { createRecoveryActivities } from './recovery'
import { createTelephonyActivities } from './telephony'

export type Activities = ReturnType<typeof createActivities>

export function createActivities(deps: ActivityDependencies) {
  return {
    ...createTelephonyActivities(deps),
    ...createFundsActivities(deps),
    ...createDispatchActivities(deps),
    ...createRecordsActivities(deps),
    ...createRecoveryActivities(deps),
    ...createNoticeActivities(deps),
  }
}
