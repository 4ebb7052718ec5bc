import type { ApiKeyRevocationView, ApiKeyView as ApiKey, NewApiKeyForecastView } from '../../../api/admin/apiKeys'
import type { EventReceiver } from '../../../api/admin/eventReceiver'
import type { OutboundEventView as OutboundEvent, RedeliveryForecastView } from '../../../api/admin/outboundEvents'
import type { PolicyVersion } from '../../../api/admin/policy'
import type { PasswordLinkView } from '../../../api/admin/passwordLinks'
import type { SignOutView } from '../../../api/admin/signOuts'
import type { InvitedUserView, StaffAccount, UserForecastView } from '../../../api/admin/users'
import type { ArrangementVersionView } from '../../../api/routing/versions'
import type { Policy } from '../../../domain/policy'
import type { Scope as KeyScope } from '../../../domain/scopes'
import type { accessKinds } from '../../../records/arrangements'
import { request } from './request'

export type { ApiKey, EventReceiver, OutboundEvent, InvitedUserView, PolicyVersion, SignOutView, StaffAccount, UserForecastView }

export type AccountSettings = Pick<StaffAccount, 'name' | 'role' | 'active'>
export type NewAccount = Pick<StaffAccount, 'email' | 'name' | 'role' | 'languages'>

export interface NewApiKey {
  name: string
  scopes: KeyScope[]
  expiresAt?: string
}

const part = encodeURIComponent

export const admin = {
  policy: () => request<{ current: PolicyVersion; versions: PolicyVersion[] }>('GET', '/v1/admin/policy'),
  savePolicy: (since: number, body: Policy) => request<PolicyVersion>('POST', `/v1/admin/policy?since=${since}`, body),
  users: async () => (await request<{ users: StaffAccount[] }>('GET', '/v1/admin/users')).users,
  forecastInvitation: (account: NewAccount) => request<{ expiresAt: string }>('POST', '/v1/admin/users/invitation-forecast', account),
  invite: (account: NewAccount) => request<InvitedUserView>('POST', '/v1/admin/users', account),
  forecastUser: ({ id, version }: StaffAccount, settings: AccountSettings) =>
    request<UserForecastView>('POST', `/v1/admin/users/${part(id)}/forecast`, { since: version, ...settings }),
  changeUser: ({ id, version }: StaffAccount, settings: AccountSettings) => request<StaffAccount>('PATCH', `/v1/admin/users/${part(id)}`, { since: version, ...settings }),
  makeLink: (id: string) => request<PasswordLinkView>('POST', `/v1/admin/users/${part(id)}/link`),
  cancelLink: (id: string) => request<void>('DELETE', `/v1/admin/users/${part(id)}/link`),
  forecastSignOut: (id: string) => request<SignOutView>('POST', `/v1/admin/users/${part(id)}/sign-out/forecast`),
  signOut: (id: string) => request<SignOutView>('POST', `/v1/admin/users/${part(id)}/sign-out`),
  keys: async () => (await request<{ apiKeys: ApiKey[] }>('GET', '/v1/admin/api-keys')).apiKeys,
  forecastKey: (key: NewApiKey) => request<NewApiKeyForecastView>('POST', '/v1/admin/api-keys/forecast', key),
  forecastRevocation: (id: string) => request<ApiKeyRevocationView>('POST', `/v1/admin/api-keys/${part(id)}/revocation-forecast`),
  addKey: (key: NewApiKey) => request<ApiKey & { key: string }>('POST', '/v1/admin/api-keys', key),
  revokeKey: (id: string) => request<void>('DELETE', `/v1/admin/api-keys/${part(id)}`),
  versions: async (kind: (typeof accessKinds)[number], subject: string) =>
    (await request<{ versions: ArrangementVersionView[] }>('GET', `/v1/admin/versions?kind=${kind}&subject=${part(subject)}`)).versions,
  eventReceiver: () => request<EventReceiver>('GET', '/v1/admin/event-receiver'),
  deadEvents: async () => (await request<{ events: OutboundEvent[] }>('GET', '/v1/admin/outbound-events?status=dead')).events,
  forecastRedelivery: (id: string) => request<RedeliveryForecastView>('POST', `/v1/admin/outbound-events/${part(id)}/redelivery-forecast`),
  redeliver: (id: string) => request<OutboundEvent>('POST', `/v1/admin/outbound-events/${part(id)}/redeliver`, {}),
}
