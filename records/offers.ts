import { randomUUID } from 'node:crypto'
import type { CaseAddress, OfferMade } from '../domain/messages'
import type { HelpChannel } from '../domain/reminder/check'
import { settleChats, takeChat } from './chatsInHand'
import { inTransaction, type Database, type Sql } from './database'
import { policyVersion } from './policy'
import { joinTransfer } from './warmTransfer'
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

/** The case needs nobody any more. */
export async function withdrawOffer(tx: Sql, caseId: string): Promise<void> {
  const [withdrawn] = await tx.$queryRaw<{ offerId: string; agentId: string }[]>`
    UPDATE offer SET status = 'withdrawn', answered_at = now() WHERE case_id = ${caseId} AND status = 'pending'
    RETURNING id AS "offerId", agent_id AS "agentId"`
  if (!withdrawn) return
  const [freed] = await tx.$queryRaw<{ chats: number }[]>`
    UPDATE presence SET status = 'available', since = now(), case_id = NULL
    WHERE user_id = ${withdrawn.agentId} AND case_id = ${caseId} AND status = 'offered' RETURNING chats`
  if (freed && freed.chats > 0) await settleChats(tx, withdrawn.agentId)
  await appendEvents(tx, caseId, [{ type: 'offer_withdrawn', actor: 'system:dispatch', data: { ...withdrawn } }])
}

export async function openOffer(tx: Sql, caseId: string): Promise<OfferMade | undefined> {
  const [open] = await tx.$queryRaw<{ offerId: string; agentId: string; expiresAt: Date }[]>`
    SELECT id AS "offerId", agent_id AS "agentId", expires_at AS "expiresAt" FROM offer WHERE case_id = ${caseId} AND status = 'pending'`
  return open && { ...open, expiresAt: open.expiresAt.toISOString() }
}

/** One transaction makes it; unique indexes allow one pending offer for each case and each agent. */
export async function insertOffer(tx: Sql, caseId: string, agentId: string, offerSeconds: number): Promise<OfferMade> {
  const now = new Date()
  const expiresAt = new Date(now.getTime() + offerSeconds * 1_000)
  const offerId = `offer_${randomUUID()}`
  await Promise.all([
    tx.$executeRaw`
      WITH made AS (INSERT INTO offer (id, case_id, agent_id, created_at, expires_at) VALUES (${offerId}, ${caseId}, ${agentId}, ${now}, ${expiresAt})),
      told AS (UPDATE presence SET status = 'offered', since = ${now}, case_id = ${caseId}, wrap_up_until = NULL WHERE user_id = ${agentId})
      UPDATE risk_case SET waiting_since = NULL WHERE id = ${caseId}`,
    appendEvents(tx, caseId, [{ type: 'offer_made', actor: 'system:dispatch', data: { offerId, agentId } }]),
  ])
  return { offerId, agentId, expiresAt: expiresAt.toISOString() }
}

/** A missed offer makes the agent unavailable, never silently available again. */
export async function expireOffer(tx: Sql, offerId: string): Promise<void> {
  const [expired] = await tx.$queryRaw<{ caseId: string; agentId: string }[]>`
    UPDATE offer SET status = 'expired', answered_at = now() WHERE id = ${offerId} AND status = 'pending'
    RETURNING case_id AS "caseId", agent_id AS "agentId"`
  if (!expired) return
  const { caseId, agentId } = expired
  const [{ chats } = { chats: null }] = await tx.$queryRaw<{ chats: number | null }[]>`
    WITH missed AS (UPDATE presence SET status = 'break', reason = 'missed_offer', since = now(), case_id = NULL
      WHERE user_id = ${agentId} AND case_id = ${caseId} AND status = 'offered' RETURNING chats)
    UPDATE risk_case SET excluded_agents = array_append(excluded_agents, ${agentId}) WHERE id = ${caseId} RETURNING (SELECT chats FROM missed) AS chats`
  if (chats) await settleChats(tx, agentId)
  await appendEvents(tx, caseId, [{ type: 'offer_expired', actor: 'system:dispatch', data: { offerId, agentId } }])
}

export interface OfferAnswer {
  offerId: string
  agentId: string
  accepted: boolean
  reason?: string
}

