import type { Prisma } from '../generated/prisma/client'
import type { CallEnded, CaseAddress, KeyPressed } from '../domain/messages'
import type { Policy } from '../domain/policy'
import type { AttemptOutcome } from '../domain/status'
import { endAppointment } from './appointments'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { endHelp } from './help'
import { endThirdParty } from './thirdParty/leaving'
import { endTransfer } from './warmTransfer'
import { closeMonitoring } from './monitoring'
import { policyVersion } from './policy'
import { releaseAgent } from './presence'
import { markRung } from './promise'
import { appendEvents, moveCase, type CaseEventInput } from './timeline'

/** Twilio's call statuses in the order in which a call goes through them; terminal ones share the last rank. */
const rank: Record<string, number> = {
  queued: 1, initiated: 1, ringing: 2, 'in-progress': 3,
  completed: 4, busy: 4, failed: 4, 'no-answer': 4, canceled: 4,
}
const ranked = ['intended', 'queued', 'ringing', 'in_progress', 'ended'] as const
export type LegStatus = (typeof ranked)[number]

/** How a call that stands so goes on when the provider reports this: a report that goes back changes nothing. */
export function stepTo(stands: string, reported: string): { status: LegStatus; news: boolean } {
  const before = ranked.indexOf(stands as LegStatus)
  const now = rank[reported] ?? 0
  return now > before ? { status: ranked[now]!, news: true } : { status: ranked[before]!, news: false }
}

/** Whether a call in this status of Twilio's is over. */
export function isOver(status: string): boolean {
  return rank[status] === 4
}

/** One report about a call: a status callback, or what polling found. */
export interface CallReport {
  attemptId: string
  callSid: string
  status: string
  /** Distinguishes reports; the same key twice is a repeat. */
  key: string
  source: 'callback' | 'poll'
  errorCode?: string
  form?: Prisma.InputJsonObject
}

export interface CallNews extends CaseAddress {
  caseId: string
  /** Set once, by the report that ended the call. */
  ended?: CallEnded
  /** An agent who is free now, whom a waiting case may be offered to. */
  freedAgentId?: string
  /** Somebody whom the agent had added, whose part in the talk is over as well. */
  thirdPartyId?: string
  /** A second call for one attempt: the product's gravest fault, to be alarmed about. */
  foreignCallSid?: boolean
}

/**
 * Takes in a report: repeats are dropped, regress is ignored, terminal states stick.
 * @returns undefined when the attempt is unknown or the report is a repeat whose news was told
 */
