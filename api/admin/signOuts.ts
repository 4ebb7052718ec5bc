import { z } from 'zod'
import { signOutEverywhere } from '../../records/accounts'
import { transact, type Transaction } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { actorOf, type Staff } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { userParams } from '../views/ids'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

export const signOutSchema = z
  .object({
    sessionsEnd: z.int(),
    engagedIn: z
      .object({ caseId: z.string(), status: z.string() })
      .nullable()
      .meta({ description: 'the case that they have in hand: another agent is found for it' }),
  })
  .meta({ id: 'SignOut' })
export type SignOutView = z.output<typeof signOutSchema>

/** Somebody's account is in the wrong hands, or they left: whatever is open ends now. */
export function signOutEndpoints({ db, gate }: AdminDeps): Endpoint[] {
  const access = gate.staff(...administering)

  const signOut = (caller: Staff, userId: string) => async (tx: Transaction) => {
    if (!(await tx.staffUser.findUnique({ where: { id: userId }, select: { id: true } }))) throw notFound('There is no such account.')
    const effects = await signOutEverywhere(tx, userId)
    await writeTrail(tx, { actor: actorOf(caller), action: 'signed_out_everywhere', subject: `user:${userId}`, data: { sessions: effects.sessionsEnd } })
    return effects
  }

  const shape = { tag, access, params: userParams } as const
  const unknown = { 404: { description: 'There is no such account.' } }
  return [
    endpoint({
      ...shape,
      method: 'post',
      path: '/v1/admin/users/:userId/sign-out/forecast',
      summary: 'What signing somebody out everywhere would end',
      answers: { 200: { description: 'Nothing was ended.', schema: signOutSchema }, ...unknown },
      handle: ({ caller, params: { userId } }) => dryRun(db, signOut(caller, userId)),
    }),
    endpoint({
      ...shape,
      method: 'post',
      path: '/v1/admin/users/:userId/sign-out',
      summary: 'Sign somebody out everywhere, at once',
      description: 'Their event streams end too, and they are not available any more.',
      answers: { 200: { description: 'What was ended.', schema: signOutSchema }, ...unknown },
      handle: ({ caller, params: { userId } }) => transact(db, signOut(caller, userId)),
    }),
  ]
}
