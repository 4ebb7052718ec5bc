import { z } from 'zod'
import { sqlOf, transact } from '../../records/database'
import { endSessions, openSessions, publicSessionId } from '../../records/sessions'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { sessionParams } from '../views/ids'
import { iso, time } from '../views/time'
import { actorOf, roles, type Staff } from './caller'
import type { SessionDeps } from './session'
import { writeTrail } from './trail'

const sessionSchema = z
  .object({
    id: z.string(),
    startedAt: time,
    idleUntil: time.meta({ description: 'when it ends if nobody uses it' }),
    from: z.string().nullable().meta({ description: 'the address that it was started from' }),
    browser: z.string().nullable(),
    current: z.boolean().meta({ description: 'the one that asks' }),
  })
  .meta({ id: 'OwnSession' })
export type OwnSessionView = z.output<typeof sessionSchema>

/** Where somebody is signed in, for them to see and to end. */
export function ownSessionEndpoints({ db, gate }: SessionDeps): Endpoint[] {
  const access = gate.staff(...roles)

  async function end(caller: Staff, which: { only?: string; except?: string }): Promise<number> {
    return transact(db, async (tx) => {
      const ended = await endSessions(tx, caller.id, which)
      if (ended > 0) await writeTrail(tx, { actor: actorOf(caller), action: 'own_sessions_ended', subject: `user:${caller.id}`, data: { sessions: ended } })
      return ended
    })
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/sessions',
      tag: 'session',
      summary: 'Where am I signed in?',
      access,
      answers: { 200: { description: 'Your sessions, the newest first.', schema: z.object({ sessions: z.array(sessionSchema) }) } },
      async handle({ caller }) {
        const current = publicSessionId(caller.sessionId)
        const open = await openSessions(sqlOf(db), caller.id)
        return { sessions: open.map((one) => ({ ...one, startedAt: iso(one.startedAt), idleUntil: iso(one.idleUntil), current: one.id === current })) }
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/sessions',
      tag: 'session',
      summary: 'Sign out everywhere else',
      access,
      answers: { 200: { description: 'All of your sessions but this one are over.', schema: z.object({ ended: z.int() }) } },
      handle: async ({ caller }) => ({ ended: await end(caller, { except: publicSessionId(caller.sessionId) }) }),
    }),
    endpoint({
      method: 'delete',
      path: '/v1/sessions/:sessionId',
      tag: 'session',
      summary: 'End one of my sessions',
      access,
      params: sessionParams,
      answers: { 204: { description: 'It is over, at once.' }, 404: { description: 'You have no such session.' } },
      async handle({ caller, params: { sessionId } }) {
        if ((await end(caller, { only: sessionId })) === 0) throw notFound('You have no such session.')
      },
    }),
  ]
}
