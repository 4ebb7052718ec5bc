import { setTimeout as wait } from 'node:timers/promises'
import type { CaseAddress, OfferAnswered, OfferMade } from '../domain/messages'
import type { Policy } from '../domain/policy'
import type { QueueDialMode } from '../domain/queue'
import { inTransaction, sqlOf, type Database, type Sql } from './database'
import { expireOffer, insertOffer, openOffer, withdrawOffer } from './offers'
import { readOutlook } from './outlook'
import { customerFirstNow } from './pacing'
import { policyVersion } from './policy'
import { findPlace, type AskedRoom, type AvoidedAgent, type Place } from './queues'
import { lockCase } from './timeline'

export interface Reservation {
  /** A pending offer, new or still open. */
  offer?: OfferMade
  /** The previous offer was accepted in the moment in which it was about to expire. */
  accepted?: OfferAnswered
  /** The case is closed: a hand-over that was repeated after its end has woken it. Nobody is to be called. */
  closed?: true
  /** Agents who were free and went to cases that are more urgent; those cases are to be told. */
  offeredElsewhere?: CaseOffered[]
  /** The queue has the phone dialled now, without an agent. */
  dialNow?: 'customer_first' | 'automated'
  /** The queue's way of dialling; absent without a queue. */
  dialMode?: QueueDialMode
  /** When more agents may be asked, RFC 3339: time for another look. */
  widensAt?: string
  /** Nobody else was found in time: the avoided agent is not to be avoided any longer. */
  avoidedLongEnough?: true
  /** Nobody is free: when the wrap-up lapses whose turn is ours, and how things stand for choosing how to dial. */
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
  /** Only a person may go on with the case: the queue's way of dialling without one does not count. */
  personOnly?: boolean
  /** The payer is on the line and hears an announcement: nobody goes before them. */
  onTheLine?: boolean
  avoided?: AvoidedAgent
  /** The payer writes: the agent may have other chats at the same time. */
  chat?: boolean
  /**
   * `seek` an agent; `last_look`: take an offer that is open already, but make none and queue no more;
   * `withdraw`: nobody is needed any more.
   */
  intent: 'seek' | 'last_look' | 'withdraw'
}

/**
 * Matches the case with exactly one free agent and makes the offer, or queues the case. Whoever is free is for
 * the most urgent case that waits and may be offered to them, whoever looks first: a case that comes along does
 * not overtake, it queues and hands the free agents out in order.
 */
export async function reserveAgent(db: Database, request: ReservationRequest): Promise<Reservation> {
  const policy = await policyVersion(sqlOf(db), request.policyVersion)
  const { caseId, intent } = request
  const { closed, queue, widensAt, avoidedLongEnough, ...found } = await inTransaction(db, (tx) => seekAgent(tx, request, policy))
  if (closed) return { closed, ...nobodyNeeded }
  const place = { ...(queue ? { dialMode: queue.dialMode } : {}), ...(widensAt ? { widensAt: widensAt.toISOString() } : {}), ...(avoidedLongEnough ? { avoidedLongEnough } : {}) }
  if (found.offer || found.accepted || found.dialNow) return { ...found, ...place, ...nobodyNeeded }
  const offeredElsewhere: CaseOffered[] = []
  for (let inVain = 0; ; ) {
    const { idleAgentId, ...outlook } = await readOutlook(db, caseId, policy.ringSeconds)
    if (intent !== 'seek' || idleAgentId === undefined || inVain === mostInVain) return { ...outlook, ...place, offeredElsewhere }
    const given = await offerWaitingCase(db, idleAgentId)
    if (given?.caseId === caseId) return { offer: offerOf(given), ...outlook, ...place, offeredElsewhere }
    if (given) offeredElsewhere.push(given)
    else inVain++
  }
}

/**
 * The look that every case begins with, made while its workflow starts: whom it finds is asked some moments earlier,
 * and the workflow's own look finds the offer. Nothing is missed without it.
 */
export async function offerAtOnce(db: Database, { caseId, policyVersion: version }: Pick<ReservationRequest, 'caseId' | 'policyVersion'>): Promise<void> {
  const policy = await policyVersion(sqlOf(db), version)
  await inTransaction(db, (tx) => seekAgent(tx, { caseId, policyVersion: version, fresh: true, intent: 'seek' }, policy))
}

