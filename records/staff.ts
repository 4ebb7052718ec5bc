import { randomUUID } from 'node:crypto'
import type { Identity } from '../domain/identity'
import type { Role } from '../domain/roles'
import type { StaffUser } from '../generated/prisma/client'
import { recordAccount } from './accounts'
import { transact, type Database, type Transaction } from './database'

/** Somebody as an identity provider knows them, with the role that their groups give them. */
export interface VouchedFor extends Identity {
  role: Role
}

/** Why somebody whom the provider vouches for may not come in. */
export type SignInRefusal = 'no_email' | 'address_taken' | 'deactivated'

export interface Admission {
  user: StaffUser
  /** Their first time, or their account's first time with the provider. */
  created: boolean
}

/** The account of somebody whom the provider vouches for: made at their first sign-in, brought up to date at each. */
export function admit(db: Database, person: VouchedFor): Promise<Admission | { refused: SignInRefusal; user?: StaffUser }> {
  return transact(db, async (tx) => {
    const known = await tx.staffUser.findUnique({ where: { ssoIssuer_ssoSubject: { ssoIssuer: person.issuer, ssoSubject: person.subject } } })
    if (known) return known.active ? update(tx, known, person) : { refused: 'deactivated', user: known }
    if (!person.email) return { refused: 'no_email' }
    const namesake = await tx.staffUser.findUnique({ where: { email: person.email } })
    if (!namesake) return { user: await create(tx, person, person.email), created: true }
    // Whoever could claim an address at the provider that is not theirs would get somebody else's account.
    if (!person.emailVerified || namesake.ssoSubject) return { refused: 'address_taken', user: namesake }
    if (!namesake.active) return { refused: 'deactivated', user: namesake }
    return update(tx, namesake, person)
  })
}

function create(tx: Transaction, person: VouchedFor, email: string): Promise<StaffUser> {
  const [language] = (person.locale ?? '').split(/[-_]/)
  return tx.staffUser.create({
    data: {
      id: `user_${randomUUID()}`,
      email,
      name: person.name ?? email,
      role: person.role,
      languages: language ? [language.toLowerCase()] : [],
      ssoIssuer: person.issuer,
      ssoSubject: person.subject,
    },
  })
}

async function update(tx: Transaction, known: StaffUser, person: VouchedFor): Promise<Admission> {
  const { role, name, issuer: ssoIssuer, subject: ssoSubject } = person
  const user = await tx.staffUser.update({ where: { id: known.id }, data: { role, ssoIssuer, ssoSubject, ...(name ? { name } : {}) } })
  if (user.role !== known.role || user.name !== known.name) await recordAccount(tx, { before: known, user, actor: `${user.role}:${user.id}` })
  return { user, created: false }
}
