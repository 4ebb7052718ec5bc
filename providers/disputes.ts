import type { Client } from '@temporalio/client'
import { disputeWorkflowId, type DisputeInput } from '../domain/dispute/dispute'
import { startOnce } from './startOnce'

/** Starts the workflow of a dispute, once. */
export const startDispute = (temporal: Client, input: DisputeInput): Promise<void> =>
  startOnce(temporal, { type: 'dispute', workflowId: disputeWorkflowId(input.caseId), input })
