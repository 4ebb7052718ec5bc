import type { Client } from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'
import type { Log } from '../../configuration/log'
import { transferHelpWorkflowId } from '../../domain/transferHelp/help'
import { NoSuchHelp } from '../../records/transferHelp/mediation'
import { HelpOver } from '../../records/transferHelp/progress'
import type { Database } from '../../records/database'
import { tellWorkflow } from '../../providers/caseWorkflows'
import type { Gate } from '../access/access'
import type { Role } from '../access/caller'
import type { Endpoint } from '../endpoint'
import { conflict, invalid, notFound } from '../problem'
import { evidenceEndpoints } from './evidence'
import { mediationEndpoints } from './mediation'
import { payerHelpEndpoints } from './payer'
import { helpWorkEndpoints } from './work'

export interface TransferHelpDeps {
  db: Database
  temporal: Client
  gate: Gate
  log: Log
}

/** Who works on help with transfers. */
export const working: Role[] = ['agent', 'supervisor', 'compliance']
export const tag = 'transfer help'

/** Help after a transfer that went wrong: asked for by payers and agents, worked on by staff. */
export function transferHelpEndpoints(deps: TransferHelpDeps): Endpoint[] {
  return [...payerHelpEndpoints(deps), ...helpWorkEndpoints(deps), ...mediationEndpoints(deps), ...evidenceEndpoints(deps)]
}

/** What is recorded stands, and the workflow finds it at its next look: a signal that does not get through is no reason to say no. */
export async function tellHelp<Args extends [] | [unknown]>(
  { temporal, log }: Pick<TransferHelpDeps, 'temporal' | 'log'>,
  caseId: string,
  signal: SignalDefinition<Args>,
  ...args: Args
): Promise<void> {
  await temporal
    .withDeadline(Date.now() + 5_000, () => tellWorkflow(temporal, transferHelpWorkflowId(caseId), signal, ...args))
    .catch((error: unknown) => log.error({ caseId, err: error }, 'a signal did not reach the case of help'))
}

/** What the records refuse, as an answer to whoever asked. */
export function refusedBy(error: unknown): never {
  if (error instanceof HelpOver) throw conflict(error.message)
  if (error instanceof NoSuchHelp) throw notFound('There is no such case of help.')
  if (error instanceof RangeError) throw invalid([{ field: 'amount', message: error.message }])
  throw error
}
