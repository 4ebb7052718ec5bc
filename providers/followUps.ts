import type { Client } from '@temporalio/client'
import type { FollowUpPlan } from '../records/guidance'
import { startOnce } from './startOnce'

/** Begins the follow-up of a case's guidance, once. */
export const beginGuidanceFollowUp = (temporal: Client, plan: FollowUpPlan): Promise<void> =>
  startOnce(temporal, { type: 'guidanceFollowUp', workflowId: `guidance-follow-up/${plan.caseId}`, input: plan })
