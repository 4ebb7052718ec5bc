import { WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { disputeWorkflowId } from '../../domain/dispute/dispute'
import type { Database } from '../../records/database'
import { conflict, forbidden, unavailable } from '../problem'

/** An update waits for a worker; nobody waits longer than this, in milliseconds. */
const patience = 10_000

/**
 * Tells the dispute's workflow, which has the last word, and gives its answer.
 * @throws Problem 409 when it is too late for that, 403 for one's own first decision, 503 when there is no answer, or no workflow yet
 */
export async function tellDispute<Answer>(
  { db, temporal }: { db: Database; temporal: Client },
  caseId: string,
  update: 'decideDispute' | 'appealDispute' | 'askForAdvance',
  argument: unknown,
): Promise<Answer> {
  try {
    const handle = temporal.workflow.getHandle(disputeWorkflowId(caseId))
    return await temporal.withDeadline(Date.now() + patience, () => handle.executeUpdate<Answer, [unknown]>(update, { args: [argument] }))
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      // Opened while Temporal was out of reach: recovery hands it over.
      const open = await db.riskCase.count({ where: { id: caseId, status: { not: 'closed' } } })
      throw open > 0 ? unavailable('This dispute has only been recorded; its work begins in a moment. Try again.') : conflict('This dispute is closed.')
    }
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      throw unavailable('The dispute did not answer in time. Look whether it was taken, then try again.')
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      const { type, message } = error.cause
      if (type === 'OwnDecision') throw forbidden(`${capital(message)}.`)
      if (type === 'AlreadyDecided' || type === 'AlreadyAsked' || type === 'NoAppeal') throw conflict(`${capital(message)}.`)
    }
    throw error
  }
}

function capital(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}
