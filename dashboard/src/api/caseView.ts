import type { ApprovalKind, ApprovalOutcome } from '../../../domain/approvals'
import type { DecidingAction, FundsState, Money, MoneyActionKind, ScamType, VerdictKind } from '../../../domain/money'
import type { CheckDecision, CheckEnding, CheckPhase, HelpChannel, TalkOutcome, UnpressedPlan } from '../../../domain/reminder/check'
import type { AttemptOutcome, CaseKind, AnyOutcome, AnyStatus, DialMode } from '../../../domain/status'

/** A case as the API shows it: /v1/desk/cases/{id}, /v1/supervision/cases/{id} and the `case` events. */
export interface CaseView {
  caseId: string
  kind: CaseKind
  status: AnyStatus
  outcome: AnyOutcome | null
  priority: number
  late: boolean
  locale: string
  openedAt: string
  closedAt: string | null
  deadline: string
  firstRingAt: string | null
  needsAttention: string | null
  /** When the payer wants to be called. */
  appointmentAt: string | null
  policyVersion: number
  agent: { id: string; name: string } | null
  payer: Payer
  payments: Payment[]
  /** The paused payment of an answer reminder. */
  check: PaymentCheck | null
  attempts: Attempt[]
  moneyActions: MoneyActionView[]
  /** What takes, or took, two persons. */
  approvals: { approvalId: string; kind: ApprovalKind; subject: string; requestedBy: string; requestedAt: string; expiresAt: string; outcome: ApprovalOutcome | null }[]
}

/** A payment that waits for a word with its payer. */
export interface PaymentCheck {
  paymentId: string
  amount: Money
  method: string
  payee: { id: string; name: string }
  openedAt: string
  score: number
  scoreAfter: number | null
  reasons: { id: string; reason: string }[]
  decision: CheckDecision
  phase: CheckPhase
  plan: UnpressedPlan
  until: string | null
  helpChannel: HelpChannel | null
  outcome: TalkOutcome | null
  scamType: ScamType | null
  ending: CheckEnding | null
  fundsState: 'none' | 'held' | 'released' | 'refunded'
  trustedContact: string | null
}

export interface Payer {
  id: string
  name: string
  phones: string[]
  locale: string
  security: { digitalCertificate?: boolean; realNameVerified?: boolean; phoneBound?: boolean }
  securityLevel: 'high' | 'medium' | 'low'
}

export interface Payment {
  paymentId: string
  amount: Money
  method: string
  paidAt: string
  flaggedAt: string
  deadline: string
  late: boolean
  predictedRingAt: string
  rangAt: string | null
  breachStep: string | null
  payee: { id: string; name: string }
  risk: {
    score: number
    rules: { id: string; reason: string }[]
    device: Record<string, unknown>
    place: Record<string, unknown>
    payload: Record<string, unknown>
  }
  verdict: VerdictKind | null
  scamType: ScamType | null
  verdictBy: string | null
  verdictNotes: string | null
  verdictAt: string | null
  decision: 'undecided' | 'settling' | 'final'
  fundsState: FundsState
}

export interface Attempt {
  attemptId: string
  number: number
  phone: string
  mode: DialMode
  agentId: string | null
  callSid: string | null
  status: 'intended' | 'queued' | 'ringing' | 'in_progress' | 'ended'
  outcome: AttemptOutcome | null
  answeredBy: string | null
  reason: string | null
  intendedAt: string
  requestedAt: string | null
  rangAt: string | null
  answeredAt: string | null
  contactAt: string | null
  endedAt: string | null
  queueMillis: number | null
  errorCode: string | null
}

export interface MoneyActionView {
  key: string
  kind: MoneyActionKind
  paymentId: string
  status: 'requested' | 'pending' | 'confirmed' | 'refused'
  reason: string
  actor: string
  requestedAt: string
  confirmedAt: string | null
  ledgerEntry: string | null
  detail: string | null
}

export type VerdictEffects = Partial<Record<VerdictKind, VerdictEffect>>
export interface VerdictEffect {
  funds: DecidingAction
  restrictAccount: boolean
}