/**
 * Accepts or declines an offer. One conditional update decides the race, so exactly one answer wins.
 * @returns the case, and whether the offer was of a call that another agent hands over
 * @throws OfferRefused for an unknown, foreign, expired or already answered offer
 */
export async function answerOffer(db: Database, answer: OfferAnswer): Promise<CaseAddress & { caseId: string; transfer: boolean }> {
  const { offerId, agentId, accepted, reason } = answer
  return inTransaction(db, async (tx) => {
    const now = new Date()
    // The case's row is locked first, as in every other transaction, so that two of them cannot wait for each other.
    const [[offer], won] = await Promise.all([
      tx.$queryRaw<(CaseAddress & { caseId: string; agentId: string; transferId: string | null; channel: HelpChannel; policyVersion: number })[]>`
        SELECT c.channel, o.case_id AS "caseId", o.agent_id AS "agentId", o.transfer_id AS "transferId", c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.policy_version AS "policyVersion"
        FROM offer o JOIN risk_case c ON c.id = o.case_id WHERE o.id = ${offerId} FOR UPDATE OF c`,
      tx.$executeRaw`
        UPDATE offer SET status = ${accepted ? 'accepted' : 'declined'}, answered_at = ${now}
        WHERE id = ${offerId} AND agent_id = ${agentId} AND status = 'pending' AND expires_at > ${now}`,
    ])
    if (!offer) throw new OfferRefused('unknown', 'there is no such offer')
    if (offer.agentId !== agentId) throw new OfferRefused('not_yours', 'this offer is for another agent')
    const { caseId, payerId, workflowId } = offer
    if (won === 0) throw new OfferRefused('answered', 'this offer was answered already, or its time is up')
    const transfer = offer.transferId !== null
    // A colleague who hands the call over keeps the case for now.
    if (accepted && offer.transferId && !(await joinTransfer(tx, caseId, offer.transferId, agentId))) return { caseId, payerId, workflowId, transfer }
    const data = { offerId, agentId, ...(reason ? { reason } : {}) }
    const chat = offer.channel === 'chat'
    const [[presence]] = await Promise.all([
      accepted
        ? tx.$queryRaw<{ chats: number }[]>`
            WITH taken AS (UPDATE presence SET status = 'busy', since = ${now}, case_id = ${chat ? null : caseId},
              next = CASE WHEN chats > 0 THEN next ELSE 'available' END WHERE user_id = ${agentId} RETURNING chats)
            UPDATE risk_case SET agent_id = ${agentId}, waiting_since = NULL WHERE id = ${caseId} RETURNING (SELECT chats FROM taken) AS chats`
        : tx.$queryRaw<{ chats: number }[]>`
            WITH freed AS (UPDATE presence SET status = 'available', since = ${now}, case_id = NULL WHERE user_id = ${agentId} RETURNING chats)
            UPDATE risk_case SET excluded_agents = array_append(excluded_agents, ${agentId}) WHERE id = ${caseId} RETURNING (SELECT chats FROM freed) AS chats`,
      appendEvents(tx, caseId, [{ type: accepted ? 'offer_accepted' : 'offer_declined', actor: `agent:${agentId}`, data }]),
      accepted ? bridgeWaitingPayer(tx, caseId, agentId, offer.policyVersion) : undefined,
    ])
    if (accepted && chat) await takeChat(tx, agentId, caseId)
    else if (!accepted && presence!.chats > 0) await settleChats(tx, agentId)
    return { caseId, payerId, workflowId, transfer }
  })
}

/** A payer who waits on the line has a person from now on: that is contact, unless policy waits for the agent's leg. */
export async function bridgeWaitingPayer(tx: Sql, caseId: string, agentId: string, version: number): Promise<void> {
  const live = await tx.$executeRaw`UPDATE attempt SET agent_id = ${agentId} WHERE case_id = ${caseId} AND status = 'in_progress'`
  if (live === 0 || (await policyVersion(tx, version)).contactNeedsAgentLeg) return
  const bridged = await tx.$executeRaw`
    UPDATE attempt a SET contact_at = coalesce(contact_at, now())
    WHERE a.case_id = ${caseId} AND a.status = 'in_progress'
      AND EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = a.case_id AND e.type = 'payer_joined' AND e.data->>'attemptId' = a.id)`
  if (bridged > 0) await moveCase(tx, caseId, 'talking', 'system:case')
}
