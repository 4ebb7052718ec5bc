import { randomUUID } from 'node:crypto'
import type { OfferAnswered, OfferMade } from '../domain/messages'
import { transact, type Database, type Transaction } from './database'
import { policyVersion } from './policy'
import { appendEvents, moveCase } from './timeline'

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
  const nobodyNeeded = { freeSoon: 0, ringingWithoutAgent: 0, waitingAhead: 0 }
  const first = await transact(db, async (tx): Promise<Pick<Reservation, 'offer' | 'accepted' | 'closed'>> => {
    const [theCase] = await tx.$queryRaw<{ status: string }[]>`SELECT status FROM risk_case WHERE id = ${request.caseId} FOR UPDATE`
    if (theCase?.status === 'closed') return { closed: true }
    const holder = await holderOf(tx, request.caseId)
    if (holder) return { accepted: holder }
    // Whoever had the case in the last search has it no longer; they may still be in wrap-up.
    if (request.fresh) await tx.riskCase.update({ where: { id: request.caseId }, data: { excludedAgents: [], agentId: null } })
    if (request.expiringOfferId) await expireOffer(tx, request.expiringOfferId)
    if (request.intent === 'withdraw') await withdrawOffer(tx, request.caseId)
    if (request.intent !== 'seek') await tx.riskCase.update({ where: { id: request.caseId }, data: { waitingSince: null } })
    const open = await openOffer(tx, request.caseId)
    if (open || request.intent !== 'seek') return { offer: open }
    return { offer: await offerToFreeAgent(tx, request, offerSeconds) }
  })
  if (first.offer || first.accepted || first.closed) return { ...first, ...nobodyNeeded }
  if (request.intent !== 'seek') return lookAround(db, request.caseId, ringSeconds)

  // An agent may have become free between our look and our commit, and not have seen us: look once more.
  const second = await transact(db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = ${request.caseId} FOR UPDATE`
    return (await openOffer(tx, request.caseId)) ?? (await offerToFreeAgent(tx, request, offerSeconds))
  })
  return { offer: second, ...(await lookAround(db, request.caseId, ringSeconds)) }
}

/** Somebody accepted, perhaps in the very moment in which the offer was about to expire. */
async function holderOf(tx: Transaction, caseId: string): Promise<OfferAnswered | undefined> {
  const holder = await tx.presence.findFirst({ where: { caseId, status: 'busy' } })
  if (!holder) return undefined
  const offer = await tx.offer.findFirst({ where: { caseId, agentId: holder.userId, status: 'accepted' }, orderBy: { createdAt: 'desc' } })
  return offer ? { offerId: offer.id, agentId: holder.userId, accepted: true } : undefined
}

/** The case needs nobody any more. */
export async function withdrawOffer(tx: Transaction, caseId: string): Promise<void> {
  const open = await openOffer(tx, caseId)
  if (!open) return
  await tx.offer.update({ where: { id: open.offerId }, data: { status: 'withdrawn', answeredAt: new Date() } })
  await tx.presence.updateMany({ where: { userId: open.agentId, caseId, status: 'offered' }, data: { status: 'available', since: new Date(), caseId: null } })
  await appendEvents(tx, caseId, [{ type: 'offer_withdrawn', actor: 'system:dispatch', data: { offerId: open.offerId, agentId: open.agentId } }])
}

async function openOffer(tx: Transaction, caseId: string): Promise<OfferMade | undefined> {
  const row = await tx.offer.findFirst({ where: { caseId, status: 'pending' } })
  return row ? { offerId: row.id, agentId: row.agentId, expiresAt: row.expiresAt.toISOString() } : undefined
}

async function offerToFreeAgent(tx: Transaction, request: ReservationRequest, offerSeconds: number): Promise<OfferMade | undefined> {
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

async function insertOffer(tx: Transaction, caseId: string, agentId: string, offerSeconds: number): Promise<OfferMade> {
  const now = Date.now()
  const expiresAt = new Date(now + offerSeconds * 1_000)
  const { id: offerId } = await tx.offer.create({ data: { id: `offer_${randomUUID()}`, caseId, agentId, createdAt: new Date(now), expiresAt } })
  await tx.presence.update({ where: { userId: agentId }, data: { status: 'offered', since: new Date(now), caseId, wrapUpUntil: null } })
  await tx.riskCase.update({ where: { id: caseId }, data: { waitingSince: null } })
  await appendEvents(tx, caseId, [{ type: 'offer_made', actor: 'system:dispatch', data: { offerId, agentId } }])
  return { offerId, agentId, expiresAt: expiresAt.toISOString() }
}

/** A missed offer makes the agent unavailable, never silently available again. */
async function expireOffer(tx: Transaction, offerId: string): Promise<void> {
  const offer = await tx.offer.findUniqueOrThrow({ where: { id: offerId } })
  const expired = await tx.offer.updateMany({ where: { id: offerId, status: 'pending' }, data: { status: 'expired', answeredAt: new Date() } })
  if (expired.count === 0) return
  await tx.presence.updateMany({
    where: { userId: offer.agentId, caseId: offer.caseId, status: 'offered' },
    data: { status: 'break', reason: 'missed_offer', since: new Date(), caseId: null },
  })
  await tx.riskCase.update({ where: { id: offer.caseId }, data: { excludedAgents: { push: offer.agentId } } })
  await appendEvents(tx, offer.caseId, [{ type: 'offer_expired', actor: 'system:dispatch', data: { offerId, agentId: offer.agentId } }])
}

async function lookAround(db: Database, caseId: string, ringSeconds: number) {
  const [row] = await db.$queryRaw<{ next_free: Date | null; soon: number; ringing: number; ahead: number }[]>`
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

export interface CaseOffered extends OfferMade {
  caseId: string
  payerId: string
}

/** An agent has just become free: the most urgent waiting case that may be offered to them is. */
export async function offerWaitingCase(db: Database, agentId: string): Promise<CaseOffered | undefined> {
  return transact(db, async (tx) => {
    const [free] = await tx.$queryRaw<{ user_id: string }[]>`
      SELECT user_id FROM presence WHERE user_id = ${agentId} AND status = 'available' AND lease_until > now() FOR UPDATE SKIP LOCKED`
    if (!free) return undefined
    const [waiting] = await tx.$queryRaw<{ id: string; payer_id: string; policy_version: number }[]>`
      SELECT c.id, c.payer_id, c.policy_version FROM risk_case c JOIN staff_user u ON u.id = ${agentId}
      WHERE c.waiting_since IS NOT NULL AND c.status <> 'closed' AND NOT ${agentId} = ANY(c.excluded_agents)
        AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.case_id = c.id AND o.status = 'pending')
      ORDER BY c.priority DESC, c.deadline, EXISTS (SELECT 1 FROM unnest(u.languages) l WHERE split_part(l, '-', 1) = split_part(c.locale, '-', 1)) DESC
      LIMIT 1 FOR UPDATE OF c SKIP LOCKED`
    if (!waiting) return undefined
    const { offerSeconds } = await policyVersion(tx, waiting.policy_version)
    const offer = await insertOffer(tx, waiting.id, agentId, offerSeconds)
    return { ...offer, caseId: waiting.id, payerId: waiting.payer_id }
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
export async function answerOffer(db: Database, answer: OfferAnswer): Promise<{ caseId: string; payerId: string }> {
  return transact(db, async (tx) => {
    const offer = await tx.offer.findUnique({ where: { id: answer.offerId }, include: { case: { select: { payerId: true, policyVersion: true } } } })
    if (!offer) throw new OfferRefused('unknown', 'there is no such offer')
    if (offer.agentId !== answer.agentId) throw new OfferRefused('not_yours', 'this offer is for another agent')
    // The case's row first, as in every other transaction, so that two of them cannot wait for each other.
    await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = ${offer.caseId} FOR UPDATE`
    const now = new Date()
    const won = await tx.offer.updateMany({
      where: { id: offer.id, status: 'pending', expiresAt: { gt: now } },
      data: { status: answer.accepted ? 'accepted' : 'declined', answeredAt: now },
    })
    if (won.count === 0) throw new OfferRefused('answered', 'this offer was answered already, or its time is up')
    const actor = `agent:${answer.agentId}`
    const detail = { offerId: offer.id, agentId: answer.agentId, ...(answer.reason ? { reason: answer.reason } : {}) }
    if (answer.accepted) {
      await tx.presence.update({ where: { userId: answer.agentId }, data: { status: 'busy', since: now, caseId: offer.caseId, next: 'available' } })
      await tx.riskCase.update({ where: { id: offer.caseId }, data: { agentId: answer.agentId, waitingSince: null } })
      await appendEvents(tx, offer.caseId, [{ type: 'offer_accepted', actor, data: detail }])
      await bridgeWaitingPayer(tx, offer.caseId, answer.agentId, offer.case.policyVersion)
    } else {
      await tx.presence.update({ where: { userId: answer.agentId }, data: { status: 'available', since: now, caseId: null } })
      await tx.riskCase.update({ where: { id: offer.caseId }, data: { excludedAgents: { push: answer.agentId } } })
      await appendEvents(tx, offer.caseId, [{ type: 'offer_declined', actor, data: detail }])
    }
    return { caseId: offer.caseId, payerId: offer.case.payerId }
  })
}

/** A payer who waits on the line has a person from now on: that is contact, unless policy waits for the agent's leg. */
async function bridgeWaitingPayer(tx: Transaction, caseId: string, agentId: string, version: number): Promise<void> {
  await tx.attempt.updateMany({ where: { caseId, status: 'in_progress' }, data: { agentId } })
  if ((await policyVersion(tx, version)).contactNeedsAgentLeg) return
  const bridged = await tx.$executeRaw`
    UPDATE attempt a SET contact_at = coalesce(contact_at, now())
    WHERE a.case_id = ${caseId} AND a.status = 'in_progress'
      AND EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = a.case_id AND e.type = 'payer_joined' AND e.data->>'attemptId' = a.id)`
  if (bridged > 0) await moveCase(tx, caseId, 'talking', 'system:case')
}