const nobodyNeeded = { freeSoon: 0, ringingWithoutAgent: 0, waitingAhead: 0 }
// Somebody else was faster; whoever was looks on, and the last one finds nobody idle.
const mostInVain = 3

const offerOf = ({ offerId, agentId, expiresAt }: CaseOffered): OfferMade => ({ offerId, agentId, expiresAt })

type Found = Pick<Reservation, 'offer' | 'accepted' | 'closed' | 'dialNow'> & Partial<Pick<Place, 'queue' | 'widensAt'>> & Pick<Reservation, 'avoidedLongEnough'>

async function seekAgent(tx: Sql, request: ReservationRequest, policy: Policy): Promise<Found> {
  const { caseId, intent } = request
  // The first of these locks the case, and only then the second looks.
  const [place, holder] = await Promise.all([findPlace(tx, { ...request, ...roomFor(request, policy) }), holderOf(tx, caseId)])
  if (place?.closed) return { closed: true }
  if (holder) return { accepted: holder }
  if (request.expiringOfferId) await expireOffer(tx, request.expiringOfferId)
  if (intent === 'withdraw') await withdrawOffer(tx, caseId)
  if (intent !== 'seek') await tx.$executeRaw`UPDATE risk_case SET waiting_since = NULL WHERE id = ${caseId}`
  const [open] = await Promise.all([openOffer(tx, caseId), place?.take()])
  const { queue, widensAt } = place ?? {}
  const seen = { ...(queue ? { queue } : {}), ...(widensAt ? { widensAt } : {}), ...(place?.avoidedLongEnough ? { avoidedLongEnough: true as const } : {}) }
  if (!place || open || intent !== 'seek') return { ...(open ? { offer: open } : {}), ...seen }
  const dialNow = request.personOnly || request.onTheLine ? undefined : await withoutAgent(tx, caseId, place, policy)
  if (dialNow) return { dialNow, ...seen }
  const offer = await offerToFreeAgent(tx, request, place, policy.offerSeconds)
  return { ...(offer ? { offer } : {}), ...seen }
}

function roomFor({ chat }: ReservationRequest, { chatsPerAgent, callsBesideChats }: Policy): AskedRoom {
  if (chat) return { channel: 'chat', chatsBelow: chatsPerAgent }
  return { channel: 'voice', chatsBelow: callsBesideChats ? anyNumberOfChats : 1 }
}

const anyNumberOfChats = 1_000

/** A queue may have its phones dialled before an agent is reserved; customer first only as pacing permits. */
async function withoutAgent(tx: Sql, caseId: string, { queue }: Place, policy: Policy): Promise<Reservation['dialNow']> {
  const now = queue?.dialMode === 'automated' || (queue?.dialMode === 'customer_first' && (await customerFirstNow(tx, caseId, policy)))
  if (!now) return undefined
  await tx.$executeRaw`UPDATE risk_case SET waiting_since = NULL WHERE id = ${caseId}`
  return queue.dialMode === 'automated' ? 'automated' : 'customer_first'
}

/** Somebody accepted, perhaps in the very moment in which the offer was about to expire. */
async function holderOf(tx: Sql, caseId: string): Promise<OfferAnswered | undefined> {
  const [accepted] = await tx.$queryRaw<Omit<OfferAnswered, 'accepted'>[]>`
    SELECT o.id AS "offerId", o.agent_id AS "agentId" FROM case_in_hand h
    JOIN offer o ON o.case_id = h.case_id AND o.agent_id = h.agent_id AND o.status = 'accepted'
    WHERE h.case_id = ${caseId} AND h.status = 'busy' ORDER BY o.created_at DESC LIMIT 1`
  return accepted && { ...accepted, accepted: true }
}