export async function recordCallReport(db: Database, report: CallReport): Promise<CallNews | undefined> {
  return inTransaction(db, async (tx) => {
    const [attempt] = await Promise.all([
      lockAttempt(tx, report.attemptId),
      tx.$executeRaw`
        INSERT INTO call_webhook (attempt_id, call_sid, key, kind, form)
        SELECT id, ${report.callSid}, ${report.key}, ${`status:${report.status}`}, ${JSON.stringify(report.form ?? {})}::jsonb FROM attempt WHERE id = ${report.attemptId}
        ON CONFLICT DO NOTHING`,
    ])
    if (!attempt) return undefined
    const { id, caseId, payerId, workflowId } = attempt
    const news: CallNews = { caseId, payerId, workflowId }
    if (attempt.callSid && attempt.callSid !== report.callSid) return { ...news, foreignCallSid: true }

    const before = ranked.indexOf(attempt.status as LegStatus)
    const now = rank[report.status] ?? 0
    // A repeat of the last report still tells its news: the first telling may not have reached Temporal.
    if (now < before || (now === before && attempt.status !== 'ended')) return news
    if (attempt.status === 'ended') return { ...news, ended: await endingOf(tx, attempt), ...(await withoutThirdParty(tx, id)) }

    const at = new Date()
    const events: CaseEventInput[] = []
    const answered = attempt.answeredAt === null && (now === 3 || report.status === 'completed')
    const rang = attempt.rangAt === null && (now === 2 || answered || ['busy', 'no-answer'].includes(report.status))
    if (rang) events.push({ type: 'call_ringing', actor: 'provider', data: { attemptId: id, source: report.source } })
    if (answered) events.push({ type: 'call_answered', actor: 'provider', data: { attemptId: id } })
    const outcome = now === 4 ? outcomeOf(report.status, attempt.contactAt !== null, attempt.answeredBy) : null
    const policy = await policyVersion(tx, attempt.policyVersion)
    const abandoned = outcome !== null && wasAbandoned(attempt, at, policy)
    if (abandoned) events.push({ type: 'call_abandoned', actor: 'system:pacing', data: { attemptId: id, seconds: policy.pacing.answerSeconds } })
    if (outcome) {
      events.push({ type: 'call_ended', actor: 'provider', data: { attemptId: id, outcome, source: report.source } })
      news.ended = await endingOf(tx, { ...attempt, outcome, abandoned })
    }
    const [promises] = await Promise.all([rang ? markRung(tx, caseId, attempt, at) : [], tx.$executeRaw`
      UPDATE attempt SET status = ${ranked[now]}, call_sid = ${report.callSid}, requested_at = ${attempt.requestedAt ?? at},
        rang_at = ${rang ? at : attempt.rangAt}, answered_at = ${answered ? at : attempt.answeredAt},
        outcome = ${outcome}, ended_at = ${outcome ? at : null}, abandoned = ${abandoned}, error_code = ${outcome ? (report.errorCode ?? null) : null}
      WHERE id = ${id}`])
    await appendEvents(tx, caseId, [...events, ...promises])
    if (outcome) {
      await afterCall(tx, caseId, outcome)
      await Promise.all([
        outcome === 'contact' ? endAppointment(tx, caseId, attempt.intendedAt) : undefined,
        closeMonitoring(tx, caseId, 'call_ended'),
        endHelp(tx, caseId),
        endTransfer(tx, caseId),
      ])
      Object.assign(news, await withoutThirdParty(tx, id))
      const { wrapUpSeconds } = policy
      news.freedAgentId = await releaseAgent(tx, caseId, outcome === 'contact' ? { wrapUpSeconds } : undefined)
    }
    return news
  })
}

async function withoutThirdParty(tx: Sql, attemptId: string): Promise<Pick<CallNews, 'thirdPartyId'>> {
  const thirdPartyId = await endThirdParty(tx, attemptId)
  return thirdPartyId === undefined ? {} : { thirdPartyId }
}

/** The payer's leg left a call that they had made themselves. */
export async function recordInboundLeft(db: Database, attemptId: string, callSid: string): Promise<CallNews | undefined> {
  const inbound = await sqlOf(db).$executeRaw`SELECT 1 FROM attempt WHERE id = ${attemptId} AND mode = 'inbound' AND call_sid = ${callSid}`
  if (inbound === 0) return undefined
  return recordCallReport(db, { attemptId, callSid, status: 'completed', key: `left:${callSid}`, source: 'callback' })
}

/** What the workflow is told of an attempt that is over. The last key pressed for a payment counts. */
export async function endingOf(
  tx: Sql,
  { id, caseId, outcome, contactAt, abandoned }: Pick<LockedAttempt, 'id' | 'caseId' | 'outcome' | 'contactAt' | 'abandoned'>,
): Promise<CallEnded> {
  const ended: CallEnded = { attemptId: id, outcome: outcome as AttemptOutcome, ...(abandoned ? { abandoned } : {}) }
  if (contactAt === null) return ended
  const keys = await tx.$queryRaw<Pick<KeyPressed, 'paymentId' | 'digit'>[]>`
    SELECT DISTINCT ON (1) data->>'paymentId' AS "paymentId", data->>'digit' AS digit FROM case_event
    WHERE case_id = ${caseId} AND type = 'keypress' AND data @> ${JSON.stringify({ attemptId: id })}::jsonb AND data ? 'paymentId'
    ORDER BY 1, id DESC`
  return keys.length > 0 ? { ...ended, keys } : ended
}

