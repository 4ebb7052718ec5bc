import type { Money, VerdictKind } from '../../../domain/money'
import type { MonitoringMode } from '../../../domain/monitoring'
import type { AnyOutcome, AnyStatus, AttemptOutcome } from '../../../domain/status'
import type { CaseView } from './caseView'
import type { PresenceStatus } from './desk'
import { request } from './request'

export interface PromiseCount {
  kept: number
  broken: number
  /** Null before the first one was judged. */
  percent: number | null
}

export interface Alert {
  id: string
  kind: string
  caseId: string | null
  at: string
  text: string
}

export interface HelpRequest {
  reason: string | null
  askedAt: string
  /** Name of the supervisor who has joined. */
  answeredBy: string | null
}

/** The call that this supervisor is in. */
export interface Monitoring {
  caseId: string
  mode: MonitoringMode
  startedAt: string
}

export interface Wallboard {
  at: string
  waiting: number
  ringing: number
  talking: number
  wrapUp: number
  needsAttention: number
  openCases: number
  promise: { today: PromiseCount; lastHour: PromiseCount }
  longestWaitSeconds: number
  abandoned: { calls: number; live: number; percent: number; limitPercent: number }
  agents: { id: string; name: string; status: PresenceStatus; reason: string | null; since: string; caseId: string | null }[]
  cases: {
    caseId: string
    status: AnyStatus
    deadline: string
    firstRingAt: string | null
    priority: number
    needsAttention: string | null
    agent: { id: string; name: string } | null
    /** An agent talks with the payer now. */
    live: boolean
    /** Supervisors who are in the call. */
    monitors: { id: string; name: string; mode: MonitoringMode }[]
    help: HelpRequest | null
  }[]
  alerts: Alert[]
}

export interface CaseSummary {
  caseId: string
  status: AnyStatus
  outcome: AnyOutcome | null
  priority: number
  late: boolean
  openedAt: string
  closedAt: string | null
  deadline: string
  firstRingAt: string | null
  needsAttention: string | null
  payer: { id: string; name: string; locale: string }
  agentId: string | null
  agentName: string | null
  attempts: number
  lastAttempt: { number: number; outcome: AttemptOutcome | null; intendedAt: string; endedAt: string | null } | null
  payments: { paymentId: string; amount: Money; verdict: VerdictKind | null; fundsState: string }[]
  amounts: Money[]
  verdicts: VerdictKind[]
}

export interface CasePage {
  cases: CaseSummary[]
  nextCursor: string | null
}

export interface TimelineEvent {
  id: string
  at: string
  actor: string
  type: string
  data: Record<string, unknown>
}

export interface Timeline {
  events: TimelineEvent[]
  /** Names of the staff whose ids occur in the events. */
  people?: Record<string, string>
}

export interface AuditVerification {
  ok: boolean
  entries: number
  lanes: number
  firstFault?: { lane: number; seq: string; reason: string }
}

export interface Recording {
  attemptId: string
  number: number
  recordingSid: string | null
  status: 'asked' | 'recording' | 'paused' | 'completed' | 'deleted'
  seconds: number | null
  channels: number
  consentAt: string | null
  consentWording: string | null
  deletedAt: string | null
}

export interface LegalHold {
  reason: string
  setBy: string
  setAt: string
}

export interface SavedFilter {
  id: string
  name: string
  filter: Record<string, string>
  shared: boolean
  owner: { id: string; name: string }
}

const part = encodeURIComponent

const monitoringOf = (caseId: string) => `/v1/supervision/cases/${part(caseId)}/monitoring`

export const supervision = {
  monitoring: async () => (await request<{ monitoring: Monitoring | null }>('GET', '/v1/supervision/monitoring')).monitoring,
  monitor: async (caseId: string, mode: MonitoringMode | 'take_over') => (await request<{ monitoring: Monitoring | null }>('POST', monitoringOf(caseId), { mode })).monitoring,
  leave: (caseId: string) => request<void>('DELETE', monitoringOf(caseId)),
  wallboard: () => request<Wallboard>('GET', '/v1/supervision/wallboard'),
  histories: (query: URLSearchParams) => request<CasePage>('GET', `/v1/supervision/histories?${query}`),
  exportAddress: (query: URLSearchParams, format: 'csv' | 'json') => `/v1/supervision/histories/export?${new URLSearchParams([...query, ['format', format]])}`,
  readCase: (caseId: string) => request<CaseView>('GET', `/v1/supervision/cases/${part(caseId)}`),
  reportAddress: (caseId: string, { language, personalData }: { language: string; personalData: 'masked' | 'full' }) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    return `/v1/supervision/cases/${part(caseId)}/report?${new URLSearchParams({ language, timeZone, personalData })}`
  },
  recordings: (caseId: string) => request<{ recordings: Recording[] }>('GET', `/v1/supervision/cases/${part(caseId)}/recordings`),
  mediaAddress: (recordingSid: string) => `/v1/supervision/recordings/${part(recordingSid)}/media`,
  legalHold: (caseId: string) => request<{ legalHold: LegalHold | null }>('GET', `/v1/supervision/cases/${part(caseId)}/legal-hold`),
  setLegalHold: (caseId: string, reason: string) => request<void>('PUT', `/v1/supervision/cases/${part(caseId)}/legal-hold`, { reason }),
  liftLegalHold: (caseId: string, reason: string) => request<void>('POST', `/v1/supervision/cases/${part(caseId)}/legal-hold/lift`, { reason }),
  savedFilters: () => request<{ filters: SavedFilter[] }>('GET', '/v1/supervision/saved-filters'),
  saveFilter: (saved: Pick<SavedFilter, 'name' | 'filter' | 'shared'>) => request<void>('POST', '/v1/supervision/saved-filters', saved),
  forgetFilter: (id: string) => request<void>('DELETE', `/v1/supervision/saved-filters/${part(id)}`),
  timeline: (caseId: string) => request<Timeline>('GET', `/v1/supervision/cases/${part(caseId)}/timeline`),
  verifyAudit: () => request<AuditVerification>('POST', '/v1/supervision/audit/verify', {}),
}
