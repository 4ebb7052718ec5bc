import { setHandler, sleep, workflowInfo } from '@temporalio/workflow'
import type { ClaimInput, ClaimStatus, CompensationRecovery } from '../domain/claim'
import { approvalDecided, ledgerConfirmed } from '../domain/messages'
import { records } from './activities'
import { consent, hear, type Heard } from './approval'
import { carriedOut, redress } from './payout'
import { outlivesReleases } from './outlivesReleases'

/**
 * Full compensation of one payment that was not its owner's: after the policy's waiting days the money that can
 * still be had goes back, and what is gone is paid by the company; once, and above a threshold by two persons.
 */
export async function compensation(claim: ClaimInput): Promise<ClaimStatus> {
  const { caseId, paymentId, payerId, amount, openedBy: actor } = claim
  const heard: Heard = new Map()
  const ledgerSaid = new Set<string>()
  setHandler(approvalDecided, (decided) => hear(heard, decided))
  setHandler(ledgerConfirmed, ({ key }) => void ledgerSaid.add(key))
  const texts = [records.sendTexts(caseId)]

  if (claim.dueAt > Date.now()) await sleep(claim.dueAt - Date.now())
  const agreed = amount.amount <= claim.compensationAbove || (await secondPerson(claim, heard))
  const { workflowId } = workflowInfo()
  const how = agreed ? await redress({ caseId, paymentId, payerId, amount, reason: 'full_compensation', actor, workflowId }, ledgerSaid) : undefined
  const status = how === 'advance_final' ? 'paid_before' : (how ?? 'refused')
  await records.settleClaim(caseId, paymentId, status, how ?? 'claim_refused')
  texts.push(records.sendTexts(caseId))
  await Promise.all(texts)
  return status
}

async function secondPerson({ caseId, paymentId, amount, openedBy, approvalMillis }: ClaimInput, heard: Heard): Promise<boolean> {
  const { workflowId } = workflowInfo()
  const until = Date.now() + approvalMillis
  const expiresAt = new Date(until).toISOString()
  const request = {
    requestKey: `compensation:${paymentId}`,
    caseId,
    kind: 'compensation' as const,
    subject: paymentId,
    amount,
    reason: 'not_owner',
    requestedBy: openedBy,
    expiresAt,
    workflowId,
  }
  return (await consent(() => records.requestApproval(request), heard, until)) === 'approved'
}

/** What the company had paid comes back to it, from whoever has the money now. */
export async function recoverCompensation({ caseId, paymentId, amount, from, accountId, reason, by }: CompensationRecovery): Promise<void> {
  const ledgerSaid = new Set<string>()
  setHandler(ledgerConfirmed, ({ key }) => void ledgerSaid.add(key))
  const { workflowId } = workflowInfo()
  const key = `recover:compensate:${paymentId}`
  await carriedOut({ key, kind: 'recover', caseId, paymentId, amount, reason, actor: by, workflowId, parties: { from, accountId } }, ledgerSaid)
  await records.settleClaim(caseId, paymentId, 'recovered', 'claim_recovered')
  await records.sendTexts(caseId)
}

outlivesReleases(compensation)
