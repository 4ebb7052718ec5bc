import { randomUUID } from 'node:crypto'
import type { CaseAddress, OfferAnswered, OfferMade } from '../domain/messages'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { policyVersion } from './policy'
import { appendEvents, lockCase, moveCase } from './timeline'

/** An offer cannot be answered: it is somebody else's, unknown, or was answered before. */
export class OfferRefused extends Error {
  constructor(
    readonly reason: 'unknown' | 'not_yours' | 'answered',
    message: string,
  ) {
    super(message)
  }
}

export interface Reservation {
  /** A pending offer, new or still open. */
  offer?: OfferMade
  /** The previous offer was accepted in the moment in which it was about to expire. */
  accepted?: OfferAnswered
  /** The case is closed: a hand-over that was repeated after its end has woken it. Nobody is to be called. */
  closed?: true
  /** Nobody is free: when the next wrap-up lapses, and how things stand for choosing how to dial. */
  nextFreeAt?: string
  freeSoon: number
  ringingWithoutAgent: number
  waitingAhead: number
}

export interface ReservationRequest {
  caseId: string
  policyVersion: number
  /** An offer whose time is up: it expires in the same transaction that looks for the next agent. */
  expiringOfferId?: string
  /** A new search: whoever missed or declined in the last one may be asked again. */
  fresh: boolean
  preferredAgentId?: string
  /**
   * `seek` an agent; `last_look`: take an offer that is open already, but make none and queue no more;
   * `withdraw`: nobody is needed any more.
   */
  intent: 'seek' | 'last_look' | 'withdraw'
}

/** Matches the case with exactly one free agent and makes the offer, or queues the case. */
export async function reserveAgent(db: Database, request: ReservationRequest): Promise<Reservation> {
  const { offerSeconds, ringSeconds } = await policyVersion(db, request.policyVersion)
  const { caseId, intent } = request
  const nobodyNeeded = { freeSoon: 0, ringingWithoutAgent: 0, waitingAhead: 0 }
  const first = await inTransaction(db, async (tx): Promise<Pick<Reservation, 'offer' | 'accepted' | 'closed'>> => {
    const [theCase] = await tx.$queryRaw<{ status: string }[]>`SELECT status FROM risk_case WHERE id = ${caseId} FOR UPDATE`
    if (theCase?.status === 'closed') return { closed: true }
    const holder = await holderOf(tx, caseId)
    if (holder) return { accepted: holder }
    // Whoever had the case in the last search has it no longer; they may still be in wrap-up.
    if (request.fresh) await tx.$executeRaw`UPDATE risk_case SET excluded_agents = '{}', agent_id = NULL WHERE id = ${caseId}`
    if (request.expiringOfferId) await expireOffer(tx, request.expiringOfferId)
    if (intent === 'withdraw') await withdrawOffer(tx, caseId)
    if (intent !== 'seek') await tx.$executeRaw`UPDATE risk_case SET waiting_since = NULL WHERE id = ${caseId}`
    const open = await openOffer(tx, caseId)
    if (open || intent !== 'seek') return { offer: open }
    return { offer: await offerToFreeAgent(tx, request, offerSeconds) }
  })
  if (first.offer || first.accepted || first.closed) return { ...first, ...nobodyNeeded }
  if (intent !== 'seek') return lookAround(db, caseId, ringSeconds)

  // An agent may have become free between our look and our commit, and not have seen us: look once more.
  const second = await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    return (await openOffer(tx, caseId)) ?? (await offerToFreeAgent(tx, request, offerSeconds))
  })
  return { offer: second, ...(await lookAround(db, caseId, ringSeconds)) }
}

/** Somebody accepted, perhaps in the very moment in which the offer was about to expire. */
async function holderOf(tx: Sql, caseId: string): Promise<OfferAnswered | undefined> {
  const [accepted] = await tx.$queryRaw<Omit<OfferAnswered, 'accepted'>[]>`
    SELECT o.id AS "offerId", o.agent_id AS "agentId" FROM presence p
    JOIN offer o ON o.case_id = p.case_id AND o.agent_id = p.user_id AND o.status = 'accepted'
    WHERE p.case_id = ${caseId} AND p.status = 'busy' ORDER BY o.created_at DESC LIMIT 1`
  return accepted && { ...accepted, accepted: true }
}

/** The case needs nobody any more. */
export async function withdrawOffer(tx: Sql, caseId: string): Promise<void> {
  const [withdrawn] = await tx.$queryRaw<{ offerId: string; agentId: string }[]>`
    UPDATE offer SET status = 'withdrawn', answered_at = now() WHERE case_id = ${caseId} AND status = 'pending'
    RETURNING id AS "offerId", agent_id AS "agentId"`
  if (!withdrawn) return
  await tx.$executeRaw`
    UPDATE presence SET status = 'available', since = now(), case_id = NULL
    WHERE user_id = ${withdrawn.agentId} AND case_id = ${caseId} AND status = 'offered'`
  await appendEvents(tx, caseId, [{ type: 'offer_withdrawn', actor: 'system:dispatch', data: { ...withdrawn } }])
}

