import { maskPhone } from '../domain/masking'
import { chooseCallerNumber, type CallerNumber } from '../domain/callerNumbers'
import type { CaseKind, DialMode } from '../domain/status'
import type { Attempt } from '../generated/prisma/client'
import { lockAttempt } from './calls'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { takePacingPlace } from './pacing'
import { newPassPhrase } from './passPhrase'
import { demandDialling, permissionToRing, type DiallingControl } from './permission'
import { policyVersion } from './policy'
import { announceCall, type Announced } from './callAnnouncement'
import { callerNumbersSubject } from './callerNumbers'
import { newestScript } from './scripts'
import { appendEvents, moveCase } from './timeline'

export interface AttemptIntent {
  caseId: string
  /** Whoever is rung: the payer, or in help with a transfer its payee. */
  payerId: string
  number: number
  phone: string
  mode: DialMode
  agentId?: string
  policyVersion: number
  /** Why this attempt is made: `first`, or the outcome of the one before. */
  reason: string
}

export function attemptId(caseId: string, number: number): string {
  return `${caseId}.${number}`
}

/** The cap on calls to one person in 24 hours is reached: nothing rings. */
export class PersonCapReached extends Error {}

/** An attempt as it stands. */
export interface BegunAttempt extends Attempt {
  /** Of one that this execution has begun, and so is the one to ask for: when it was noted, by `performance.now()`. */
  begunAt?: number
}

/**
 * Writes the intent before the provider is asked, and that it is asked for now, in one transaction: the provider is
 * asked by whoever has written it, and whoever finds it looks it up first.
 * @throws DiallingPaused
 * @throws PersonCapReached when the person was called too often in 24 hours, over all cases
 * @throws NotPermitted when the number or the hour forbids it and policy does not override that
 */
export async function beginAttempt(db: Database, intent: AttemptIntent): Promise<BegunAttempt> {
  const { caseId, payerId, number, phone, mode: wanted, agentId = null, reason } = intent
  const id = attemptId(caseId, number)
  const policy = await policyVersion(sqlOf(db), intent.policyVersion)
  const begun = await inTransaction(db, async (tx) => {
    const facts = await factsOf(tx, intent)
    demandDialling(facts)
    if (facts.begun) return undefined
    if (facts.made >= policy.maxAttemptsPerPersonPerDay) throw new PersonCapReached(`called ${facts.made} times in 24 hours`)
    const intendedAt = new Date()
    // A payee is asked for a favour; the override is for those whose own money is at risk.
    const rules = facts.kind === 'transfer_help' ? { ...policy, fraudOverride: false } : policy
    const permission = permissionToRing(phone, facts.listed, rules, intendedAt)
    // The last word on ringing before there is an agent; whoever may not is asked by keypress.
    const paced = wanted !== 'customer_first' || (await takePacingPlace(tx, policy))
    const mode = paced ? wanted : 'automated'
    const script = newestScript(facts.kind, facts.locale, facts.scripts ?? {})
    const fromNumber = chooseCallerNumber(facts.numbers ?? [], phone, facts.queueId)?.phone ?? null
    const passPhrase = newPassPhrase(facts.locale)
    const begunAt = performance.now()
    const [, [row]] = await Promise.all([
      moveCase(tx, caseId, 'calling', 'system:dialling'),
      tx.$queryRaw<{ askedAt: Date }[]>`
        INSERT INTO attempt (id, case_id, number, phone, mode, agent_id, reason, permission, intended_at, pass_phrase, asked_at, script, from_number)
        VALUES (${id}, ${caseId}, ${number}, ${phone}, ${mode}, ${agentId}, ${reason}, ${permission}, ${intendedAt}, ${passPhrase}, clock_timestamp(), ${script}, ${fromNumber})
        RETURNING asked_at AS "askedAt"`,
      announceCall(tx, { caseId, payerId, attemptId: id, agentName: facts.agentName, passPhrase }),
      reason === 'appointment' ? tx.$executeRaw`UPDATE risk_case SET appointment_at = NULL WHERE id = ${caseId}` : undefined,
      appendEvents(tx, caseId, [
        { type: 'attempt_intended', actor: 'system:dialling', data: { attemptId: id, number, phone: maskPhone(phone), mode, reason, permission, agentId, script, ...(fromNumber === null ? {} : { from: fromNumber }), ...(paced ? {} : { heldBack: 'pacing' }) } },
      ]),
    ])
    return { ...untouched, passPhrase, script, fromNumber, id, caseId, number, phone, mode, agentId, reason, permission, intendedAt, askedAt: row!.askedAt, status: 'intended', begunAt }
  })
  return begun ?? db.attempt.findUniqueOrThrow({ where: { id } })
}

