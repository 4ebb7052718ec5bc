import type { PasswordLinkOwnerView } from '../../../api/access/choosePassword'
import type { OwnSessionView } from '../../../api/access/ownSessions'
import type { SignedIn } from '../../../api/access/session'
import type { WaysToSignIn } from '../../../api/access/singleSignOn'
import { Problem } from './problem'
import { request } from './request'

export type { Role } from '../../../domain/roles'

export type User = SignedIn['user']

export type { OwnSessionView, PasswordLinkOwnerView, WaysToSignIn }

/** Where the browser goes to sign in with the identity provider. */
export const singleSignOnAddress = '/v1/session/single-sign-on'

export const session = {
  /** Who is signed in here, or null. */
  async read(): Promise<User | null> {
    try {
      return (await request<{ user: User | null }>('GET', '/v1/session')).user
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return null
      throw problem
    }
  },
  signIn: async (email: string, password: string) => (await request<{ user: User }>('POST', '/v1/session', { email, password })).user,
  /** @returns where the browser goes on to sign out of the identity provider too, if there is one */
  signOut: async () => (await request<{ continueAt: string } | undefined>('DELETE', '/v1/session'))?.continueAt,
  ownerOfLink: (link: string) => request<PasswordLinkOwnerView>('POST', '/v1/session/link', { link }),
  choosePassword: async (link: string, password: string) => (await request<{ user: User }>('PUT', '/v1/session/password', { link, password })).user,
  own: async () => (await request<{ sessions: OwnSessionView[] }>('GET', '/v1/sessions')).sessions,
  endOne: (id: string) => request<void>('DELETE', `/v1/sessions/${encodeURIComponent(id)}`),
  endOthers: () => request<{ ended: number }>('DELETE', '/v1/sessions'),
  waysToSignIn: () => request<WaysToSignIn>('GET', '/v1/session/ways'),
}
