import type { Client } from '@temporalio/client'
import { transferHelpWorkflowId, type TransferHelpInput } from '../domain/transferHelp/help'
import { startOnce } from './startOnce'

/** Starts the workflow of a case of help, once. */
export const startTransferHelp = (temporal: Client, input: TransferHelpInput): Promise<void> =>
  startOnce(temporal, { type: 'transferHelp', workflowId: transferHelpWorkflowId(input.caseId), input })
