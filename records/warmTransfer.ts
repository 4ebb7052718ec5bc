import { randomUUID } from 'node:crypto'
import { sealed } from '../configuration/vault'
import type { CaseAddress, OfferMade } from '../domain/messages'
import { settleChats } from './chatsInHand'
import { isAgentIn, liveAttempt } from './conference'
import { inTransaction, type Database, type Sql } from './database'
import { beginWrapUp, type HandedOver } from './handover'
import { expireOffer, insertOffer, withdrawOffer } from './offers'
import { policyVersion } from './policy'
import { appendEvents } from './timeline'

/** A call cannot be handed over, or not so. */
export class TransferRefused extends Error {
  constructor(
    readonly reason: 'not_yours' | 'conflict',
    message: string,
  ) {
    super(message)
  }
}

interface Transfer {
  id: string
  caseId: string
  fromAgentId: string
  wantedAgentId: string | null
  toAgentId: string | null
  state: 'offered' | 'consulting'
}

type LockedCase = CaseAddress & { agentId: string | null; policyVersion: number }

async function lockWhole(tx: Sql, caseId: string): Promise<LockedCase | undefined> {
  const [theCase] = await tx.$queryRaw<LockedCase[]>`
    SELECT payer_id AS "payerId", workflow_id AS "workflowId", agent_id AS "agentId", policy_version AS "policyVersion"
    FROM risk_case WHERE id = ${caseId} FOR UPDATE`
  return theCase
}

async function openTransfer(tx: Sql, caseId: string): Promise<Transfer | undefined> {
  const [open] = await tx.$queryRaw<Transfer[]>`
    SELECT id, case_id AS "caseId", from_agent_id AS "fromAgentId", wanted_agent_id AS "wantedAgentId", to_agent_id AS "toAgentId", state
    FROM warm_transfer WHERE case_id = ${caseId} AND ended_at IS NULL`
  return open
}

export interface TransferOffered extends CaseAddress {
  transferId: string
  offer: OfferMade
}

/**
 * The agent of a call wants to hand it over: it is offered to another agent who is free.
 * @throws TransferRefused when the case is not theirs, nobody is on the line, or nobody is free
 */
export async function beginTransfer(db: Database, wish: { caseId: string; agentId: string; wantedAgentId?: string; note?: string }): Promise<TransferOffered> {
  const { caseId, agentId, wantedAgentId = null, note = null } = wish
  return inTransaction(db, async (tx) => {
    const theCase = await lockWhole(tx, caseId)
    if (theCase?.agentId !== agentId) throw new TransferRefused('not_yours', 'This case is not in your hands.')
    if (!(await liveAttempt(tx, caseId, 'in_progress'))) throw new TransferRefused('conflict', 'Nobody is on the line in this case.')
    if (await openTransfer(tx, caseId)) throw new TransferRefused('conflict', 'This call is being handed over already.')
    const id = `xfer_${randomUUID()}`
    await tx.$executeRaw`
      INSERT INTO warm_transfer (id, case_id, from_agent_id, wanted_agent_id, note) VALUES (${id}, ${caseId}, ${agentId}, ${wantedAgentId}, ${sealed(note)})`
    await appendEvents(tx, caseId, [{ type: 'handover_asked', actor: `agent:${agentId}`, data: { agentId, wantedAgentId } }])
    const offer = await offerToNext(tx, { id, caseId, fromAgentId: agentId, wantedAgentId, toAgentId: null, state: 'offered' }, theCase)
    if (!offer) throw new TransferRefused('conflict', wantedAgentId ? 'This colleague is not free.' : 'No colleague is free.')
    return { payerId: theCase.payerId, workflowId: theCase.workflowId ?? null, transferId: id, offer }
  })
}

/** Whoever is free, speaks the payer's language, was not asked before, and has been idle longest. */
async function offerToNext(tx: Sql, { id, caseId, fromAgentId, wantedAgentId }: Transfer, theCase: LockedCase): Promise<OfferMade | undefined> {
  const [free] = await tx.$queryRaw<{ agentId: string }[]>`
    SELECT p.user_id AS "agentId" FROM presence p
    JOIN staff_user u ON u.id = p.user_id AND u.active
    JOIN warm_transfer t ON t.id = ${id}
    JOIN risk_case c ON c.id = t.case_id
    WHERE p.status = 'available' AND p.lease_until > now() AND p.user_id <> ${fromAgentId} AND NOT p.user_id = ANY(t.asked)
      AND (${wantedAgentId}::text IS NULL OR p.user_id = ${wantedAgentId})
    ORDER BY EXISTS (SELECT 1 FROM unnest(u.languages) l WHERE split_part(l, '-', 1) = split_part(c.locale, '-', 1)) DESC, p.since
    LIMIT 1 FOR UPDATE OF p SKIP LOCKED`
  if (!free) return undefined
  const { offerSeconds } = await policyVersion(tx, theCase.policyVersion)
  const offer = await insertOffer(tx, caseId, free.agentId, offerSeconds)
  await tx.$executeRaw`
    WITH named AS (UPDATE offer SET transfer_id = ${id} WHERE id = ${offer.offerId})
    UPDATE warm_transfer SET asked = array_append(asked, ${free.agentId}) WHERE id = ${id}`
  return offer
}

