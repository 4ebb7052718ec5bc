import type { Client } from '@temporalio/client'
import { disputeWorkflowId, type DisputeInput } from '../domain/dispute/dispute'
import type { Database } from '../records/database'
import { disputeHandedOver } from '../records/disputes/openDispute'
import { startOnce } from './startOnce'

/** Starts the workflow of a dispute, once. */
export const startDispute = (temporal: Client, input: DisputeInput): Promise<void> =>
  startOnce(temporal, { type: 'dispute', workflowId: disputeWorkflowId(input.caseId), input })

/** Hands a recorded dispute to Temporal, and notes that it has it. Repeating it does no harm. */
export async function handOverDispute(db: Database, temporal: Client, input: DisputeInput): Promise<void> {
  await startDispute(temporal, input)
  await disputeHandedOver(db, input.caseId)
}
