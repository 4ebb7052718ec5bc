import type { DiallingState, ListedNumber } from '../../../api/supervision/dialling'
import { request } from './request'

export type { DiallingState, ListedNumber }

/** The kill switch and the numbers that asked not to be called. */
export const dialling = {
  state: () => request<DiallingState>('GET', '/v1/supervision/dialling'),
  pause: (reason: string) => request<DiallingState>('PUT', '/v1/supervision/dialling', { paused: true, reason }),
  resume: () => request<DiallingState>('PUT', '/v1/supervision/dialling', { paused: false }),
  numbers: async () => (await request<{ numbers: ListedNumber[] }>('GET', '/v1/supervision/do-not-call')).numbers,
  add: (phone: string, reason: string) => request<ListedNumber>('POST', '/v1/supervision/do-not-call', { phone, reason }),
  remove: (phone: string) => request<void>('DELETE', `/v1/supervision/do-not-call/${encodeURIComponent(phone)}`),
}
