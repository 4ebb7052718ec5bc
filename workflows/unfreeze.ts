import { setHandler, workflowInfo } from '@temporalio/workflow'
import type { ApprovalOutcome } from '../domain/approvals'
import * as messages from '../domain/messages'
import { moneyActionKey } from '../domain/money'
import { records } from './activities'
import { consent, hear, type Heard } from './approval'
import { instructed } from './ledger'

/** Frozen money of a case that is over goes on to the payee, once others have agreed. One for each payment at a time. */
export async function unfreeze({ caseId, paymentId, amount, reason, requestedBy, expirySeconds }: messages.UnfreezeInput): Promise<ApprovalOutcome> {
  const heard: Heard = new Map()
  const ledgerSaid = new Set<string>()
  setHandler(messages.approvalDecided, (decided) => hear(heard, decided))
  setHandler(messages.ledgerConfirmed, ({ key }) => void ledgerSaid.add(key))

  const { workflowId, runId } = workflowInfo()
  const until = Date.now() + expirySeconds * 1_000
  const expiresAt = new Date(until).toISOString()
  // Another request after a refusal is a request of its own.
  const requestKey = `unfreeze:${paymentId}:${runId}`
  const request = { requestKey, caseId, kind: 'unfreeze' as const, subject: paymentId, amount, reason, requestedBy, expiresAt, workflowId }
  const outcome = await consent(() => records.requestApproval(request), heard, until)
  if (outcome === 'approved')
    // Refused, the money stays frozen, and the case asks for attention.
    await instructed(
      { key: moneyActionKey('release', paymentId), kind: 'release', caseId, paymentId, reason: 'unfreeze', actor: requestedBy, workflowId },
      ledgerSaid,
    )
  return outcome
}
