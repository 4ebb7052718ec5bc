import { sealed } from '../../configuration/vault'
import type { CheckDecision, CheckEnding, CheckPhase, HelpChannel, TalkResult } from '../../domain/reminder/check'
import { noticeOf } from '../../domain/reminder/notices'
import { scoreAfterTalk } from '../../domain/reminder/score'
import { releaseChat } from '../chatsInHand'
import { inTransaction, type Database, type Sql } from '../database'
import { withdrawOffer } from '../offers'
import { queueEvent } from '../outbox'
import { releaseAgent } from '../presence'
import { appendEvents, lockCase, moveCase, type Actor } from '../timeline'

/** A check as its transactions need it. Read under the case's lock, which every change takes first. */
export interface LockedCheck {
  paymentId: string
  payerId: string
  phase: CheckPhase
  decision: CheckDecision
  score: number
  payerSaid: 'cancel' | 'pay' | null
  helpChannel: HelpChannel | null
  callCode: string | null
  fundsState: string
}

export async function lockCheck(tx: Sql, caseId: string): Promise<LockedCheck | undefined> {
  await lockCase(tx, caseId)
  const [check] = await tx.$queryRaw<LockedCheck[]>`
    SELECT payment_id AS "paymentId", payer_id AS "payerId", phase, decision, coalesce(score_after, score) AS score, payer_said AS "payerSaid",
           help_channel AS "helpChannel", call_code AS "callCode", funds_state AS "fundsState"
    FROM payment_check WHERE case_id = ${caseId}`
  return check
}

/**
 * The check goes into another phase, which ends by itself after so many seconds. A phase that it is in already is
 * not entered again; nothing leads out of `settling` but the end.
 */
export async function enterPhase(db: Database, caseId: string, phase: CheckPhase, options: { seconds?: number; actor?: Actor } = {}): Promise<void> {
  await inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase === phase || check.phase === 'settling' || check.phase === 'final') return
    const until = options.seconds === undefined ? null : new Date(Date.now() + options.seconds * 1_000)
    await tx.$executeRaw`
      UPDATE payment_check SET phase = ${phase}, until = ${until}, version = version + 1, payer_said = nullif(payer_said, 'pay'),
        call_code = CASE WHEN ${phase === 'help'} THEN call_code END WHERE case_id = ${caseId}`
    await noteChange(tx, caseId, check, { phase, until: until?.toISOString() ?? null }, options.actor ?? 'system:policy')
  })
}

async function noteChange(
  tx: Sql,
  caseId: string,
  { paymentId, payerId }: LockedCheck,
  change: { phase: CheckPhase; until: string | null },
  actor: Actor,
): Promise<void> {
  await appendEvents(tx, caseId, [{ type: 'reminder_phase', actor, data: { paymentId, ...change } }])
  const notice = noticeOf(change.phase)
  await queueEvent(tx, caseId, 'risk-callback.reminder.changed', { paymentId, payerId, ...change, ...(notice ? { notice } : {}) })
}

/** An agent says what came of the talk. @returns the score after it; undefined when the check is being settled or over */
export async function recordTalk(db: Database, caseId: string, talk: TalkResult): Promise<number | undefined> {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase === 'settling' || check.phase === 'final') return undefined
    const { agentId, outcome, scamType, notes, trustedContact } = talk
    const score = scoreAfterTalk(check.score, scamType)
    await tx.$executeRaw`
      UPDATE payment_check SET outcome = ${outcome}, scam_type = ${scamType ?? null}, outcome_by = ${`agent:${agentId}`}, outcome_notes = ${sealed(notes)},
        score_after = ${score}, trusted_name = coalesce(${sealed(trustedContact?.name)}, trusted_name),
        trusted_phone = coalesce(${sealed(trustedContact?.phone)}, trusted_phone), version = version + 1
      WHERE case_id = ${caseId}`
    const facts = { paymentId: check.paymentId, outcome, ...(scamType ? { scamType } : {}), scoreBefore: check.score, score }
    await appendEvents(tx, caseId, [{ type: 'reminder_talk', actor: `agent:${agentId}`, data: facts }])
    await queueEvent(tx, caseId, 'risk-callback.reminder.changed', { ...facts, payerId: check.payerId, phase: check.phase })
    return score
  })
}

