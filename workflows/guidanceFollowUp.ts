import { proxyActivities, sleep } from '@temporalio/workflow'
import type { Activities } from '../activities'
import type { FollowUpPlan } from '../records/guidance'
import { records } from './activities'
import { outlivesReleases } from './outlivesReleases'

// A message that the provider refuses again and again is given up; the payer was told on the telephone.
const { sendGuidanceSteps } = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '6h',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '30m' },
})

/** After security guidance: sends the payer the steps, and looks after a day and after a week whether the security rose. */
export async function guidanceFollowUp({ caseId, messageSeconds, firstLookSeconds, secondLookSeconds }: FollowUpPlan): Promise<void> {
  const begun = Date.now()
  const until = (seconds: number) => sleep(Math.max(1, begun + seconds * 1_000 - Date.now()))
  await until(messageSeconds)
  await sendGuidanceSteps(caseId).catch(() => undefined)
  await until(firstLookSeconds)
  await records.lookAtSecurity(caseId, 1)
  await until(secondLookSeconds)
  await records.lookAtSecurity(caseId, 2)
}

outlivesReleases(guidanceFollowUp)
