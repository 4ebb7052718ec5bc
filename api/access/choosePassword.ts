import { z } from 'zod'
import { passwordFault } from '../../domain/password'
import { freeText } from '../../domain/text'
import { recordAccount, signOutEverywhere } from '../../records/accounts'
import { transact } from '../../records/database'
import { ownerOfLink } from '../../records/passwordLinks'
import { anybody, endpoint, type Endpoint } from '../endpoint'
import { invalid, notFound } from '../problem'
import { iso, time } from '../views/time'
import { roles, staffOf } from './caller'
import { hashPassword, shown, signedInSchema, type SessionDeps } from './session'
import { writeTrail } from './trail'

const link = z.string().regex(/^[\w-]{43}$/, 'expected what stands behind # in the link')
const linkExample = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA'
const ownerSchema = z
  .object({
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    expiresAt: time,
    first: z.boolean().meta({ description: 'they were invited, and have no password yet' }),
  })
  .meta({ id: 'PasswordLinkOwner' })
export type PasswordLinkOwnerView = z.output<typeof ownerSchema>
const noLink = 'This link is not good, or not any more. Ask your administrator for a new one.'

/** Whoever holds a link of the administrator's chooses their own password, and is signed in. */
export function choosePasswordEndpoints({ db, gate, sessions, limiters }: SessionDeps): Endpoint[] {
  const guards = [...limiters.visit, ...limiters.visitAbout]
  const answers = { 404: { description: 'The link is not good, or not any more.' } }
  return [
    endpoint({
      method: 'post',
      path: '/v1/session/link',
      tag: 'session',
      summary: 'Whose link is this?',
      access: anybody,
      guards,
      body: z.strictObject({ link }),
      bodyExample: { link: linkExample },
      answers: { 200: { description: 'Whoever is to choose a password.', schema: ownerSchema }, ...answers },
      async handle({ body }) {
        const found = await ownerOfLink(db, body.link)
        if (!found) throw notFound(noLink)
        const { name, email, role } = staffOf(found.user, '')
        return { name, email, role, expiresAt: iso(found.expiresAt), first: found.user.passwordHash === null }
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/session/password',
      tag: 'session',
      summary: 'Choose a password, by a link',
      description: 'The link is used up, earlier sessions end, and this browser is signed in.',
      access: gate.visitor,
      guards,
      body: z.strictObject({ link, password: freeText(1_000).min(1) }),
      bodyExample: { link: linkExample, password: 'four words of your own' },
      answers: { 200: { description: 'Signed in.', schema: signedInSchema }, ...answers },
      async handle({ body, request }) {
        const found = await ownerOfLink(db, body.link)
        if (!found) throw notFound(noLink)
        const fault = passwordFault(body.password, found.user)
        if (fault) throw invalid([{ field: 'password', message: fault }])
        const passwordHash = await hashPassword(body.password)
        const user = await transact(db, async (tx) => {
          const used = await tx.passwordLink.deleteMany({ where: { userId: found.userId, hash: found.hash } })
          if (used.count === 0) throw notFound(noLink)
          const before = await tx.staffUser.findUniqueOrThrow({ where: { id: found.userId } })
          const after = await tx.staffUser.update({ where: { id: before.id }, data: { passwordHash, active: true } })
          const actor = `${after.role}:${after.id}`
          if (!before.active) await recordAccount(tx, { before, user: after, actor })
          await signOutEverywhere(tx, after.id)
          await writeTrail(tx, { actor, action: 'password_chosen', subject: `user:${after.id}`, data: { ip: request.ip ?? '' } })
          return after
        })
        await sessions.start(request, user.id)
        await writeTrail(db, { actor: `${user.role}:${user.id}`, action: 'signed_in', subject: `user:${user.id}`, data: { ip: request.ip ?? '' } })
        return { user: shown(staffOf(user, request.sessionID)) }
      },
    }),
  ]
}
