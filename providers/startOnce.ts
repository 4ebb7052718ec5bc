import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client'
import { taskQueues } from '../domain/messages'

/** Starts a workflow once for ever: asking again finds the one that runs or has ended, and does no harm. */
export async function startOnce(temporal: Client, workflow: { type: string; workflowId: string; input: unknown }): Promise<void> {
  await temporal.workflow
    .start(workflow.type, {
      workflowId: workflow.workflowId,
      taskQueue: taskQueues.cases,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [workflow.input],
    })
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    })
}
