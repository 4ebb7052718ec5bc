import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client'
import { taskQueues } from '../domain/messages'
import { transferHelpWorkflowId, type TransferHelpInput } from '../domain/transferHelp/help'

/** Starts the workflow of a case of help, once: asking again finds the one that runs or has ended. */
export async function startTransferHelp(temporal: Client, input: TransferHelpInput): Promise<void> {
  await temporal.workflow
    .start('transferHelp', {
      workflowId: transferHelpWorkflowId(input.caseId),
      taskQueue: taskQueues.cases,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [input],
    })
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    })
}
