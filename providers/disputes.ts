import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client'
import { disputeWorkflowId, type DisputeInput } from '../domain/dispute/dispute'
import { taskQueues } from '../domain/messages'

/** Starts the workflow of a dispute, once: asking again finds the one that runs or has ended. */
export async function startDispute(temporal: Client, input: DisputeInput): Promise<void> {
  await temporal.workflow
    .start('dispute', {
      workflowId: disputeWorkflowId(input.caseId),
      taskQueue: taskQueues.cases,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [input],
    })
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    })
}
