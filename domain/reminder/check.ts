import type { Money, ScamType } from '../money'
import type { VersionedPolicy } from '../policy'

/** What the payment app is told to do with a payment. Only `pay` lets money out. */
export const checkDecisions = ['pay', 'paused', 'cancelled', 'refused'] as const
export type CheckDecision = (typeof checkDecisions)[number]

/**
 * Where a paused payment is: the button is shown; help was asked for; we call the payer; it waits
 * (cooling-off or delay); the payer must say once more that they want it; the money moves; over.
 */
export const checkPhases = ['button', 'help', 'calling', 'waiting', 'confirming', 'settling', 'final'] as const
export type CheckPhase = (typeof checkPhases)[number]

/** What policy does with a paused payment whose payer did not press the button. */
export const unpressedPlans = ['call', 'cooling_off', 'delay', 'refuse'] as const
export type UnpressedPlan = (typeof unpressedPlans)[number]

/** How the payer wants to be helped. */
export const helpChannels = ['voice', 'chat'] as const
export type HelpChannel = (typeof helpChannels)[number]

/** What came out of a talk, as the agent records it. */
/** What somebody whom the payer trusts says about the payment, after they have talked. It decides nothing. */
export const trustedAnswers = ['knows_it', 'does_not_know', 'advises_against'] as const
export type TrustedAnswer = (typeof trustedAnswers)[number]

export const talkOutcomes = ['cancelled', 'delayed', 'trusted_contact', 'goes_on'] as const
export type TalkOutcome = (typeof talkOutcomes)[number]

/** Why a check ended as it did: one word for the payment app and the records. */
export const checkEndings = ['low_risk', 'above_limit', 'confirmed_by_payer', 'cancelled_by_payer', 'not_confirmed', 'not_reached', 'funds_not_held'] as const
export type CheckEnding = (typeof checkEndings)[number]

/** A reason for the score: a rule of the caller's or of ours. */
export interface CheckReason {
  id: string
  reason: string
}

export function reminderWorkflowId(caseId: string): string {
  return `answer-reminder/${caseId}`
}

/** A paused payment as PostgreSQL recorded it: all that its workflow must know. */
export interface RecordedCheck {
  caseId: string
  paymentId: string
  payerId: string
  payeeId: string
  phones: string[]
  locale: string
  amount: Money
  score: number
  plan: UnpressedPlan
  /** RFC 3339 */
  openedAt: string
  policy: VersionedPolicy
}

export interface HelpPressed {
  channel: HelpChannel
}

/** The payer has called in with the code from their app: their leg waits in the case's conference. */
export interface PayerCalledIn {
  attemptId: string
  callSid: string
}

export interface TalkResult {
  agentId: string
  outcome: TalkOutcome
  /** What the playbook named; absent: no scam was recognised. */
  scamType?: ScamType
  /** The agent's words. */
  notes?: string
  trustedContact?: { name: string; phone: string }
}

export interface TalkTaken {
  outcome: TalkOutcome
  /** The score after the talk. */
  score: number
  /** Another agent calls, because the risk is still high. */
  calledAgain: boolean
}
