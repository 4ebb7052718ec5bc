import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { ApprovalOutcome } from './approvals'
import type { FlaggedPaymentInput } from './flag'
import type { Money, VerdictKind } from './money'
import type { VersionedPolicy } from './policy'
import type { Verdict } from './verdict'
import type { AttemptOutcome } from './status'

/** Dialling has a queue of its own: its rate limit is the account's calls per second. */
export const taskQueues = { cases: 'risk-callback', dialling: 'risk-callback-dialling' } as const

export const caseWorkflowType = 'riskCallback'

/** One workflow per payer with an open case. */
export function caseWorkflowId(payerId: string): string {
  return `risk-callback/${payerId}`
}

/** Where a case's workflow is found: cases of other kinds than callbacks name theirs. */
export interface CaseAddress {
  payerId: string
  /** As in `risk_case.workflow_id`; null or absent: the payer's callback. */
  workflowId?: string | null
}

export function workflowIdOf({ payerId, workflowId }: CaseAddress): string {
  return workflowId ?? caseWorkflowId(payerId)
}

/** A flag that PostgreSQL has recorded: all that the workflow must know of it. */
export interface RecordedFlag {
  caseId: string
  paymentId: string
  payerId: string
  phones: string[]
  locale: string
  amount: Money
  score: number
  priority: number
  /** RFC 3339; the promise breaks then. */
  deadline: string
  late: boolean
  /** RFC 3339 */
  flaggedAt: string
  policy: VersionedPolicy
}

export interface OfferMade {
  offerId: string
  agentId: string
  /** RFC 3339 */
  expiresAt: string
}

export interface OfferAnswered {
  offerId: string
  agentId: string
  accepted: boolean
}

/** The payer is on the line: in the conference, or by a keypress that asks for a person. */
export interface PayerReached {
  attemptId: string
  needsAgent: boolean
  /** Whoever is with the payer, when the case does not know them yet: they were put through without an offer. */
  agentId?: string
}

export interface KeyPressed {
  attemptId: string
  paymentId: string
  digit: '1' | '2'
}

export interface MachineAnswered {
  attemptId: string
}

export interface CallEnded {
  attemptId: string
  outcome: AttemptOutcome
  /** What the payer pressed about the payments, in case it was not heard when it was pressed. */
  keys?: Pick<KeyPressed, 'paymentId' | 'digit'>[]
  /** The payer was in the talk, and nobody came within the policy's seconds. */
  abandoned?: true
}

/** The agent's leg left while the payer stayed. */
export interface AgentLeft {
  attemptId: string
  agentId: string
  /** Only their browser is known to be gone: they may be in the talk all the same. */
  unconfirmed?: true
}

/** The agent needs longer to finish the case that was talked about. */
export interface WrapUpExtended {
  agentId: string
  /** RFC 3339 */
  until: string
}

/** In mid-call the case has moved to somebody else, as PostgreSQL has it. */
export interface CaseMoved {
  toAgentId: string
  fromAgentId: string | null
}

/** An agent hands the call over: a colleague has the offer. */
export interface TransferBegun {
  transferId: string
  offer: OfferMade
}

/** The payer rang us: we ring back at once, on the number that we know. */
export interface PayerCalled {
  phone: string
}

/** The payer wants to be called then, and not before. */
export interface AppointmentMade {
  /** RFC 3339 */
  at: string
}

/** The agent has looked at the case and has the phone dialled. */
export interface CallNow {
  agentId: string
}

export interface LedgerConfirmed {
  key: string
  status: 'confirmed' | 'refused'
}

/** Other persons have approved or refused what the workflow asked for. */
export interface ApprovalDecided {
  approvalId: string
  outcome: ApprovalOutcome
}

export interface VerdictsGiven {
  agentId: string
  verdicts: Verdict[]
}

export type VerdictEffect = 'taken' | 'waits_for_contact'

export interface VerdictsTaken {
  verdicts: { paymentId: string; verdict: VerdictKind; effect: VerdictEffect }[]
}

/** At most one open request for each payment. */
export function unfreezeWorkflowId(paymentId: string): string {
  return `unfreeze/${paymentId}`
}

export interface UnfreezeInput {
  caseId: string
  paymentId: string
  amount: Money
  reason: string
  requestedBy: string
  expirySeconds: number
}

/** From any SDK, fire and forget. Bad input is recorded as refused. */
export const flagPaymentSignal = defineSignal<[FlaggedPaymentInput]>('flagPayment')
/** From any SDK: answers with the case, refuses bad input. */
export const flagPaymentUpdate = defineUpdate<FlagAccepted, [FlaggedPaymentInput]>('flagPayment')
export interface FlagAccepted {
  caseId: string
  paymentId: string
  deadline: string
  predictedRingAt: string
}

/** From our own API and recovery: the flag is in PostgreSQL already. */
export const paymentRecorded = defineSignal<[RecordedFlag]>('paymentRecorded')
export const offerMade = defineSignal<[OfferMade]>('offerMade')
export const offerAnswered = defineSignal<[OfferAnswered]>('offerAnswered')
export const payerReached = defineSignal<[PayerReached]>('payerReached')
export const keyPressed = defineSignal<[KeyPressed]>('keyPressed')
export const machineAnswered = defineSignal<[MachineAnswered]>('machineAnswered')
export const callEnded = defineSignal<[CallEnded]>('callEnded')
export const agentLeft = defineSignal<[AgentLeft]>('agentLeft')
export const caseMoved = defineSignal<[CaseMoved]>('caseMoved')
export const transferBegun = defineSignal<[TransferBegun]>('transferBegun')
export const transferAnswered = defineSignal<[OfferAnswered]>('transferAnswered')
export const wrapUpExtended = defineSignal<[WrapUpExtended]>('wrapUpExtended')
export const payerCalled = defineSignal<[PayerCalled]>('payerCalled')
export const appointmentMade = defineSignal<[AppointmentMade]>('appointmentMade')
export const callNow = defineSignal<[CallNow]>('callNow')
export const ledgerConfirmed = defineSignal<[LedgerConfirmed]>('ledgerConfirmed')
export const approvalDecided = defineSignal<[ApprovalDecided]>('approvalDecided')
export const recordVerdicts = defineUpdate<VerdictsTaken, [VerdictsGiven]>('recordVerdicts')
/** Whether a call to the payer is under way now, by the case's own knowledge. */
export const callUnderWay = defineQuery<{ calling: boolean }>('callUnderWay')
