import type { DisclosureView as Disclosure } from '../../../api/disclosures/view'
import { request } from './request'

export type { Disclosure }

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
