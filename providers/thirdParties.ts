import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client'
import { agentLeft, taskQueues } from '../domain/messages'
import { thirdPartyDropped, thirdPartyEnded, thirdPartyWorkflowId, thirdPartyWorkflowType } from '../domain/thirdParty/messages'
import type { ThirdPartyNews } from '../records/thirdParty/reports'
import { tellCase, tellWorkflow } from './caseWorkflows'
import { startOnce } from './startOnce'

/** Has a third party's phone rung, once for ever. Repeating it does no harm. */
export const callThirdParty = (temporal: Client, id: string): Promise<void> =>
  startOnce(temporal, { type: thirdPartyWorkflowType, workflowId: thirdPartyWorkflowId(id), input: id })

/** They are not wanted any more. Whoever should carry their call is started if nobody does: PostgreSQL has what is to be done. */
export async function endThirdPartyCall(temporal: Client, id: string): Promise<void> {
  await temporal.workflow
    .signalWithStart(thirdPartyWorkflowType, {
      workflowId: thirdPartyWorkflowId(id),
      taskQueue: taskQueues.cases,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [id],
      signal: thirdPartyDropped,
    })
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    })
}

/** Passes on what a report about a third party's call brought: its end, and that somebody is alone in the talk now. */
export async function tellThirdPartyNews(temporal: Client, { id, ended, leftAlone }: ThirdPartyNews): Promise<void> {
  if (ended) await tellWorkflow(temporal, thirdPartyWorkflowId(id), thirdPartyEnded)
  if (leftAlone) await tellCase(temporal, leftAlone, agentLeft, { attemptId: leftAlone.attemptId, agentId: leftAlone.agentId })
}
