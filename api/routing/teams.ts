import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { recordArrangement, versionsOf } from '../../records/arrangements'
import { transact } from '../../records/database'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { teamParams } from '../views/ids'
import { arranging, outdated, refuseInWords, tag } from './arranging'
import type { RoutingDeps } from './routing'

const settings = z
  .strictObject({
    name: oneLine(80),
    active: z.boolean().default(true),
  })
  .meta({ id: 'TeamSettings' })
const teamView = z.object({ id: z.string(), version: z.int(), members: z.int(), settings }).meta({ id: 'Team' })
export type TeamView = z.output<typeof teamView>

export function teamEndpoints({ db, gate }: RoutingDeps): Endpoint[] {
  const access = gate.staff(...arranging)

  async function save(actor: string, id: string, since: number, body: z.output<typeof settings>) {
    const version = await transact(db, async (tx) => {
      await tx.team.upsert({ where: { id }, create: { id, ...body }, update: body })
      return recordArrangement(tx, { kind: 'team', subject: id, body, actor, since })
    }).catch(refuseInWords)
    return { id, version, members: await db.staffUser.count({ where: { teamIds: { has: id } } }), settings: body }
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/routing/teams',
      tag,
      summary: 'Teams of agents',
      access,
      answers: { 200: { description: 'All teams, by name.', schema: z.object({ teams: z.array(teamView) }) } },
      async handle() {
        const [teams, versions, users] = await Promise.all([
          db.team.findMany({ orderBy: { name: 'asc' } }),
          versionsOf(db, 'team'),
          db.staffUser.findMany({ select: { teamIds: true } }),
        ])
        const members = (id: string) => users.filter(({ teamIds }) => teamIds.includes(id)).length
        return { teams: teams.map(({ id, name, active }) => ({ id, version: versions.get(id) ?? 0, members: members(id), settings: { name, active } })) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/routing/teams',
      tag,
      summary: 'Make a team',
      access,
      body: settings,
      bodyExample: { name: 'Large amounts' },
      answers: { 201: { description: 'Agents may be put into it.', schema: teamView }, ...outdated },
      handle: ({ caller, body }) => save(actorOf(caller), `team_${randomUUID()}`, 0, body),
    }),
    endpoint({
      method: 'put',
      path: '/v1/routing/teams/:teamId',
      tag,
      summary: 'Rename a team, or close it',
      access,
      params: teamParams,
      body: z.strictObject({ since: z.int().min(0), settings }),
      bodyExample: { since: 1, settings: { name: 'Large amounts, night' } },
      answers: { 200: { description: 'From now on.', schema: teamView }, 404: { description: 'There is no such team.' }, ...outdated },
      async handle({ caller, params: { teamId }, body }) {
        if (!(await db.team.findUnique({ where: { id: teamId } }))) throw notFound('There is no such team.')
        return save(actorOf(caller), teamId, body.since, body.settings)
      },
    }),
  ]
}
