import type { CaseAddress } from '../domain/messages'
import type { Sql, Database } from './database'
import { inTransaction } from './database'
import { policyVersion } from './policy'
import { appendEvents } from './timeline'

/** Nothing can be agreed for this case, or not for that time. */
export class NoAppointment extends Error {
  constructor(
    readonly reason: 'unknown' | 'closed' | 'too_late',
    /** Until when the funds are held. */
    readonly until?: Date,
  ) {
    super(reason)
  }
}

// After the call somebody must still be able to decide before the hold runs out.
const millisForTheTalk = 10 * 60_000

/**
 * Notes when the payer wants to be called; a later wish replaces an earlier one.
 * @throws NoAppointment for a case that is not open, and for a time at which the hold has almost run out
 */
export async function makeAppointment(db: Database, caseId: string, wish: { at: Date; actor: string }): Promise<CaseAddress> {
  return inTransaction(db, async (tx) => {
    const [theCase] = await tx.$queryRaw<(CaseAddress & { status: string; version: number; heldSince: Date | null })[]>`
      SELECT c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.status, c.policy_version AS version,
             (SELECT min(p.flagged_at) FROM flagged_payment p WHERE p.case_id = c.id AND p.decision = 'undecided') AS "heldSince"
      FROM risk_case c WHERE c.id = ${caseId} AND c.kind = 'callback' FOR UPDATE OF c`
    if (!theCase) throw new NoAppointment('unknown')
    if (theCase.status === 'closed' || !theCase.heldSince) throw new NoAppointment('closed')
    const { holdExpirySeconds } = await policyVersion(tx, theCase.version)
    const until = new Date(theCase.heldSince.getTime() + holdExpirySeconds * 1_000 - millisForTheTalk)
    if (wish.at > until) throw new NoAppointment('too_late', until)
    await tx.$executeRaw`UPDATE risk_case SET appointment_at = ${wish.at}, appointment_made_at = now() WHERE id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'appointment_made', actor: wish.actor, data: { at: wish.at.toISOString() } }])
    return { payerId: theCase.payerId, workflowId: theCase.workflowId }
  })
}

/** The payer was talked with after the appointment was made: it has no purpose any more. */
export async function endAppointment(tx: Sql, caseId: string, talkBegan: Date): Promise<void> {
  await tx.$executeRaw`UPDATE risk_case SET appointment_at = NULL WHERE id = ${caseId} AND appointment_at IS NOT NULL AND appointment_made_at < ${talkBegan}`
}