/**
 * An offer of a transfer was declined, or its time is up: the next one is asked. With nobody left the first
 * agent keeps the case.
 * @returns the next offer, if there is one
 */
export async function offerTransferAgain(db: Database, caseId: string, transferId: string, offerId: string): Promise<OfferMade | undefined> {
  return inTransaction(db, async (tx) => {
    const theCase = await lockWhole(tx, caseId)
    await expireOffer(tx, offerId)
    const open = await openTransfer(tx, caseId)
    if (!theCase || open?.id !== transferId || open.state === 'consulting') return undefined
    const offer = await offerToNext(tx, open, theCase)
    if (!offer) await finish(tx, open, 'failed', 'system:dispatch')
    return offer
  })
}

/**
 * The second agent comes in. The case stays the first one's, unless they were lost in the meantime.
 * @returns whether the case is the second agent's from now on
 */
export async function joinTransfer(tx: Sql, caseId: string, transferId: string, agentId: string): Promise<boolean> {
  const open = await openTransfer(tx, caseId)
  if (open?.id !== transferId) return true
  const [kept] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM risk_case WHERE id = ${caseId} AND agent_id = ${open.fromAgentId}`
  if (!kept) {
    await finish(tx, open, 'completed', `agent:${agentId}`)
    return true
  }
  await tx.$executeRaw`UPDATE warm_transfer SET state = 'consulting', to_agent_id = ${agentId} WHERE id = ${transferId}`
  await tx.$executeRaw`UPDATE presence SET status = 'busy', since = now(), case_id = ${caseId}, next = 'available' WHERE user_id = ${agentId}`
  await appendEvents(tx, caseId, [{ type: 'handover_joined', actor: `agent:${agentId}`, data: { agentId } }])
  return false
}

/**
 * The first agent leaves: the case, its call and its verdicts are the second one's. A repetition by whoever
 * had it changes nothing.
 * @throws TransferRefused while nobody is there to go on with the call
 */
export async function completeTransfer(db: Database, caseId: string, agentId: string): Promise<HandedOver> {
  return inTransaction(db, async (tx) => {
    const theCase = await lockWhole(tx, caseId)
    const open = await openTransfer(tx, caseId)
    if (!theCase || !open || open.fromAgentId !== agentId) throw new TransferRefused('conflict', 'You are not handing this call over.')
    const { toAgentId } = open
    if (open.state !== 'consulting' || !toAgentId || !(await isAgentIn(tx, caseId, toAgentId)))
      throw new TransferRefused('conflict', 'Your colleague is not on the line yet.')
    await beginWrapUp(tx, caseId, agentId, (await policyVersion(tx, theCase.policyVersion)).wrapUpSeconds)
    await tx.$executeRaw`
      WITH live AS (UPDATE attempt SET agent_id = ${toAgentId} WHERE case_id = ${caseId} AND status = 'in_progress')
      UPDATE risk_case SET agent_id = ${toAgentId} WHERE id = ${caseId}`
    await finish(tx, open, 'completed', `agent:${agentId}`)
    return { payerId: theCase.payerId, workflowId: theCase.workflowId ?? null, toAgentId, fromAgentId: agentId }
  })
}

/**
 * Either of the two calls it off: the first agent keeps the case.
 * @returns the second agent, who is free again, when there was one
 * @throws TransferRefused for anybody else
 */
export async function cancelTransfer(db: Database, caseId: string, agentId: string): Promise<{ freedAgentId?: string }> {
  return inTransaction(db, async (tx) => {
    await lockWhole(tx, caseId)
    const open = await openTransfer(tx, caseId)
    if (!open) return {}
    const { fromAgentId, toAgentId } = open
    if (agentId !== fromAgentId && agentId !== toAgentId) throw new TransferRefused('not_yours', 'This call is not in your hands.')
    await withdrawOffer(tx, caseId)
    if (toAgentId) {
      await tx.$executeRaw`
        UPDATE presence SET status = next, since = now(), case_id = NULL, next = 'available' WHERE user_id = ${toAgentId} AND case_id = ${caseId} AND status = 'busy'`
      await settleChats(tx, toAgentId)
    }
    await finish(tx, open, 'cancelled', `agent:${agentId}`)
    return toAgentId ? { freedAgentId: toAgentId } : {}
  })
}

/** With the call, the handing over is at its end too. The case's row must be locked. */
export async function endTransfer(tx: Sql, caseId: string): Promise<void> {
  const open = await openTransfer(tx, caseId)
  if (!open) return
  await withdrawOffer(tx, caseId)
  await finish(tx, open, 'failed', 'system:dispatch')
}

async function finish(tx: Sql, { id, caseId, fromAgentId, toAgentId }: Transfer, state: 'completed' | 'cancelled' | 'failed', actor: string): Promise<void> {
  await tx.$executeRaw`UPDATE warm_transfer SET state = ${state}, ended_at = now() WHERE id = ${id}`
  await appendEvents(tx, caseId, [{ type: `handover_${state}`, actor, data: { agentId: toAgentId ?? fromAgentId, fromAgentId } }])
}