/** What is to be done with a payment whose fate is clear. */
export interface Fate {
  decision: Exclude<CheckDecision, 'paused'>
  ending: CheckEnding
}

/**
 * The check's fate is sealed: from here on the payer can change nothing. Whoever says "cancel" up to this moment is
 * heard. Repeating it answers what was sealed first.
 */
export async function sealFate(db: Database, caseId: string, wanted: Fate): Promise<Fate> {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check) throw new Error(`case ${caseId} has no payment check`)
    if (check.phase === 'settling' || check.phase === 'final') {
      const [settled] = await tx.$queryRaw<Fate[]>`SELECT decision, ending FROM payment_check WHERE case_id = ${caseId}`
      // While it settles the app is still told "paused"; what was sealed is in the ending.
      return { decision: decisionOf(settled!.ending), ending: settled!.ending }
    }
    const fate: Fate = check.payerSaid === 'cancel' ? { decision: 'cancelled', ending: 'cancelled_by_payer' } : wanted
    await tx.$executeRaw`
      UPDATE payment_check SET phase = 'settling', ending = ${fate.ending}, until = NULL, call_code = NULL, version = version + 1 WHERE case_id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'reminder_fate', actor: 'system:policy', data: { paymentId: check.paymentId, ending: fate.ending } }])
    await withdrawOffer(tx, caseId)
    await moveCase(tx, caseId, 'settling', 'system:case')
    return fate
  })
}

function decisionOf(ending: CheckEnding): Fate['decision'] {
  if (ending === 'confirmed_by_payer' || ending === 'low_risk') return 'pay'
  return ending === 'above_limit' || ending === 'funds_not_held' ? 'refused' : 'cancelled'
}

/** The ledger has confirmed a movement of the check's money. */
export async function recordCheckFunds(db: Database, caseId: string, state: 'held' | 'released' | 'refunded'): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    await tx.$executeRaw`UPDATE payment_check SET funds_state = ${state}, version = version + 1 WHERE case_id = ${caseId} AND funds_state <> ${state}`
  })
}

/** The money is where it belongs: the payment app is told the decision, and the case closes. @returns an agent who is free now */
export async function closeReminder(db: Database, caseId: string): Promise<{ freedAgentId?: string }> {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase === 'final') return {}
    const [{ ending, outcome }] = (await tx.$queryRaw<{ ending: CheckEnding; outcome: string | null }[]>`
      SELECT ending, outcome FROM payment_check WHERE case_id = ${caseId}`) as [{ ending: CheckEnding; outcome: string | null }]
    const decision = decisionOf(ending)
    await tx.$executeRaw`
      UPDATE payment_check SET phase = 'final', decision = ${decision}, decided_at = now(), version = version + 1 WHERE case_id = ${caseId}`
    await withdrawOffer(tx, caseId)
    const freedAgentId = (await releaseAgent(tx, caseId)) ?? (await releaseChat(tx, caseId))
    await moveCase(tx, caseId, 'settling', 'system:case')
    await moveCase(tx, caseId, 'closed', 'system:case')
    await tx.$executeRaw`
      UPDATE risk_case SET outcome = ${caseOutcome(decision)}, closed_at = now(), waiting_since = NULL, needs_attention = NULL WHERE id = ${caseId}`
    const facts = { paymentId: check.paymentId, decision, ending, ...(outcome ? { outcome } : {}), fundsState: check.fundsState }
    await appendEvents(tx, caseId, [{ type: 'case_closed', actor: 'system:case', data: { ...facts, outcome: caseOutcome(decision) } }])
    const notice = noticeOf('final', decision)
    await queueEvent(tx, caseId, 'risk-callback.reminder.decided', { ...facts, payerId: check.payerId, ...(notice ? { notice } : {}) })
    return freedAgentId ? { freedAgentId } : {}
  })
}

/** In the words of every case: the payer wanted it, was kept from it, or was never reached. */
function caseOutcome(decision: Fate['decision']): string {
  return decision === 'pay' ? 'confirmed' : decision === 'refused' ? 'unsure' : 'scam'
}
