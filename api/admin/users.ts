import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { Prisma, type StaffUser } from '../../generated/prisma/client'
import { AccountRefused, accountSettings, changeAccount, inviteAccount } from '../../records/accounts'
import { versionsOf } from '../../records/arrangements'
import { transact } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { sessionCounts } from '../../records/sessions'
import { actorOf, roles, type Staff } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { refuseInWords } from '../routing/arranging'
import { reachSchema } from '../routing/reach'
import { userParams } from '../views/ids'
import { iso, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'
import { linkAddress, linkSchema } from './passwordLinks'
import { signOutSchema } from './signOuts'

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag, such as zh')
const settings = { name: oneLine(200), role: z.enum(roles), active: z.boolean() }
const newUser = z
  .strictObject({ name: settings.name, role: settings.role, email: z.email().max(320).toLowerCase(), languages: z.array(language).max(20).default([]) })
  .meta({ id: 'NewUser' })
const since = z.int().min(0).optional().meta({ description: 'the version that you read; absent: whatever it is now' })
const userChange = z
  .strictObject({ ...settings, since: z.int() })
  .partial()
  .extend({ since })
  .refine(({ name, role, active }) => [name, role, active].some((given) => given !== undefined), { error: 'expected something to change' })
  .meta({ id: 'UserChange' })
const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    ...settings,
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    createdAt: time,
    version: z.int(),
    sessions: z.int().meta({ description: 'browsers in which they are signed in' }),
    waysIn: z.array(z.enum(['password', 'single_sign_on'])),
    link: z.object({ expiresAt: time }).nullable().meta({ description: 'a link by which they may choose a password, that is still good' }),
  })
  .meta({ id: 'User' })
export type StaffAccount = z.output<typeof userSchema>
const invited = z.object({ user: userSchema, ...linkSchema.shape }).meta({ id: 'InvitedUser' })
export type InvitedUserView = z.output<typeof invited>
const forecast = z.object({ ...signOutSchema.shape, queues: reachSchema }).meta({ id: 'UserForecast' })
export type UserForecastView = z.output<typeof forecast>

const unknown = { 404: { description: 'There is no such account.' } }
const refused = { 409: { description: 'You would lock yourself out, or the last administrator; or somebody changed it since you read it.' } }
const inviteExample = { email: 'agent9@example.com', name: 'Agent Nine', role: 'agent', languages: ['zh'] }

/** Who may sign in, as what. Nobody's password is typed by anybody else. */
export function userEndpoints({ db, gate, configuration }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)

  async function wanted(caller: Staff, userId: string, { since: read, ...change }: z.output<typeof userChange>) {
    if (userId === caller.id && (change.active === false || (change.role && change.role !== 'admin')))
      throw conflict('You cannot take your own access away; another administrator can.')
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    return { userId, change: given, since: read, actor: actorOf(caller) }
  }

  function demandPasswords(): void {
    if (!configuration.passwordSignIn) throw conflict('Passwords are switched off here: accounts are made at the first single sign-on.')
  }

  async function viewOf(id: string): Promise<StaffAccount> {
    const [user, versions, sessions] = await Promise.all([
      db.staffUser.findUniqueOrThrow({ where: { id }, include: { passwordLink: true } }),
      versionsOf(db, 'user'),
      sessionCounts(db),
    ])
    return userView(user, versions, sessions)
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/users',
      tag,
      summary: 'Who may sign in',
      access,
      answers: { 200: { description: 'All accounts, by name.', schema: z.object({ users: z.array(userSchema) }) } },
      async handle() {
        const [users, versions, sessions] = await Promise.all([
          db.staffUser.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }], include: { passwordLink: true } }),
          versionsOf(db, 'user'),
          sessionCounts(db),
        ])
        return { users: users.map((user) => userView(user, versions, sessions)) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/users/invitation-forecast',
      tag,
      summary: 'What inviting somebody would do, before they are invited',
      access,
      body: newUser,
      bodyExample: inviteExample,
      answers: {
        200: { description: 'Nobody was invited.', schema: z.object({ expiresAt: time }) },
        409: { description: 'The address has an account, or passwords are switched off.' },
      },
      async handle({ caller, body }) {
        demandPasswords()
        const { expiresAt } = await dryRun(db, (tx) => inviteAccount(tx, { account: body, actor: actorOf(caller) })).catch(addressTaken)
        return { expiresAt: iso(expiresAt) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/users',
      tag,
      summary: 'Invite somebody',
      description: 'Makes an account that is let in once its owner has chosen a password by the link, which is shown this once.',
      access,
      body: newUser,
      bodyExample: inviteExample,
      answers: { 201: { description: 'Hand the link over: it is not shown again.', schema: invited }, 409: { description: 'The address has an account.' } },
      async handle({ caller, body }) {
        demandPasswords()
        const { user, link, expiresAt } = await transact(db, (tx) => inviteAccount(tx, { account: body, actor: actorOf(caller) })).catch(addressTaken)
        return { user: await viewOf(user.id), link: linkAddress(configuration, link), expiresAt: iso(expiresAt) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/admin/users/:userId/forecast',
      tag,
      summary: 'What a change of an account would do, before it is saved',
      access,
      params: userParams,
      body: userChange,
      bodyExample: { since: 1, active: false },
      answers: { 200: { description: 'Nothing was changed.', schema: forecast }, ...unknown, ...refused },
      async handle({ caller, params: { userId }, body }) {
        const change = await wanted(caller, userId, body)
        const changed = await dryRun(db, (tx) => changeAccount(tx, change)).catch(refuseAccount)
        if (!changed) throw notFound('There is no such account.')
        return changed.effects
      },
    }),
    endpoint({
      method: 'patch',
      path: '/v1/admin/users/:userId',
      tag,
      summary: 'Change an account, or whether it may be used',
      description: 'Another role or `active: false` ends all sessions of that person, and their event streams with them.',
      access,
      params: userParams,
      body: userChange,
      bodyExample: { since: 1, active: false },
      answers: { 200: { description: 'The account from now on.', schema: userSchema }, ...unknown, ...refused },
      async handle({ caller, params: { userId }, body }) {
        const change = await wanted(caller, userId, body)
        if (!(await transact(db, (tx) => changeAccount(tx, change)).catch(refuseAccount))) throw notFound('There is no such account.')
        return viewOf(userId)
      },
    }),
  ]
}

function addressTaken(error: unknown): never {
  const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
  throw taken ? conflict('This address has an account already.') : error
}

function refuseAccount(error: unknown): never {
  if (error instanceof AccountRefused) throw conflict(error.message)
  return refuseInWords(error)
}

function userView(user: StaffUser & { passwordLink: { expiresAt: Date } | null }, versions: Map<string, number>, sessions: Map<string, number>): StaffAccount {
  const { id, email, languages, skills, createdAt, passwordHash, ssoSubject, passwordLink } = user
  return {
    id,
    email,
    ...accountSettings(user),
    languages,
    skills,
    createdAt: iso(createdAt),
    version: versions.get(id) ?? 0,
    sessions: sessions.get(id) ?? 0,
    waysIn: [...(passwordHash === null ? [] : ['password' as const]), ...(ssoSubject === null ? [] : ['single_sign_on' as const])],
    link: passwordLink && passwordLink.expiresAt > new Date() ? { expiresAt: iso(passwordLink.expiresAt) } : null,
  }
}
