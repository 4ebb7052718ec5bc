import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { recordArrangement, versionsOf } from '../../records/arrangements'
import { transact, type Transaction } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { queuesOpenTo } from '../../records/queueSettings'
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
const forecastView = z
  .object({ members: z.int(), queues: z.array(z.string()).meta({ description: 'names of the queues in force that are open to the team, and stay so' }) })
  .meta({ id: 'TeamForecast' })
export type TeamForecastView = z.output<typeof forecastView>
interface Change {
  id: string
  since: number
  body: z.output<typeof settings>
  actor: string
}

export function teamEndpoints({ db, gate }: RoutingDeps): Endpoint[] {
  const access = gate.staff(...arranging)

  async function put(tx: Transaction, { id, since, body, actor }: Change) {
    await tx.team.upsert({ where: { id }, create: { id, ...body }, update: body })
    const version = await recordArrangement(tx, { kind: 'team', subject: id, body, actor, since })
    return { version, members: await tx.staffUser.count({ where: { teamIds: { has: id } } }), queues: await queuesOpenTo(tx, id) }
  }

  async function save(change: Change) {
    const { version, members } = await transact(db, (tx) => put(tx, change)).catch(refuseInWords)
    return { id: change.id, version, members, settings: change.body }
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
      path: '/v1/routing/teams/forecast',
      tag,
      summary: 'What a change of a team would do, before it is saved',
      access,
      body: z.strictObject({ teamId: z.string().max(128).optional(), since: z.int().min(0), settings }),
      bodyExample: { since: 0, settings: { name: 'Large amounts' } },
      answers: { 200: { description: 'Nothing was changed.', schema: forecastView }, ...outdated },
      async handle({ caller, body: { teamId, since, settings: body } }) {
        const change = { id: teamId ?? `team_${randomUUID()}`, since, body, actor: actorOf(caller) }
        const { members, queues } = await dryRun(db, (tx) => put(tx, change)).catch(refuseInWords)
        return { members, queues }
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
      handle: ({ caller, body }) => save({ id: `team_${randomUUID()}`, since: 0, body, actor: actorOf(caller) }),
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
        return save({ id: teamId, since: body.since, body: body.settings, actor: actorOf(caller) })
      },
    }),
  ]
}
