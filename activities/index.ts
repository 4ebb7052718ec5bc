import type { ActivityDependencies } from './dependencies'
import { createApprovalActivities } from './approvals'
import { createConferenceActivities } from './conference'
import { createDisclosureActivities } from './disclosures'
import { createDispatchActivities } from './dispatch'
import { createDisputeActivities } from './disputes'
import { createFundsActivities } from './funds'
import { createGuidanceActivities } from './guidance'
import { createNoticeActivities } from './notices'
import { createOpeningActivities } from './opening'
import { createQualityActivities } from './quality'
import { createReminderActivities } from './reminder'
import { createRecordsActivities } from './records'
import { createRecoveryActivities } from './recovery'
import { createRetentionActivities } from './retention'
import { createTelephonyActivities } from './telephony'
import { createThirdPartyActivities } from './thirdParties'
import { createTransferHelpActivities } from './transferHelp'

export type Activities = ReturnType<typeof createActivities>

export function createActivities(deps: ActivityDependencies) {
  const funds = createFundsActivities(deps)
  const dispatch = createDispatchActivities(deps)
  return {
    ...createTelephonyActivities(deps),
    ...createConferenceActivities(deps),
    ...funds,
    ...dispatch,
    ...createOpeningActivities(funds, dispatch),
    ...createRecordsActivities(deps),
    ...createReminderActivities(deps),
    ...createRecoveryActivities(deps),
    ...createRetentionActivities(deps),
    ...createQualityActivities(deps),
    ...createNoticeActivities(deps),
    ...createApprovalActivities(deps),
    ...createGuidanceActivities(deps),
    ...createDisclosureActivities(deps),
    ...createDisputeActivities(deps),
    ...createTransferHelpActivities(deps),
    ...createThirdPartyActivities(deps),
  }
}
