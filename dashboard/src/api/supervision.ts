import type { Alert } from '../../../api/supervision/alerts'
import type { AuditVerification } from '../../../api/supervision/audit'
import type { MonitoringView as Monitoring } from '../../../api/supervision/monitoring'
import type { RecordingView as Recording, TranscriptLineView as TranscriptLine } from '../../../api/supervision/recordings'
import type { LegalHold, RetentionOutlookView as Retention } from '../../../api/supervision/retention'
import type { SavedFilterView as SavedFilter } from '../../../api/supervision/savedFilters'
import type { PromiseCount, Wallboard } from '../../../api/supervision/wallboard'
import type { HelpRequest } from '../../../api/views/call'
import type { CasePage } from '../../../api/views/caseSearch'
import type { CaseSummary } from '../../../api/views/summary'
import type { Timeline } from '../../../api/views/timeline'
import type { MonitoringMode } from '../../../domain/monitoring'
import type { CaseView } from './caseView'
import { request } from './request'

export type { Alert, AuditVerification, Monitoring, Recording, LegalHold, Retention, SavedFilter, PromiseCount, Wallboard, HelpRequest, CasePage, CaseSummary, Timeline }

export type TimelineEvent = Timeline['events'][number]

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
  transcript: (caseId: string) => request<{ lines: TranscriptLine[] }>('GET', `/v1/supervision/cases/${part(caseId)}/transcript`),
  mediaAddress: (recordingSid: string) => `/v1/supervision/recordings/${part(recordingSid)}/media`,
  legalHold: (caseId: string) => request<{ legalHold: LegalHold | null }>('GET', `/v1/supervision/cases/${part(caseId)}/legal-hold`),
  setLegalHold: (caseId: string, reason: string) => request<void>('PUT', `/v1/supervision/cases/${part(caseId)}/legal-hold`, { reason }),
  liftLegalHold: (caseId: string, reason: string) => request<void>('POST', `/v1/supervision/cases/${part(caseId)}/legal-hold/lift`, { reason }),
  retention: () => request<Retention>('GET', '/v1/supervision/retention'),
  savedFilters: () => request<{ filters: SavedFilter[] }>('GET', '/v1/supervision/saved-filters'),
  saveFilter: (saved: Pick<SavedFilter, 'name' | 'filter' | 'shared'>) => request<void>('POST', '/v1/supervision/saved-filters', saved),
  forgetFilter: (id: string) => request<void>('DELETE', `/v1/supervision/saved-filters/${part(id)}`),
  timeline: (caseId: string) => request<Timeline>('GET', `/v1/supervision/cases/${part(caseId)}/timeline`),
  verifyAudit: () => request<AuditVerification>('POST', '/v1/supervision/audit/verify', {}),
}