/** Rung before an agent was reserved, and for longer than the policy's seconds nobody came to the payer in the talk. */
function wasAbandoned({ mode, payerJoinedAt, contactAt }: LockedAttempt, endedAt: Date, { pacing }: Policy): boolean {
  if (mode !== 'customer_first' || !payerJoinedAt) return false
  return (contactAt ?? endedAt).getTime() - payerJoinedAt.getTime() > pacing.answerSeconds * 1_000
}

/** The payer is on the line: the call was answered, whatever callbacks of its ringing were lost on the way. */
export async function noteAnswered(tx: Sql, attempt: LockedAttempt): Promise<void> {
  if (attempt.status === 'in_progress' || attempt.status === 'ended') return
  const { id, caseId } = attempt
  const at = new Date()
  await tx.$executeRaw`
    UPDATE attempt SET status = 'in_progress', requested_at = ${attempt.requestedAt ?? at}, rang_at = ${attempt.rangAt ?? at},
      answered_at = ${attempt.answeredAt ?? at} WHERE id = ${id}`
  const rang: CaseEventInput[] = attempt.rangAt ? [] : [{ type: 'call_ringing', actor: 'provider', data: { attemptId: id, source: 'answered' } }]
  const promises = attempt.rangAt ? [] : await markRung(tx, caseId, attempt, at)
  await appendEvents(tx, caseId, [...rang, { type: 'call_answered', actor: 'provider', data: { attemptId: id } }, ...promises])
}

/** An attempt with what is needed of its case. */
export interface LockedAttempt extends CaseAddress {
  id: string
  caseId: string
  policyVersion: number
  /** The agent who has the case now. */
  holderId: string | null
  status: string
  outcome: string | null
  callSid: string | null
  answeredBy: string | null
  intendedAt: Date
  requestedAt: Date | null
  rangAt: Date | null
  answeredAt: Date | null
  mode: string
  payerJoinedAt: Date | null
  abandoned: boolean
  contactAt: Date | null
}

/** Case first, then attempt: the order in which every transaction locks. */
export async function lockAttempt(tx: Sql, id: string): Promise<LockedAttempt | undefined> {
  const [attempt] = await tx.$queryRaw<LockedAttempt[]>`
    SELECT a.id, c.id AS "caseId", c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.policy_version AS "policyVersion", c.agent_id AS "holderId",
           a.status, a.outcome, a.call_sid AS "callSid", a.answered_by AS "answeredBy", a.intended_at AS "intendedAt",
           a.requested_at AS "requestedAt", a.rang_at AS "rangAt", a.answered_at AS "answeredAt",
           a.mode, a.payer_joined_at AS "payerJoinedAt", a.abandoned, a.contact_at AS "contactAt"
    FROM risk_case c JOIN attempt a ON a.case_id = c.id WHERE a.id = ${id} FOR UPDATE OF c, a`
  return attempt
}

/** What became of a call that is over. @param contact somebody was talked with */
export function outcomeOf(status: string, contact: boolean, answeredBy: string | null): AttemptOutcome {
  if (contact) return 'contact'
  if (status === 'busy') return 'busy'
  if (status === 'failed') return 'failed'
  if (status === 'no-answer') return 'no_answer'
  if (status === 'canceled') return 'canceled'
  return isMachine(answeredBy) ? 'voicemail' : 'no_contact'
}

export function isMachine(answeredBy: string | null): boolean {
  return answeredBy !== null && (answeredBy.startsWith('machine') || answeredBy === 'fax')
}

/** Where the case stands once nobody is on the line any more. */
async function afterCall(tx: Sql, caseId: string, outcome: AttemptOutcome): Promise<void> {
  // Only a callback settles by itself once its payments are decided; cases of other kinds say where they go.
  const undecided = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM flagged_payment WHERE case_id = ${caseId} AND decision = 'undecided'
    UNION ALL SELECT 1 FROM risk_case WHERE id = ${caseId} AND kind <> 'callback' LIMIT 1`
  if (undecided.length === 0) await moveCase(tx, caseId, 'settling', 'system:case')
  else await moveCase(tx, caseId, outcome === 'contact' ? 'awaiting_verdict' : 'received', 'system:case')
}
