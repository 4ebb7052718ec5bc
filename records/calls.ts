import { Prisma, type Attempt } from '../generated/prisma/client'
import type { CallEnded } from '../domain/messages'
import type { AttemptOutcome } from '../domain/status'
import { transact, type Database, type Transaction } from './database'
import { releaseAgent } from './presence'
import { markRung } from './promise'
import { appendEvents, moveCase } from './timeline'

/** Twilio's call statuses in the order in which a call goes through them; terminal ones share the last rank. */
const rank: Record<string, number> = {
  queued: 1, initiated: 1, ringing: 2, 'in-progress': 3,
  completed: 4, busy: 4, failed: 4, 'no-answer': 4, canceled: 4,
}
const ranked = ['intended', 'queued', 'ringing', 'in_progress', 'ended']

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

export interface CallNews {
  caseId: string
  payerId: string
  /** Set once, by the report that ended the call. */
  ended?: CallEnded
  /** An agent who is free now, whom a waiting case may be offered to. */
  freedAgentId?: string
  /** A second call for one attempt: the product's gravest fault, to be alarmed about. */
  foreignCallSid?: boolean
}

/**
 * Takes in a report: repeats are dropped, regress is ignored, terminal states stick.
 * @returns undefined when the attempt is unknown or the report is a repeat whose news was told
 */
export async function recordCallReport(db: Database, report: CallReport): Promise<CallNews | undefined> {
  return transact(db, async (tx) => {
    const attempt = await lockAttempt(tx, report.attemptId)
    if (!attempt) return undefined
    const { caseId } = attempt
    const { payerId } = await tx.riskCase.findUniqueOrThrow({ where: { id: caseId }, select: { payerId: true } })
    const news: CallNews = { caseId, payerId }
    await tx.callWebhook.createMany({
      data: [{ attemptId: attempt.id, callSid: report.callSid, key: report.key, kind: `status:${report.status}`, form: report.form ?? {} }],
      skipDuplicates: true,
    })
    if (attempt.callSid && attempt.callSid !== report.callSid) return { ...news, foreignCallSid: true }

    const before = ranked.indexOf(attempt.status)
    const now = rank[report.status] ?? 0
    // A repeat of the last report still tells its news: the first telling may not have reached Temporal.
    if (now < before || (now === before && attempt.status !== 'ended')) return news
    if (attempt.status === 'ended') return { ...news, ended: await endingOf(tx, attempt) }

    const at = new Date()
    const answered = now === 3 || report.status === 'completed'
    const rang = attempt.rangAt === null && (now === 2 || answered || ['busy', 'no-answer'].includes(report.status))
    const data: Prisma.AttemptUpdateInput = { status: ranked[now], callSid: report.callSid }
    if (attempt.requestedAt === null) data.requestedAt = at
    if (rang) data.rangAt = at
    if (answered && attempt.answeredAt === null) data.answeredAt = at
    const events = []
    if (rang) events.push({ type: 'call_ringing', actor: 'provider', data: { attemptId: attempt.id, source: report.source } })
    if (answered && attempt.answeredAt === null)
      events.push({ type: 'call_answered', actor: 'provider', data: { attemptId: attempt.id } })

    if (now === 4) {
      const outcome = outcomeOf(report.status, attempt.contactAt !== null, attempt.answeredBy)
      Object.assign(data, { outcome, endedAt: at, errorCode: report.errorCode ?? null })
      events.push({ type: 'call_ended', actor: 'provider', data: { attemptId: attempt.id, outcome, source: report.source } })
      news.ended = await endingOf(tx, { ...attempt, outcome })
    }
    await tx.attempt.update({ where: { id: attempt.id }, data })
    await appendEvents(tx, caseId, events)
    if (rang) await markRung(tx, caseId, attempt, at)
    if (news.ended) {
      await afterCall(tx, caseId, news.ended.outcome)
      news.freedAgentId = await releaseAgent(tx, caseId, news.ended.outcome === 'contact')
    }
    return news
  })
}

/** What the workflow is told of an attempt that is over. */
export async function endingOf(tx: Transaction | Database, { id, caseId, outcome, contactAt }: Attempt): Promise<CallEnded> {
  const ended = { attemptId: id, outcome: outcome as AttemptOutcome }
  if (contactAt === null) return ended
  const keys = await tx.caseEvent.findMany({ where: { caseId, type: 'keypress', data: { path: ['attemptId'], equals: id } }, select: { data: true } })
  const denied = keys.flatMap(({ data }) => {
    const { digit, paymentId } = data as { digit?: string; paymentId?: string }
    return digit === '2' && paymentId ? [paymentId] : []
  })
  return denied.length > 0 ? { ...ended, denied } : ended
}

/** The payer is on the line: the call was answered, whatever callbacks of its ringing were lost on the way. */
export async function noteAnswered(tx: Transaction, attempt: Attempt): Promise<void> {
  if (attempt.status === 'in_progress' || attempt.status === 'ended') return
  const at = new Date()
  const data = { status: 'in_progress', requestedAt: attempt.requestedAt ?? at, rangAt: attempt.rangAt ?? at, answeredAt: attempt.answeredAt ?? at }
  await tx.attempt.update({ where: { id: attempt.id }, data })
  await appendEvents(tx, attempt.caseId, [
    ...(attempt.rangAt ? [] : [{ type: 'call_ringing', actor: 'provider', data: { attemptId: attempt.id, source: 'answered' } }]),
    { type: 'call_answered', actor: 'provider', data: { attemptId: attempt.id } },
  ])
  if (!attempt.rangAt) await markRung(tx, attempt.caseId, attempt, at)
}

/** Case first, then attempt: the order in which every transaction locks. */
export async function lockAttempt(tx: Transaction, id: string) {
  await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = (SELECT case_id FROM attempt WHERE id = ${id}) FOR UPDATE`
  return tx.attempt.findUnique({ where: { id } })
}

function outcomeOf(status: string, contact: boolean, answeredBy: string | null): AttemptOutcome {
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
export async function afterCall(tx: Transaction, caseId: string, outcome: AttemptOutcome): Promise<void> {
  const undecided = await tx.flaggedPayment.count({ where: { caseId, decision: 'undecided' } })
  if (undecided === 0) await moveCase(tx, caseId, 'settling', 'system:case')
  else await moveCase(tx, caseId, outcome === 'contact' ? 'awaiting_verdict' : 'received', 'system:case')
}
