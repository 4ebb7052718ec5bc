import type { AgentForecastView as AgentForecast, RoutedAgent } from '../../../api/routing/agents'
import type { QueueForecastView as QueueForecast, QueueView as Queue } from '../../../api/routing/queues'
import type { TeamForecastView as TeamForecast, TeamView as Team } from '../../../api/routing/teams'
import type { ArrangementVersionView as ArrangementVersion } from '../../../api/routing/versions'
import type { QueueSettings } from '../../../domain/queue'
import type { arrangementKinds } from '../../../records/arrangements'
import { request } from './request'

export type { AgentForecast, ArrangementVersion, Queue, QueueForecast, RoutedAgent, Team, TeamForecast }

export type { QueueSettings, QueueStage, QueueDialMode } from '../../../domain/queue'

const part = encodeURIComponent

export const routing = {
  queues: async () => (await request<{ queues: Queue[] }>('GET', '/v1/routing/queues')).queues,
  forecast: (queueId: string | undefined, settings: QueueSettings) =>
    request<QueueForecast>('POST', '/v1/routing/queues/forecast', { ...(queueId === undefined ? {} : { queueId }), settings }),
  saveQueue: (queue: Queue | undefined, settings: QueueSettings) =>
    queue === undefined
      ? request<Queue>('POST', '/v1/routing/queues', settings)
      : request<Queue>('PUT', `/v1/routing/queues/${part(queue.id)}`, { since: queue.version, settings }),
  teams: async () => (await request<{ teams: Team[] }>('GET', '/v1/routing/teams')).teams,
  saveTeam: (team: Team | undefined, settings: Team['settings']) =>
    team === undefined
      ? request<Team>('POST', '/v1/routing/teams', settings)
      : request<Team>('PUT', `/v1/routing/teams/${part(team.id)}`, { since: team.version, settings }),
  forecastTeam: (team: Team | undefined, settings: Team['settings']) =>
    request<TeamForecast>('POST', '/v1/routing/teams/forecast', { ...(team === undefined ? {} : { teamId: team.id }), since: team?.version ?? 0, settings }),
  agents: async () => (await request<{ agents: RoutedAgent[] }>('GET', '/v1/routing/agents')).agents,
  forecastAgent: (agent: RoutedAgent, settings: RoutedAgent['settings']) =>
    request<AgentForecast>('POST', `/v1/routing/agents/${part(agent.id)}/forecast`, { since: agent.version, settings }),
  saveAgent: (agent: RoutedAgent, settings: RoutedAgent['settings']) =>
    request<RoutedAgent>('PUT', `/v1/routing/agents/${part(agent.id)}`, { since: agent.version, settings }),
  versions: async (kind: (typeof arrangementKinds)[number], subject: string) =>
    (await request<{ versions: ArrangementVersion[] }>('GET', `/v1/routing/versions?kind=${kind}&subject=${part(subject)}`)).versions,
}
