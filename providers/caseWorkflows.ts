import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'
import { caseWorkflowId, caseWorkflowType, offerMade, paymentRecorded, taskQueues, workflowIdOf, type CaseAddress, type RecordedFlag } from '../domain/messages'
import { reminderWorkflowId, type RecordedCheck } from '../domain/reminder/check'
import { reminderWorkflowType } from '../domain/reminder/messages'
import { forgetWaiting, offerWaitingCase, type CaseOffered } from '../records/matching'
import type { Database } from '../records/database'
import { acknowledgeFlag } from '../records/flags'
import { startOnce } from './startOnce'

/** Starts the payer's case workflow or joins the one that runs. Repeating it does no harm. */
export async function signalCase(temporal: Client, flag: RecordedFlag): Promise<void> {
  await temporal.workflow.signalWithStart(caseWorkflowType, {
    workflowId: caseWorkflowId(flag.payerId),
    taskQueue: taskQueues.cases,
    args: [],
    signal: paymentRecorded,
    signalArgs: [flag],
  })
}

/** Hands over what PostgreSQL has recorded and notes that Temporal has it. Repeating it does no harm. */
export async function handOverFlag(db: Database, temporal: Client, flag: RecordedFlag): Promise<void> {
  await signalCase(temporal, flag)
  await acknowledgeFlag(db, flag.paymentId)
}

/** Tells the workflow that carries a case, see `tellWorkflow`. */
export function tellCase<Args extends [unknown]>(temporal: Client, theCase: CaseAddress, signal: SignalDefinition<Args>, ...args: Args): Promise<boolean> {
  return tellWorkflow(temporal, workflowIdOf(theCase), signal, ...args)
}

/** Starts the workflow of a paused payment, once for ever. Repeating it does no harm. */
export const startReminder = (temporal: Client, check: RecordedCheck): Promise<void> =>
  startOnce(temporal, { type: reminderWorkflowType, workflowId: reminderWorkflowId(check.caseId), input: check })

/**
 * Tells a running workflow. One that is over needs no telling.
 * @returns whether it was running
 */
export async function tellWorkflow<Args extends [] | [unknown]>(temporal: Client, workflowId: string, signal: SignalDefinition<Args>, ...args: Args): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(workflowId).signal(signal, ...args)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/**
 * An agent is free: offers them the most urgent waiting case and tells it. When the telling fails the
 * offer stands in PostgreSQL, and the case finds it at its next look. A case whose workflow is gone only
 * seemed to wait; the next one gets the agent.
 */
export async function offerToFreeAgent(db: Database, temporal: Client, agentId: string): Promise<void> {
  for (let offered = await offerWaitingCase(db, agentId); offered; offered = await offerWaitingCase(db, agentId))
    if (await tellOffered(db, temporal, offered)) return
}

/** Tells a case of the agent who was offered to it. @returns false when nobody carries the case any more: the agent is free again */
export async function tellOffered(db: Database, temporal: Client, offered: CaseOffered): Promise<boolean> {
  const { offerId, agentId, expiresAt } = offered
  if (await tellCase(temporal, offered, offerMade, { offerId, agentId, expiresAt })) return true
  await forgetWaiting(db, offered.caseId)
  return false
}
