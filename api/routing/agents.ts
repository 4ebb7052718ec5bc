import { z } from 'zod'
import { skillLevel, skillName } from '../../domain/queue'
import { versionsOf } from '../../records/arrangements'
import { agentSettings, arrangeAgent } from '../../records/agentSettings'
import { transact, type Database } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { actorOf, type Role, type Staff } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { invalid, notFound } from '../problem'
import { userParams } from '../views/ids'
import { arranging, outdated, refuseInWords, tag } from './arranging'
import { reachSchema } from './reach'
import type { RoutingDeps } from './routing'

const settings = z
  .strictObject({
    skills: z.record(skillName, skillLevel).refine((skills) => Object.keys(skills).length <= 50, { error: 'expected at most 50 skills' }),
    languages: z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag, such as zh')).max(20),
    teams: z.array(z.string().max(128)).max(20),
    chatLimit: z.int().min(0).max(20).nullable().default(null).meta({ description: 'chats at once; 0: none, null: as policy says' }),
  })
  .meta({ id: 'AgentSettings' })
const agentView = z.object({ id: z.string(), name: z.string(), role: z.string(), version: z.int(), settings }).meta({ id: 'RoutedAgent' })
export type RoutedAgent = z.output<typeof agentView>
const forecastView = z.object({ queues: reachSchema }).meta({ id: 'AgentForecast' })
export type AgentForecastView = z.output<typeof forecastView>
const change = z.strictObject({ since: z.int().min(0), settings })
const bodyExample = { since: 0, settings: { skills: { large_amounts: 3 }, languages: ['zh', 'en'], teams: [], chatLimit: null } }
const noAgent = { 404: { description: 'There is no such agent.' } }

/** Whoever takes calls: what they can do and which teams they are in. */
export function agentEndpoints({ db, gate, messages }: RoutingDeps): Endpoint[] {
  const access = gate.staff(...arranging)
  const takesCalls: { role: { in: Role[] } } = { role: { in: ['agent', 'supervisor'] } }

  async function changeOf(caller: Staff, userId: string, { since, settings: wanted }: z.output<typeof change>) {
    const user = await db.staffUser.findFirst({ where: { id: userId, ...takesCalls } })
    if (!user) throw notFound('There is no such agent.')
    await demandTeams(db, wanted.teams)
    return { user, since, settings: wanted, actor: actorOf(caller) }
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/routing/agents',
      tag,
      summary: 'What agents can do, and their teams',
      access,
      answers: { 200: { description: 'Whoever takes calls, by name.', schema: z.object({ agents: z.array(agentView) }) } },
      async handle() {
        const [users, versions] = await Promise.all([db.staffUser.findMany({ where: { active: true, ...takesCalls }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }), versionsOf(db, 'agent')])
        return { agents: users.map((user) => ({ id: user.id, name: user.name, role: user.role, version: versions.get(user.id) ?? 0, settings: agentSettings(user) })) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/routing/agents/:userId/forecast',
      tag,
      summary: 'What a change of an agent would do, before it is saved',
      access,
      params: userParams,
      body: change,
      bodyExample,
      answers: { 200: { description: 'Counted as if it were in force now; nothing was changed.', schema: forecastView }, ...noAgent, ...outdated },
      async handle({ caller, params: { userId }, body }) {
        const wanted = await changeOf(caller, userId, body)
        const { queues } = await dryRun(db, (tx) => arrangeAgent(tx, wanted)).catch(refuseInWords)
        return { queues }
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/routing/agents/:userId',
      tag,
      summary: 'Change what an agent may be given',
      access,
      params: userParams,
      body: change,
      bodyExample,
      answers: { 200: { description: 'From the next offer on.', schema: agentView }, ...noAgent, ...outdated },
      async handle({ caller, params: { userId }, body }) {
        const wanted = await changeOf(caller, userId, body)
        const { version } = await transact(db, (tx) => arrangeAgent(tx, wanted)).catch(refuseInWords)
        // A case may have waited for just this skill.
        await messages.offerToFreeAgent(userId)
        return { id: userId, name: wanted.user.name, role: wanted.user.role, version, settings: body.settings }
      },
    }),
  ]
}

async function demandTeams(db: Database, teams: string[]): Promise<void> {
  const known = new Set((await db.team.findMany({ where: { id: { in: teams } }, select: { id: true } })).map(({ id }) => id))
  const unknown = teams.flatMap((id, index) => (known.has(id) ? [] : [{ field: `settings.teams.${index}`, message: 'is not a team' }]))
  if (unknown.length > 0) throw invalid(unknown)
}
