import { allHandlersFinished, condition, sleep, workflowInfo } from '@temporalio/workflow'
import type { DecisionGiven, DisputeDecision, DisputeInput } from '../domain/dispute/dispute'
import type { PayoutRequest } from '../records/payouts'
import { records } from './activities'
import { consent } from './approval'
import { DisputeState } from './disputeState'
import { carriedOut, redress } from './payout'
import { outlivesReleases } from './outlivesReleases'

/**
 * One disputed payment, from the request until the money lies where the decision says: somebody takes it up in
 * time, evidence is collected, the payer has the money back after the policy's business days whatever is decided
 * later, a decision by the last day, one appeal.
 */
export async function dispute(input: DisputeInput): Promise<DisputeDecision> {
  const state = new DisputeState(input)
  state.bind()
  state.announce()
  const takenUp = watchTakeUp(state)
  const advanced = advanceInTime(state)

  await decide(state, await investigate(state, input.finalBy))
  await Promise.all([takenUp, advanced])
  if (state.decision!.decision === 'rejected' && (await appealed(state))) {
    const first = state.decision!
    state.firstDecider = first.by
    state.decision = state.proposal = undefined
    // Nobody looks at it anew in time: then the first decision's doubt is the payer's.
    await decide(state, await investigate(state, Date.now() + (input.finalBy - input.takeUpBy)))
  }

  const { decision } = state.decision!
  if (decision === 'upheld') await makeGood(state)
  else await takeBack(state)
  await records.closeDispute(input.caseId, decision)
  state.announce()
  await Promise.all(state.texts)
  await condition(allHandlersFinished)
  return decision
}

/** Whether somebody has, PostgreSQL knows. */
async function watchTakeUp(state: DisputeState): Promise<void> {
  const { caseId, takeUpBy } = state.input
  if (await condition(() => state.decision !== undefined, Math.max(1, takeUpBy - Date.now()))) return
  await records.missTakeUp(caseId)
  state.announce()
}

/** Until somebody decides, with whatever consent that takes; at the last moment policy decides, for the payer. */
async function investigate(state: DisputeState, finalBy: number): Promise<DecisionGiven> {
  while (await condition(() => state.proposal !== undefined, Math.max(1, finalBy - Date.now()))) {
    const proposal = state.proposal!
    if (!state.needsConsent(proposal) || (await agreed(state, 'compensation', proposal.by, proposal.reason, finalBy))) return proposal
    state.proposal = undefined
  }
  return { decision: 'upheld', reason: 'no decision within the policy’s last day', by: 'system:policy' }
}

async function decide(state: DisputeState, given: DecisionGiven): Promise<void> {
  const { caseId, appealMillis } = state.input
  state.decision = given
  const final = given.decision === 'upheld' || state.firstDecider !== undefined
  // As soon as the payer can read of it.
  state.mayAppeal = !final
  await records.recordDisputeDecision(caseId, given, final ? null : new Date(Date.now() + appealMillis).toISOString())
  state.announce()
}

async function appealed(state: DisputeState): Promise<boolean> {
  state.mayAppeal = true
  const appeal = await condition(() => state.appeal !== undefined, Math.max(1, state.input.appealMillis))
  state.mayAppeal = false
  if (!appeal) return false
  await records.recordAppeal(state.input.caseId, state.appeal!)
  state.announce()
  return true
}

/** An advance when the policy's business days are over without a decision, or sooner when somebody asks for it. */
async function advanceInTime(state: DisputeState): Promise<void> {
  const { decideBy, finalBy, amount, advanceAbove } = state.input
  const decided = () => state.decision !== undefined
  while (!decided() && state.advance === 'none') {
    const asked = await condition(() => decided() || state.advanceAsked !== undefined, Math.max(1, decideBy - Date.now()))
    if (decided()) return
    const by = state.advanceAsked?.by ?? 'system:dispute'
    const reason = state.advanceAsked?.reason ?? 'the business days for a decision are over'
    if (amount.amount > advanceAbove) {
      state.advance = 'waiting'
      const yes = await agreed(state, 'advance', by, reason, finalBy, () => !decided())
      if (decided()) return
      state.advance = yes ? 'none' : 'refused'
      if (!yes && asked && Date.now() < decideBy) {
        // The clock may still bring it.
        state.advance = 'none'
        state.advanceAsked = undefined
        continue
      }
      if (!yes) return state.tell('delayed')
    }
    state.advance = 'paying'
    const order = await records.planAdvance(payout(state, by, 'advance'))
    if (order) await carriedOut(order, state.ledgerSaid)
    state.advance = order ? 'paid' : 'refused'
    if (order) await state.tell('advance_paid')
  }
}

async function agreed(
  state: DisputeState,
  kind: 'advance' | 'compensation',
  by: string,
  reason: string,
  until: number,
  needed?: () => boolean,
): Promise<boolean> {
  const { caseId, paymentId, amount } = state.input
  const { workflowId } = workflowInfo()
  // One that was refused may be asked for again, as another request.
  const requestKey = `${kind}:${caseId}:${Date.now()}`
  const request = { requestKey, caseId, kind, subject: paymentId, amount, reason, requestedBy: by, expiresAt: new Date(until).toISOString(), workflowId }
  return (await consent(() => records.requestApproval(request), state.heard, until, needed)) === 'approved'
}

async function makeGood(state: DisputeState): Promise<void> {
  const step = await redress(payout(state, state.decision!.by, 'dispute_upheld'), state.ledgerSaid)
  await state.tell(step)
}

/** An advance comes back, after the payer was told when. */
async function takeBack(state: DisputeState): Promise<void> {
  const { recoveryNoticeMillis } = state.input
  if (state.advance !== 'paid') return
  const at = new Date(Date.now() + recoveryNoticeMillis).toISOString()
  await state.tell('recovery_notice', { at })
  await sleep(Math.max(1, recoveryNoticeMillis))
  const order = await records.planRecovery(payout(state, state.decision!.by, 'dispute_rejected'))
  if (!order) return
  await carriedOut(order, state.ledgerSaid)
  await state.tell('recovered')
}

function payout({ input }: DisputeState, actor: string, reason: string): PayoutRequest {
  const { caseId, paymentId, payerId, amount } = input
  return { caseId, paymentId, payerId, amount, reason, actor, workflowId: workflowInfo().workflowId }
}

outlivesReleases(dispute)
