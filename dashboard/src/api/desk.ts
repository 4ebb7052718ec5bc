import type { QueueDialMode } from '../../../domain/queue'
import type { Money, ScamType, VerdictKind } from '../../../domain/money'
import type { MonitoringMode } from '../../../domain/monitoring'
import type { SecurityHole } from '../../../domain/security'
import type { HelpRequest } from './supervision'
import type { CaseKind, CaseOutcome, DialMode } from '../../../domain/status'
import type { Attempt, CaseView, VerdictEffects } from './caseView'
import { request } from './request'

export type PresenceStatus = 'available' | 'break' | 'offline' | 'offered' | 'busy' | 'wrap_up'
export type ChosenStatus = 'available' | 'break' | 'offline'

export interface Presence {
  status: PresenceStatus
  reason: string | null
  since: string
  leaseUntil: string
  caseId: string | null
  wrapUpUntil: string | null
  /** Made longer already, which is possible once. */
  wrapUpExtended: boolean
  next: string | null
  offer: Offer | null
}

export interface Offer {
  offerId: string
  caseId: string
  kind: CaseKind
  /** How the agent will talk with the payer. */
  channel: 'voice' | 'chat'
  expiresAt: string
  deadline: string
  payer: { name: string; locale: string; securityLevel: 'high' | 'medium' | 'low' }
  payments: { paymentId: string; amount: Money; paidAt: string; payeeName: string; method: string; score: number; reasons: string[] }[]
  priority: number
  mode: DialMode
  /** A colleague hands their call over. */
  transfer: { from: string; note: string | null } | null
}

export interface Call {
  caseId: string
  attemptId: string
  number: number
  phone: string
  mode: DialMode
  status: Attempt['status']
  outcome: Attempt['outcome']
  answeredBy: string | null
  rangAt: string | null
  answeredAt: string | null
  contactAt: string | null
  endedAt: string | null
  /** What the agent says first: the payer's app shows it. */
  passPhrase: string | null
  /** The payer hears the waiting music. */
  held: boolean
  /** Null while the call is not recorded. */
  recording: { paused: boolean; pausedAt: string | null } | null
  /** This agent has asked for a supervisor. */
  help: HelpRequest | null
  /** The call is being handed over. */
  transfer: { state: 'offered' | 'consulting'; from: Person; to: Person | null; note: string | null } | null
  /** Who talks in this call too. One who only listens is not told, unless help was asked for. */
  supervisor: { name: string; mode: MonitoringMode } | null
}

interface Person {
  id: string
  name: string
}

export interface DeskCase extends CaseView {
  script: { language: string; opening: string; questions: string[]; closing: string }
  guidance: { id: string; title: string; text: string }[]
  /** What was advised so far in this case. */
  guidanceGiven: { advice: SecurityHole; agreed: boolean }[]
  history: EarlierCase[]
  notes: string | null
  /** How the case's queue dials; with preview the agent has the phone dialled. */
  dialMode: QueueDialMode | null
  /** What each verdict will do with the money, by the case's policy. */
  verdictActions: VerdictEffects
}

export interface EarlierCase {
  caseId: string
  openedAt: string
  closedAt: string | null
  outcome: CaseOutcome | null
  payments?: { amount: Money; verdict?: VerdictKind | null }[]
}

export interface VerdictInput {
  paymentId: string
  verdict: VerdictKind
  scamType?: ScamType
  notes?: string
}

export interface VerdictAnswer {
  verdicts: { paymentId: string; verdict: VerdictKind; effect: 'taken' | 'waits_for_contact' }[]
}

export type SoftphoneAccess = { provider: 'local'; url: string; token: string; expiresAt: string } | { provider: 'twilio'; token: string; expiresAt: string }

const part = encodeURIComponent

/** The agent's own endpoints. */
export const desk = {
  setPresence: (status: ChosenStatus, reason?: string) => request<Presence>('PUT', '/v1/desk/presence', reason === undefined ? { status } : { status, reason }),
  accept: (offerId: string) => request<{ offer: unknown; case: CaseView }>('POST', `/v1/desk/offers/${part(offerId)}/accept`, {}),
  decline: (offerId: string, reason?: string) => request<void>('POST', `/v1/desk/offers/${part(offerId)}/decline`, reason === undefined ? {} : { reason }),
  readCase: (caseId: string) => request<DeskCase>('GET', `/v1/desk/cases/${part(caseId)}`),
  saveNotes: (caseId: string, text: string, leaving = false) => request<void>('PUT', `/v1/desk/cases/${part(caseId)}/notes`, { text }, { keepalive: leaving }),
  recordGuidance: (caseId: string, advice: DeskCase['guidanceGiven']) => request<void>('PUT', `/v1/desk/cases/${part(caseId)}/guidance`, { advice }),
  recordVerdicts: (caseId: string, verdicts: VerdictInput[]) => request<VerdictAnswer>('POST', `/v1/desk/cases/${part(caseId)}/verdicts`, { verdicts }),
  hangUp: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/hang-up`, {}),
  pauseRecording: (caseId: string, paused: boolean) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/recording`, { paused }),
  hold: (caseId: string, hold: boolean) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/hold`, { hold }),
  askForHelp: (caseId: string, reason: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/help`, reason === '' ? {} : { reason }),
  withdrawHelp: (caseId: string) => request<void>('DELETE', `/v1/desk/cases/${part(caseId)}/help`),
  colleagues: async () => (await request<{ colleagues: Person[] }>('GET', '/v1/desk/colleagues')).colleagues,
  transfer: (caseId: string, toAgentId: string, note: string) =>
    request<void>('POST', `/v1/desk/cases/${part(caseId)}/transfer`, { ...(toAgentId === '' ? {} : { toAgentId }), ...(note === '' ? {} : { note }) }),
  completeTransfer: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/transfer/complete`, {}),
  cancelTransfer: (caseId: string) => request<void>('DELETE', `/v1/desk/cases/${part(caseId)}/transfer`),
  extendWrapUp: () => request<Presence>('POST', '/v1/desk/wrap-up/extension'),
  callNow: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/call`, {}),
  appoint: (caseId: string, at: string) => request<{ at: string }>('PUT', `/v1/desk/cases/${part(caseId)}/appointment`, { at }),
  softphone: () => request<SoftphoneAccess>('GET', '/v1/desk/softphone'),
}