async function openOffer(tx: Sql, caseId: string): Promise<OfferMade | undefined> {
  const [open] = await tx.$queryRaw<{ offerId: string; agentId: string; expiresAt: Date }[]>`
    SELECT id AS "offerId", agent_id AS "agentId", expires_at AS "expiresAt" FROM offer WHERE case_id = ${caseId} AND status = 'pending'`
  return open && { ...open, expiresAt: open.expiresAt.toISOString() }
}

async function offerToFreeAgent(tx: Sql, request: ReservationRequest, offerSeconds: number): Promise<OfferMade | undefined> {
  const [free] = await tx.$queryRaw<{ user_id: string }[]>`
    SELECT p.user_id FROM presence p
    JOIN staff_user u ON u.id = p.user_id AND u.active
    JOIN risk_case c ON c.id = ${request.caseId}
    WHERE (p.status = 'available' OR (p.status = 'wrap_up' AND p.next = 'available' AND p.wrap_up_until <= now()))
      AND p.lease_until > now() AND NOT p.user_id = ANY(c.excluded_agents)
    ORDER BY p.user_id = ${request.preferredAgentId ?? ''} DESC,
             EXISTS (SELECT 1 FROM unnest(u.languages) l WHERE split_part(l, '-', 1) = split_part(c.locale, '-', 1)) DESC, p.since
    LIMIT 1 FOR UPDATE OF p SKIP LOCKED`
  if (!free) {
    await tx.$executeRaw`UPDATE risk_case SET waiting_since = coalesce(waiting_since, now()) WHERE id = ${request.caseId}`
    return undefined
  }
  return insertOffer(tx, request.caseId, free.user_id, offerSeconds)
}

async function insertOffer(tx: Sql, caseId: string, agentId: string, offerSeconds: number): Promise<OfferMade> {
  const now = new Date()
  const expiresAt = new Date(now.getTime() + offerSeconds * 1_000)
  const offerId = `offer_${randomUUID()}`
  await tx.$executeRaw`
    WITH made AS (INSERT INTO offer (id, case_id, agent_id, created_at, expires_at) VALUES (${offerId}, ${caseId}, ${agentId}, ${now}, ${expiresAt})),
    told AS (UPDATE presence SET status = 'offered', since = ${now}, case_id = ${caseId}, wrap_up_until = NULL WHERE user_id = ${agentId})
    UPDATE risk_case SET waiting_since = NULL WHERE id = ${caseId}`
  await appendEvents(tx, caseId, [{ type: 'offer_made', actor: 'system:dispatch', data: { offerId, agentId } }])
  return { offerId, agentId, expiresAt: expiresAt.toISOString() }
}

/** A missed offer makes the agent unavailable, never silently available again. */
async function expireOffer(tx: Sql, offerId: string): Promise<void> {
  const [expired] = await tx.$queryRaw<{ caseId: string; agentId: string }[]>`
    UPDATE offer SET status = 'expired', answered_at = now() WHERE id = ${offerId} AND status = 'pending'
    RETURNING case_id AS "caseId", agent_id AS "agentId"`
  if (!expired) return
  const { caseId, agentId } = expired
  await tx.$executeRaw`
    WITH missed AS (UPDATE presence SET status = 'break', reason = 'missed_offer', since = now(), case_id = NULL
      WHERE user_id = ${agentId} AND case_id = ${caseId} AND status = 'offered')
    UPDATE risk_case SET excluded_agents = array_append(excluded_agents, ${agentId}) WHERE id = ${caseId}`
  await appendEvents(tx, caseId, [{ type: 'offer_expired', actor: 'system:dispatch', data: { offerId, agentId } }])
}

async function lookAround(db: Database, caseId: string, ringSeconds: number) {
  const [row] = await sqlOf(db).$queryRaw<{ next_free: Date | null; soon: number; ringing: number; ahead: number }[]>`
    SELECT (SELECT min(wrap_up_until) FROM presence WHERE status = 'wrap_up' AND next = 'available' AND lease_until > now() AND wrap_up_until > now()) AS next_free,
           (SELECT count(*)::int FROM presence WHERE lease_until > now() AND status = 'wrap_up' AND next = 'available'
              AND wrap_up_until < now() + make_interval(secs => ${ringSeconds / 2})) AS soon,
           (SELECT count(*)::int FROM attempt WHERE status IN ('intended', 'queued', 'ringing') AND agent_id IS NULL) AS ringing,
           (SELECT count(*)::int FROM risk_case w, risk_case me WHERE me.id = ${caseId} AND w.waiting_since IS NOT NULL
              AND w.first_ring_at IS NULL AND w.deadline <= me.deadline AND w.id <> me.id) AS ahead`
  return {
    nextFreeAt: row?.next_free?.toISOString(),
    freeSoon: row?.soon ?? 0,
    ringingWithoutAgent: row?.ringing ?? 0,
    waitingAhead: row?.ahead ?? 0,
  }
}

export interface CaseOffered extends OfferMade, CaseAddress {
  caseId: string
}

