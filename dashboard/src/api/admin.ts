import type { ApiKeyView as ApiKey } from '../../../api/admin/apiKeys'
import type { EventReceiver } from '../../../api/admin/eventReceiver'
import type { OutboundEventView as OutboundEvent } from '../../../api/admin/outboundEvents'
import type { PolicyVersion } from '../../../api/admin/policy'
import type { StaffAccount } from '../../../api/admin/users'
import type { Policy } from '../../../domain/policy'
import type { Scope as KeyScope } from '../../../domain/scopes'
import { request } from './request'

export type { ApiKey, EventReceiver, OutboundEvent, PolicyVersion, StaffAccount }

export interface NewAccount extends Pick<StaffAccount, 'email' | 'name' | 'role' | 'languages' | 'skills'> {
  password: string
}

export type AccountChange = Partial<Omit<NewAccount, 'email'> & { active: boolean }>

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
