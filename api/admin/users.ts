import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { freeText, oneLine } from '../../domain/text'
import { Prisma, type StaffUser } from '../../generated/prisma/client'
import { transact } from '../../records/database'
import { actorOf, roles, type Role } from '../access/caller'
import { hashPassword } from '../access/session'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { userParams } from '../views/ids'
import { iso, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag, such as zh')
const skill = oneLine(64)
const profile = {
  name: oneLine(200),
  role: z.enum(roles),
  languages: z.array(language).max(20),
  skills: z.array(skill).max(50),
}
const password = freeText(1_000).min(12, 'expected at least 12 characters')
const newUser = z
  .strictObject({ ...profile, email: z.email().max(320).toLowerCase(), password, languages: profile.languages.default([]), skills: profile.skills.default([]) })
  .meta({ id: 'NewUser' })
const userChange = z
  .strictObject({ ...profile, password, active: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: 'expected something to change' })
  .meta({ id: 'UserChange' })
const userSchema = z.object({ id: z.string(), email: z.string(), ...profile, active: z.boolean(), createdAt: time }).meta({ id: 'User' })
export type StaffAccount = z.output<typeof userSchema>

export function userEndpoints({ db, gate }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)
  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/users',
      tag,
      summary: 'Who may sign in',
      access,
      answers: { 200: { description: 'All accounts, by name.', schema: z.object({ users: z.array(userSchema) }) } },
      handle: async () => ({ users: (await db.staffUser.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(userView) }),
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/users',
      tag,
      summary: 'Give somebody an account',
      access,
      body: newUser,
      bodyExample: { email: 'agent9@example.com', name: 'Agent Nine', role: 'agent', languages: ['zh'], password: 'at least twelve characters' },
      answers: { 201: { description: 'They may sign in.', schema: userSchema }, 409: { description: 'The address has an account.' } },
      async handle({ caller, body }) {
        const { password: secret, ...data } = body
        const passwordHash = await hashPassword(secret)
        return transact(db, async (tx) => {
          const user = await tx.staffUser.create({ data: { id: `user_${randomUUID()}`, ...data, passwordHash } })
          await writeTrail(tx, { actor: actorOf(caller), action: 'user_created', subject: `user:${user.id}`, data: { role: user.role } })
          return userView(user)
        }).catch((error: unknown) => {
          const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
          throw taken ? conflict('This address has an account already.') : error
        })
      },
    }),
    endpoint({
      method: 'patch',
      path: '/v1/admin/users/:userId',
      tag,
      summary: 'Change an account, its password, or whether it may be used',
      description: 'A new password, another role or `active: false` ends all sessions of that person.',
      access,
      params: userParams,
      body: userChange,
      bodyExample: { active: false },
      answers: { 200: { description: 'The account from now on.', schema: userSchema }, 409: { description: 'You would lock yourself out, or the last administrator.' } },
      async handle({ caller, params: { userId }, body }) {
        const { password: secret, ...given } = body
        if (userId === caller.id && (given.active === false || (given.role && given.role !== 'admin')))
          throw conflict('You cannot take your own access away; another administrator can.')
        const passwordHash = secret === undefined ? undefined : await hashPassword(secret)
        return transact(db, async (tx) => {
          // One at a time: two administrators who lock each other out at once must not both succeed.
          await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('staff_user:admin'))`
          const before = await tx.staffUser.findUnique({ where: { id: userId } })
          if (!before) throw notFound('There is no such account.')
          const user = await tx.staffUser.update({ where: { id: userId }, data: { ...given, ...(passwordHash ? { passwordHash } : {}) } })
          if (before.role === 'admin' && (await tx.staffUser.count({ where: { role: 'admin', active: true } })) === 0)
            throw conflict('This is the last administrator who may sign in; make another one first.')
          const outdated = passwordHash !== undefined || user.role !== before.role || !user.active
          if (outdated) await tx.$executeRaw`DELETE FROM session WHERE sess->>'userId' = ${userId}`
          await writeTrail(tx, {
            actor: actorOf(caller),
            action: 'user_changed',
            subject: `user:${userId}`,
            data: { fields: Object.keys(body), role: { from: before.role, to: user.role }, active: { from: before.active, to: user.active } },
          })
          return userView(user)
        })
      },
    }),
  ]
}

function userView({ id, email, name, role, languages, skills, active, createdAt }: StaffUser): z.output<typeof userSchema> {
  return { id, email, name, role: role as Role, languages, skills, active, createdAt: iso(createdAt) }
}