/** An agent has just become free: the most urgent waiting case that may be offered to them is. */
export async function offerWaitingCase(db: Database, agentId: string): Promise<CaseOffered | undefined> {
  return inTransaction(db, async (tx) => {
    const [free] = await tx.$queryRaw<{ user_id: string }[]>`
      SELECT user_id FROM presence WHERE user_id = ${agentId} AND status = 'available' AND lease_until > now() FOR UPDATE SKIP LOCKED`
    if (!free) return undefined
    const [waiting] = await tx.$queryRaw<{ id: string; payer_id: string; workflow_id: string | null; policy_version: number }[]>`
      SELECT c.id, c.payer_id, c.workflow_id, c.policy_version FROM risk_case c JOIN staff_user u ON u.id = ${agentId}
      WHERE c.waiting_since IS NOT NULL AND c.status <> 'closed' AND NOT ${agentId} = ANY(c.excluded_agents)
        AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.case_id = c.id AND o.status = 'pending')
      ORDER BY c.priority DESC, c.deadline, EXISTS (SELECT 1 FROM unnest(u.languages) l WHERE split_part(l, '-', 1) = split_part(c.locale, '-', 1)) DESC
      LIMIT 1 FOR UPDATE OF c SKIP LOCKED`
    if (!waiting) return undefined
    const { offerSeconds } = await policyVersion(tx, waiting.policy_version)
    const offer = await insertOffer(tx, waiting.id, agentId, offerSeconds)
    return { ...offer, caseId: waiting.id, payerId: waiting.payer_id, workflowId: waiting.workflow_id }
  })
}

export interface OfferAnswer {
  offerId: string
  agentId: string
  accepted: boolean
  reason?: string
}

/**
 * Accepts or declines an offer. One conditional update decides the race, so exactly one answer wins.
 * @throws OfferRefused for an unknown, foreign, expired or already answered offer
 */
export async function answerOffer(db: Database, answer: OfferAnswer): Promise<CaseAddress & { caseId: string }> {
  const { offerId, agentId, accepted, reason } = answer
  return inTransaction(db, async (tx) => {
    const [offer] = await tx.$queryRaw<(CaseAddress & { caseId: string; agentId: string; policyVersion: number })[]>`
      SELECT o.case_id AS "caseId", o.agent_id AS "agentId", c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.policy_version AS "policyVersion"
      FROM offer o JOIN risk_case c ON c.id = o.case_id WHERE o.id = ${offerId}`
    if (!offer) throw new OfferRefused('unknown', 'there is no such offer')
    if (offer.agentId !== agentId) throw new OfferRefused('not_yours', 'this offer is for another agent')
    const { caseId, payerId, workflowId } = offer
    // The case's row first, as in every other transaction, so that two of them cannot wait for each other.
    await lockCase(tx, caseId)
    const now = new Date()
    const won = await tx.$executeRaw`
      UPDATE offer SET status = ${accepted ? 'accepted' : 'declined'}, answered_at = ${now}
      WHERE id = ${offerId} AND status = 'pending' AND expires_at > ${now}`
    if (won === 0) throw new OfferRefused('answered', 'this offer was answered already, or its time is up')
    if (accepted)
      await tx.$executeRaw`
        WITH taken AS (UPDATE presence SET status = 'busy', since = ${now}, case_id = ${caseId}, next = 'available' WHERE user_id = ${agentId})
        UPDATE risk_case SET agent_id = ${agentId}, waiting_since = NULL WHERE id = ${caseId}`
    else
      await tx.$executeRaw`
        WITH freed AS (UPDATE presence SET status = 'available', since = ${now}, case_id = NULL WHERE user_id = ${agentId})
        UPDATE risk_case SET excluded_agents = array_append(excluded_agents, ${agentId}) WHERE id = ${caseId}`
    const data = { offerId, agentId, ...(reason ? { reason } : {}) }
    await appendEvents(tx, caseId, [{ type: accepted ? 'offer_accepted' : 'offer_declined', actor: `agent:${agentId}`, data }])
    if (accepted) await bridgeWaitingPayer(tx, caseId, agentId, offer.policyVersion)
    return { caseId, payerId, workflowId }
  })
}

/** A payer who waits on the line has a person from now on: that is contact, unless policy waits for the agent's leg. */
async function bridgeWaitingPayer(tx: Sql, caseId: string, agentId: string, version: number): Promise<void> {
  const live = await tx.$executeRaw`UPDATE attempt SET agent_id = ${agentId} WHERE case_id = ${caseId} AND status = 'in_progress'`
  if (live === 0 || (await policyVersion(tx, version)).contactNeedsAgentLeg) return
  const bridged = await tx.$executeRaw`
    UPDATE attempt a SET contact_at = coalesce(contact_at, now())
    WHERE a.case_id = ${caseId} AND a.status = 'in_progress'
      AND EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = a.case_id AND e.type = 'payer_joined' AND e.data->>'attemptId' = a.id)`
  if (bridged > 0) await moveCase(tx, caseId, 'talking', 'system:case')
}
