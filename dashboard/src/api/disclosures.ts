import type { DisclosedField, DisclosureOutcome, DisclosureStatus, LegalBasis } from '../../../domain/disclosure/disclosure'
import { request } from './request'

export interface Disclosure {
  caseId: string
  status: DisclosureStatus
  outcome: DisclosureOutcome | null
  authority: string
  officer: string
  reference: string
  basis: LegalBasis
  persons: string[]
  fields: DisclosedField[]
  period: { from: string; until: string }
  deadline: string
  reason: string
  informAt: string | null
  informedAt: string | null
  requestedBy: string
  openedAt: string
  document: { name: string; sha256: string } | null
  refusal: string | null
  package: { sha256: string; expiresAt: string; there: boolean } | null
  views: { link: string; madeBy: string; madeAt: string; expiresAt: string; usedAt: string | null }[]
}

export type DisclosureEntry = Pick<Disclosure, 'authority' | 'officer' | 'reference' | 'basis' | 'persons' | 'fields' | 'period' | 'deadline' | 'reason' | 'informAt'>

const part = encodeURIComponent

export const disclosures = {
  list: async () => (await request<{ disclosures: Disclosure[] }>('GET', '/v1/disclosures')).disclosures,
  read: (caseId: string) => request<Disclosure>('GET', `/v1/disclosures/${part(caseId)}`),
  enter: (entry: DisclosureEntry) => request<{ caseId: string }>('POST', '/v1/disclosures', entry),
  attach: (caseId: string, file: { name: string; mediaType: string; content: string }) => request<{ sha256: string }>('PUT', `/v1/disclosures/${part(caseId)}/document`, file),
  submit: (caseId: string) => request<void>('POST', `/v1/disclosures/${part(caseId)}/submission`, {}),
  makeLink: (caseId: string) => request<{ url: string; expiresAt: string }>('POST', `/v1/disclosures/${part(caseId)}/links`, {}),
  documentAddress: (caseId: string) => `/v1/disclosures/${part(caseId)}/document`,
}
