import { approvalRules } from '../domain/approvals'
import type { ClaimInput, ClaimStatus } from '../domain/claim'
import { inTransaction, type Database, type Sql } from './database'
import { recordMessage } from './payerMessages'
import { policyVersion } from './policy'
import { appendEvents, lockCase, type CaseEventInput } from './timeline'

const dayMillis = 86_400_000

interface ClaimedPayment {
  method: string
  minor: number
  currency: string
  version: number
}

/** "Not the owner" on a covered payment opens its claim, in the verdict's own transaction. @returns what is to be appended to the timeline */
export async function openClaim(tx: Sql, caseId: string, paymentId: string, actor: string): Promise<CaseEventInput[]> {
  const [payment] = await tx.$queryRaw<ClaimedPayment[]>`
    SELECT p.body->>'method' AS method, p.amount::float8 AS minor, p.currency, c.policy_version AS version
    FROM flagged_payment p JOIN risk_case c ON c.id = p.case_id WHERE p.id = ${paymentId}`
  if (!payment) return []
  const { compensation } = await policyVersion(tx, payment.version)
  if (!compensation.coveredMethods.includes(payment.method) || payment.minor > compensation.upTo) return []
  const dueAt = new Date(Date.now() + compensation.waitingDays * dayMillis)
  const first = await tx.$executeRaw`
    INSERT INTO compensation_claim (payment_id, case_id, amount, currency, opened_by, due_at)
    VALUES (${paymentId}, ${caseId}, ${payment.minor}, ${payment.currency}, ${actor}, ${dueAt}) ON CONFLICT DO NOTHING`
  if (first === 0) return []
  await recordMessage(tx, { caseId, step: 'claim_opened', paymentId })
  return [{ type: 'claim_opened', actor: 'system:compensation', data: { paymentId, dueAt: dueAt.toISOString() } }]
}

/** What the claim's workflow begins with; undefined when the payment has no claim that is open. */
export async function openClaimOn(tx: Sql, paymentId: string): Promise<ClaimInput | undefined> {
  const [row] = await tx.$queryRaw<{ caseId: string; payerId: string; minor: number; currency: string; openedBy: string; dueAt: Date; version: number }[]>`
    SELECT l.case_id AS "caseId", c.payer_id AS "payerId", l.amount::float8 AS minor, l.currency, l.opened_by AS "openedBy", l.due_at AS "dueAt", c.policy_version AS version
    FROM compensation_claim l JOIN risk_case c ON c.id = l.case_id WHERE l.payment_id = ${paymentId} AND l.status = 'open'`
  if (!row) return undefined
  const { compensationAbove, expirySeconds } = approvalRules(await policyVersion(tx, row.version))
  return {
    caseId: row.caseId,
    paymentId,
    payerId: row.payerId,
    amount: { amount: row.minor, currency: row.currency },
    openedBy: row.openedBy,
    dueAt: row.dueAt.getTime(),
    compensationAbove,
    approvalMillis: expirySeconds * 1_000,
  }
}

/** How a claim ended, or that what was paid came back; the payer is told. */
export async function settleClaim(db: Database, caseId: string, paymentId: string, status: ClaimStatus, step: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const changed = await tx.$executeRaw`
      UPDATE compensation_claim SET status = ${status}, settled_at = now() WHERE payment_id = ${paymentId} AND status <> ${status}`
    if (changed > 0) await appendEvents(tx, caseId, [{ type: `claim_${status}`, actor: 'system:compensation', data: { paymentId } }])
    await recordMessage(tx, { caseId, step, paymentId })
  })
}