async function offerToFreeAgent(tx: Sql, { caseId, preferredAgentId }: ReservationRequest, place: Place, offerSeconds: number): Promise<OfferMade | undefined> {
  const [free] = await tx.$queryRaw<{ user_id: string }[]>`
    SELECT p.user_id FROM presence p
    JOIN staff_user u ON u.id = p.user_id AND u.active
    JOIN risk_case c ON c.id = ${caseId}
    WHERE takes_offers(p) AND has_room(p, u, c) AND NOT p.user_id = ANY(c.excluded_agents)
      AND c.required <@ u.abilities AND (c.open_to = '{}' OR c.open_to && u.abilities)
      AND NOT EXISTS (SELECT 1 FROM risk_case w WHERE w.waiting_since IS NOT NULL AND w.status <> 'closed' AND w.id <> c.id AND w.urgent_at < ${place.urgentAt}
        AND has_room(p, u, w) AND NOT p.user_id = ANY(w.excluded_agents) AND w.required <@ u.abilities AND (w.open_to = '{}' OR w.open_to && u.abilities))
    ORDER BY p.user_id = ${preferredAgentId ?? ''} DESC,
             EXISTS (SELECT 1 FROM unnest(u.languages) l WHERE split_part(l, '-', 1) = split_part(c.locale, '-', 1)) DESC, p.since
    LIMIT 1 FOR UPDATE OF p SKIP LOCKED`
  if (!free) {
    await tx.$executeRaw`UPDATE risk_case SET waiting_since = coalesce(waiting_since, now()) WHERE id = ${caseId}`
    return undefined
  }
  return insertOffer(tx, caseId, free.user_id, offerSeconds)
}

export interface CaseOffered extends OfferMade, CaseAddress {
  caseId: string
}

// A row that somebody is just writing to is free again within milliseconds.
const patience = { turns: 10, millis: 20 }

/**
 * An agent has just become free: the most urgent waiting case that may be offered to them is. Nobody is waited
 * for with a lock in hand; what was locked by others is tried again.
 */
export async function offerWaitingCase(db: Database, agentId: string): Promise<CaseOffered | undefined> {
  for (let turn = 1; ; turn++) {
    const offered = await inTransaction(db, (tx) => handOut(tx, agentId))
    if (offered || turn === patience.turns || !(await isWaitedFor(sqlOf(db), agentId))) return offered
    await wait(patience.millis)
  }
}

async function handOut(tx: Sql, agentId: string): Promise<CaseOffered | undefined> {
  const [free] = await tx.$queryRaw<{ user_id: string }[]>`
    SELECT user_id FROM presence p WHERE user_id = ${agentId} AND takes_offers(p) FOR UPDATE SKIP LOCKED`
  if (!free) return undefined
  const [waiting] = await tx.$queryRaw<{ id: string; payer_id: string; workflow_id: string | null; policy_version: number }[]>`
    SELECT c.id, c.payer_id, c.workflow_id, c.policy_version FROM risk_case c JOIN staff_user u ON u.id = ${agentId} AND u.active JOIN presence p ON p.user_id = u.id
    WHERE c.waiting_since IS NOT NULL AND c.status <> 'closed' AND has_room(p, u, c) AND NOT ${agentId} = ANY(c.excluded_agents)
      AND c.required <@ u.abilities AND (c.open_to = '{}' OR c.open_to && u.abilities)
    ORDER BY c.urgent_at, c.preferred_agent_id = ${agentId} DESC NULLS LAST, c.id
    LIMIT 1 FOR UPDATE OF c SKIP LOCKED`
  if (!waiting) return undefined
  const { offerSeconds } = await policyVersion(tx, waiting.policy_version)
  const offer = await insertOffer(tx, waiting.id, agentId, offerSeconds)
  return { ...offer, caseId: waiting.id, payerId: waiting.payer_id, workflowId: waiting.workflow_id }
}

/** Whether the agent is free and a waiting case may be offered to them, locked or not. */
async function isWaitedFor(sql: Sql, agentId: string): Promise<boolean> {
  const found = await sql.$executeRaw`
    SELECT 1 FROM presence p JOIN staff_user u ON u.id = p.user_id AND u.active
    WHERE p.user_id = ${agentId} AND takes_offers(p)
      AND EXISTS (SELECT 1 FROM risk_case c WHERE c.waiting_since IS NOT NULL AND c.status <> 'closed' AND has_room(p, u, c) AND NOT p.user_id = ANY(c.excluded_agents)
        AND c.required <@ u.abilities AND (c.open_to = '{}' OR c.open_to && u.abilities))`
  return found > 0
}

/** A case that only seemed to wait: nobody carries it any more. It holds up no agent, and no other case. */
export async function forgetWaiting(db: Database, caseId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    await tx.$executeRaw`UPDATE risk_case SET waiting_since = NULL WHERE id = ${caseId}`
    await withdrawOffer(tx, caseId)
  })
}
