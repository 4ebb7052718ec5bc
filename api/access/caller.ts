import type { Role } from '../../domain/roles'
import type { Scope } from '../../domain/scopes'
import type { StaffUser } from '../../generated/prisma/client'

export { roles, type Role } from '../../domain/roles'
export { scopes, type Scope } from '../../domain/scopes'

/** A person who is signed in. */
export interface Staff {
  kind: 'staff'
  id: string
  name: string
  email: string
  role: Role
  languages: string[]
  sessionId: string
}

/** A program with an API key. */
export interface ApiClient {
  kind: 'key'
  id: string
  name: string
  scopes: Scope[]
}

export type Caller = Staff | ApiClient

/** What of an account goes into its sessions. */
export type StaffAccount = Pick<StaffUser, 'id' | 'name' | 'email' | 'role' | 'languages'>

export function staffOf(user: StaffAccount, sessionId: string): Staff {
  const { id, name, email, role, languages } = user
  return { kind: 'staff', id, name, email, role: role as Role, languages, sessionId }
}

/** How a caller is named in the audit log. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'key' ? `key:${caller.id}` : `${caller.role}:${caller.id}`
}
