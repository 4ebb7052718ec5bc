import { z } from 'zod'
import type { Configuration } from '../../configuration/configuration'
import { transact } from '../../records/database'
import { makePasswordLink } from '../../records/passwordLinks'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { userParams } from '../views/ids'
import { iso, time } from '../views/time'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

export const linkSchema = z
  .object({ link: z.string().meta({ description: 'shown this once; there is no mail here, so hand it over yourself' }), expiresAt: time })
  .meta({ id: 'PasswordLink' })
export type PasswordLinkView = z.output<typeof linkSchema>

/** What stands behind the `#` never reaches a log. */
export function linkAddress({ publicBaseUrl }: Pick<Configuration, 'publicBaseUrl'>, link: string): string {
  return new URL(`/welcome#${link}`, publicBaseUrl).href
}

/** Links by which people choose their passwords: for whoever was invited, and for whoever forgot theirs. */
export function passwordLinkEndpoints({ db, gate, configuration }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)
  const path = '/v1/admin/users/:userId/link'
  return [
    endpoint({
      method: 'post',
      path,
      tag,
      summary: 'A new link by which somebody chooses a password',
      description:
        'An earlier link is worth nothing from now on. A password that they have stays good until they choose another one, which ends all their sessions.',
      access,
      params: userParams,
      answers: {
        201: { description: 'Hand it over: it is not shown again.', schema: linkSchema },
        404: { description: 'There is no such account.' },
        409: { description: 'The account is locked out, or passwords are switched off.' },
      },
      async handle({ caller, params: { userId } }) {
        if (!configuration.passwordSignIn) throw conflict('Passwords are switched off here: people use single sign-on.')
        return transact(db, async (tx) => {
          const user = await tx.staffUser.findUnique({ where: { id: userId } })
          if (!user) throw notFound('There is no such account.')
          if (!user.active && user.passwordHash !== null) throw conflict('They are locked out; let them sign in first.')
          const { link, expiresAt } = await makePasswordLink(tx, { userId, actor: actorOf(caller) })
          await writeTrail(tx, {
            actor: actorOf(caller),
            action: 'password_link_made',
            subject: `user:${userId}`,
            data: { expiresAt: expiresAt.toISOString() },
          })
          return { link: linkAddress(configuration, link), expiresAt: iso(expiresAt) }
        })
      },
    }),
    endpoint({
      method: 'delete',
      path,
      tag,
      summary: 'Take back a link',
      access,
      params: userParams,
      answers: { 204: { description: 'It is worth nothing now.' } },
      async handle({ caller, params: { userId } }) {
        await transact(db, async (tx) => {
          const { count } = await tx.passwordLink.deleteMany({ where: { userId } })
          if (count > 0) await writeTrail(tx, { actor: actorOf(caller), action: 'password_link_cancelled', subject: `user:${userId}` })
        })
      },
    }),
  ]
}
