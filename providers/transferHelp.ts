import type { Client } from '@temporalio/client'
import { transferHelpWorkflowId, type TransferHelpInput } from '../domain/transferHelp/help'
import type { Database } from '../records/database'
import { helpHandedOver } from '../records/transferHelp/openHelp'
import { startOnce } from './startOnce'

/** Starts the workflow of a case of help, once. */
export const startTransferHelp = (temporal: Client, input: TransferHelpInput): Promise<void> =>
  startOnce(temporal, { type: 'transferHelp', workflowId: transferHelpWorkflowId(input.caseId), input })

/** Hands a recorded case of help to Temporal, and notes that it has it. Repeating it does no harm. */
export async function handOverTransferHelp(db: Database, temporal: Client, input: TransferHelpInput): Promise<void> {
  await startTransferHelp(temporal, input)
  await helpHandedOver(db, input.caseId)
}
