import type { Policy } from '../../../domain/policy'
import { request } from './request'
import type { Role } from './session'

export interface PolicyVersion {
  version: number
  body: Policy
  createdBy: string
  createdAt: string
}

export interface StaffAccount {
  id: string
  email: string
  name: string
  role: Role
  languages: string[]
  skills: string[]
  active: boolean
  createdAt: string
}

export interface NewAccount extends Pick<StaffAccount, 'email' | 'name' | 'role' | 'languages' | 'skills'> {
  password: string
}

export type AccountChange = Partial<Omit<NewAccount, 'email'> & { active: boolean }>

export const keyScopes = ['risk-engine', 'payments-core', 'payer'] as const
export type KeyScope = (typeof keyScopes)[number]

export interface ApiKey {
  id: string
  name: string
  scopes: KeyScope[]
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

export interface OutboundEvent {
  id: string
  caseId: string
  type: string
  status: 'waiting' | 'delivered' | 'dead'
  attempts: number
  lastError: string | null
  createdAt: string
}

export interface EventReceiver {
  /** Null: none is configured. */
  url: string | null
  waiting: number
  dead: number
  lastDeliveredAt: string | null
}

const part = encodeURIComponent

export const admin = {
  policy: () => request<{ current: PolicyVersion; versions: PolicyVersion[] }>('GET', '/v1/admin/policy'),
  savePolicy: (body: Policy) => request<PolicyVersion>('POST', '/v1/admin/policy', body),
  users: async () => (await request<{ users: StaffAccount[] }>('GET', '/v1/admin/users')).users,
  addUser: (account: NewAccount) => request<StaffAccount>('POST', '/v1/admin/users', account),
  changeUser: (id: string, change: AccountChange) => request<StaffAccount>('PATCH', `/v1/admin/users/${part(id)}`, change),
  keys: async () => (await request<{ apiKeys: ApiKey[] }>('GET', '/v1/admin/api-keys')).apiKeys,
  addKey: (key: { name: string; scopes: KeyScope[]; expiresAt?: string }) => request<ApiKey & { key: string }>('POST', '/v1/admin/api-keys', key),
  revokeKey: (id: string) => request<void>('DELETE', `/v1/admin/api-keys/${part(id)}`),
  eventReceiver: () => request<EventReceiver>('GET', '/v1/admin/event-receiver'),
  deadEvents: async () => (await request<{ events: OutboundEvent[] }>('GET', '/v1/admin/outbound-events?status=dead')).events,
  redeliver: (id: string) => request<OutboundEvent>('POST', `/v1/admin/outbound-events/${part(id)}/redeliver`, {}),
}
