import { request } from './request'

export interface DiallingState {
  paused: boolean
  reason: string | null
  changedBy: string | null
  changedAt: string | null
}

export interface ListedNumber {
  phone: string
  reason: string
  addedBy: string
  addedAt: string
}

/** The kill switch and the numbers that asked not to be called. */
export const dialling = {
  state: () => request<DiallingState>('GET', '/v1/supervision/dialling'),
  pause: (reason: string) => request<DiallingState>('PUT', '/v1/supervision/dialling', { paused: true, reason }),
  resume: () => request<DiallingState>('PUT', '/v1/supervision/dialling', { paused: false }),
  numbers: async () => (await request<{ numbers: ListedNumber[] }>('GET', '/v1/supervision/do-not-call')).numbers,
  add: (phone: string, reason: string) => request<ListedNumber>('POST', '/v1/supervision/do-not-call', { phone, reason }),
  remove: (phone: string) => request<void>('DELETE', `/v1/supervision/do-not-call/${encodeURIComponent(phone)}`),
}
