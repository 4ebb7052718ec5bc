import type { Client } from '@temporalio/client'
import { caseMoved } from '../domain/messages'
import { HandOverRefused, type HandedOver } from '../records/handover'
import { tellCase } from '../providers/caseWorkflows'
import { conflict, notFound, unavailable } from './problem'

const patienceMillis = 5_000

/** A refusal as whoever asked is told. */
export function inWords(error: unknown): never {
  if (!(error instanceof HandOverRefused)) throw error
  throw error.reason === 'unknown' ? notFound(error.message) : conflict(error.message)
}

/**
 * Tells a case that it has moved. Telling it again does no harm.
 * @throws Problem 503 when it could not be told: the records have moved, and asking again tells it
 */
export async function tellMoved(temporal: Client, { toAgentId, fromAgentId, ...theCase }: HandedOver): Promise<void> {
  try {
    await temporal.withDeadline(Date.now() + patienceMillis, () => tellCase(temporal, theCase, caseMoved, { toAgentId, fromAgentId }))
  } catch {
    throw unavailable('The case could not be told that it is yours. Try again.')
  }
}
