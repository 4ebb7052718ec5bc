import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client'
import { taskQueues } from '../domain/messages'
import type { FollowUpPlan } from '../records/guidance'

/** Begins the follow-up of a case's guidance, once: asking again finds the one that runs or has ended. */
export async function beginGuidanceFollowUp(temporal: Client, plan: FollowUpPlan): Promise<void> {
  await temporal.workflow
    .start('guidanceFollowUp', {
      workflowId: `guidance-follow-up/${plan.caseId}`,
      taskQueue: taskQueues.cases,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [plan],
    })
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    })
}
