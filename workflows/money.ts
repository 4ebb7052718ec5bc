import { condition, sleep, startChild, workflowInfo } from '@temporalio/workflow'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { approvalRules } from '../domain/approvals'
import { claimWorkflowId, type ClaimInput } from '../domain/claim'
import { moneyActionKey, type DecidingAction } from '../domain/money'
import type { HoldRequest } from '../activities/funds'
import type { RecordedFlag } from '../domain/messages'
import type { Decision } from '../records/money'
import { funds, records } from './activities'
import { consent } from './approval'
import type { CaseState, PaymentState } from './caseState'
import type { compensation } from './compensation'

// The ledger tells us of confirmations; asking again only covers what was lost on the way, so it may become rare.
const secondsUntilAskedAgain = { pending: [30, 30, 60, 300, 900, 3_600], refused: [60, 300, 900, 3_600] }
const pause = (kind: keyof typeof secondsUntilAskedAgain, times: number) => secondsUntilAskedAgain[kind].at(Math.min(times, secondsUntilAskedAgain[kind].length - 1))! * 1_000

/** What the ledger must know of a payment to hold it. */
export const holdOf = ({ caseId, paymentId, payerId, amount }: RecordedFlag): HoldRequest => ({ caseId, paymentId, payerId, amount })

/** Holds the funds at once and watches the promise; both run beside the conversation. */
export async function safeguard(state: CaseState, payment: PaymentState): Promise<void> {
  await Promise.all([hold(state, payment), watchPromise(state, payment)])
}

async function hold(state: CaseState, payment: PaymentState): Promise<void> {
  const key = moneyActionKey('hold', payment.flag.paymentId)
  const opening = state.opening?.hold
  if (opening) state.opening!.hold = undefined
  let answer = (await opening) ?? (await funds.holdFunds(holdOf(payment.flag)))
  for (let times = 0; answer.status === 'pending'; times++) {
    await condition(() => state.ledgerSaid.delete(key), pause('pending', times))
    answer = await funds.holdFunds(holdOf(payment.flag))
  }
  // A refused hold is an answer too: the payer is called all the same, and the refusal is in the records.
  payment.holdAnswered = true
}

async function watchPromise(state: CaseState, payment: PaymentState): Promise<void> {
  if (payment.rung) return
  const settledOrRung = () => payment.rung || payment.decided
  const inTime = await condition(settledOrRung, Math.max(1, Date.parse(payment.flag.deadline) - Date.now()))
  if (inTime) return
  await records.judgePromise(state.caseId, payment.flag.paymentId)
}

/** Carries a decision out. It is final when the ledger has confirmed it, and not before. */
export async function settle(state: CaseState, payment: PaymentState, decision: Decision): Promise<void> {
  if (payment.decided) return
  payment.decided = true
  payment.waitingVerdict = undefined
  // Nothing is released or frozen that was not held first.
  await condition(() => payment.holdAnswered)
  const large = largeRelease(state, payment, decision)
  await carryOut(state, payment, large ? await secondPerson(state, payment, decision) : decision, large)
}

/** A verdict that would release more than one person may. A declared default is policy, and not one person's word. */
function largeRelease({ policy }: CaseState, { flag }: PaymentState, decision: Decision): boolean {
  return decision.by === 'verdict' && policy.verdictActions[decision.verdict.verdict].funds === 'release' && flag.amount.amount > approvalRules(policy).releaseAbove
}

/** The funds stay held until a second person has agreed, but not longer than any hold lasts. @returns what is to be done */
async function secondPerson(state: CaseState, payment: PaymentState, decision: Decision): Promise<Decision> {
  const { caseId } = state
  const { paymentId, amount } = payment.flag
  const until = state.holdExpiry(payment)
  const { workflowId } = workflowInfo()
  const request = { caseId, paymentId, amount, decision, expiresAt: new Date(until).toISOString(), workflowId }
  const outcome = await consent(() => records.requestRelease(request), state.approvals, until)
  if (outcome === 'approved') return decision
  return outcome === 'refused'
    ? { by: 'refusal', actor: 'system:approvals', ending: 'release_refused' }
    : { by: 'default', actor: 'system:policy', ending: 'hold_expired' }
}

function actionOf({ policy }: CaseState, decision: Decision): { funds: DecidingAction; restrictAccount: boolean } {
  if (decision.by === 'verdict') return policy.verdictActions[decision.verdict.verdict]
  return { funds: decision.by === 'refusal' ? approvalRules(policy).refusedRelease : policy.defaultActions[decision.ending], restrictAccount: false }
}

async function carryOut(state: CaseState, payment: PaymentState, decision: Decision, agreed: boolean): Promise<void> {
  const { caseId } = state
  const { payerId, paymentId } = payment.flag
  let action = actionOf(state, decision)
  for (let pending = 0, refusals = 0; ; ) {
    const { status, claim } = await funds.settle({ caseId, payerId, paymentId, ...action, decision, ...(agreed ? { agreed } : {}) })
    if (claim) await pursue(claim, state.claimed)
    if (status === 'confirmed') break
    if (status === 'disputed') {
      // The payer says that it was not they, or not so: nobody lets the money go alone, and no default does.
      if (decision.by === 'verdict') return carryOut(state, payment, await secondPerson(state, payment, decision), true)
      action = { ...action, funds: 'freeze' }
    } else if (status === 'pending') {
      const keys = [moneyActionKey(action.funds, paymentId), moneyActionKey('restrict', paymentId)]
      await condition(() => keys.some((key) => state.ledgerSaid.delete(key)), pause('pending', pending++))
    } else {
      // The money stays where the ledger has it; the case needs attention and keeps asking.
      await sleep(pause('refused', refusals++))
    }
  }
  payment.final = true
}

/** A claim outlives the case, and is pursued once. */
async function pursue(claim: ClaimInput, claimed: Set<string>): Promise<void> {
  const { paymentId } = claim
  if (claimed.has(paymentId)) return
  claimed.add(paymentId)
  try {
    await startChild<typeof compensation>('compensation', { workflowId: claimWorkflowId(paymentId), parentClosePolicy: 'ABANDON', workflowIdReusePolicy: 'REJECT_DUPLICATE', args: [claim] })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