interface Facts extends DiallingControl, Announced {
  kind: CaseKind
  /** Another execution was faster. */
  begun: boolean
  /** Calls to the person in 24 hours. */
  made: number
  /** On the do-not-call list. */
  listed: boolean
  queueId: string | null
  /** Versions of scripts; null when nobody has written one. */
  scripts: Record<string, number> | null
  numbers: CallerNumber[] | null
}

/** All that is to be known before a ring, with the case locked. */
async function factsOf(tx: Sql, { caseId, payerId, number, phone, agentId }: AttemptIntent): Promise<Facts> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT c.kind, coalesce(h.payee->>'locale', c.locale) AS locale, c.queue_id AS "queueId", u.name AS "agentName", coalesce(d.paused, false) AS paused, d.reason AS "pausedFor",
      EXISTS (SELECT 1 FROM attempt WHERE id = ${attemptId(caseId, number)}) AS begun,
      EXISTS (SELECT 1 FROM do_not_call WHERE phone = ${phone}) AS listed,
      (SELECT count(*)::int FROM attempt a JOIN risk_case o ON o.id = a.case_id
       WHERE o.payer_id = ${payerId} AND o.kind <> 'transfer_help' AND a.intended_at > now() - interval '24 hours' AND a.mode <> 'inbound')
      + (SELECT count(*)::int FROM attempt a JOIN transfer_help o ON o.case_id = a.case_id
         WHERE o.payee_id = ${payerId} AND a.intended_at > now() - interval '24 hours') AS made,
      (SELECT jsonb_object_agg(subject, version) FROM (SELECT subject, max(version) AS version FROM arrangement_version WHERE kind = 'script' GROUP BY subject) s) AS scripts,
      (SELECT body->'numbers' FROM arrangement_version WHERE kind = 'caller_numbers' AND subject = ${callerNumbersSubject} ORDER BY version DESC LIMIT 1) AS numbers
    FROM risk_case c LEFT JOIN transfer_help h ON h.case_id = c.id LEFT JOIN staff_user u ON u.id = ${agentId ?? null} LEFT JOIN dialling_control d ON d.id = 1
    WHERE c.id = ${caseId} FOR UPDATE OF c`
  if (!facts) throw new Error(`case ${caseId} is unknown`)
  return facts
}

/** What is not known yet of an attempt that has only been intended. */
const untouched = {
  callSid: null, outcome: null, answeredBy: null, requestedAt: null, rangAt: null,
  answeredAt: null, payerJoinedAt: null, abandoned: false, contactAt: null, endedAt: null, queueMillis: null, errorCode: null, consentAt: null, consentWording: null,
}

/** The timeline says why nothing rang. */
export async function recordNotMade(db: Database, intent: AttemptIntent, reason: string): Promise<void> {
  const data = { number: intent.number, phone: maskPhone(intent.phone), reason }
  await inTransaction(db, (tx) => appendEvents(tx, intent.caseId, [{ type: 'attempt_not_made', actor: 'system:dialling', data }]))
}

/** The provider has the call. Callbacks may have been faster and gone further; nothing goes back. */
export async function storeCall(db: Database, id: string, callSid: string, how: 'created' | 'reconciled'): Promise<void> {
  await inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, id)
    if (!attempt) throw new Error(`attempt ${id} is unknown`)
    const { caseId, requestedAt, status } = attempt
    const news = requestedAt === null || how === 'reconciled'
    await Promise.all([
      tx.$executeRaw`
        UPDATE attempt SET call_sid = ${callSid}, requested_at = ${requestedAt ?? new Date()}, status = ${status === 'intended' ? 'queued' : status}
        WHERE id = ${id}`,
      appendEvents(tx, caseId, news ? [{ type: 'call_created', actor: 'provider', data: { attemptId: id, callSid, how } }] : []),
    ])
  })
}

/** How long the call waited at the provider, in milliseconds, as any answer about the call tells it. */
export async function noteQueueTime(db: Database, id: string, queueMillis: number): Promise<void> {
  await db.attempt.updateMany({ where: { id }, data: { queueMillis } })
}
