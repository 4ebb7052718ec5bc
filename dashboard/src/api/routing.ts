import type { RoutedAgent } from '../../../api/routing/agents'
import type { QueueForecastView as QueueForecast, QueueView as Queue } from '../../../api/routing/queues'
import type { TeamView as Team } from '../../../api/routing/teams'
import type { ArrangementVersionView as ArrangementVersion } from '../../../api/routing/versions'
import type { QueueSettings } from '../../../domain/queue'
import type { ArrangementKind } from '../../../records/arrangements'
import { request } from './request'

export type { ArrangementKind, ArrangementVersion, Queue, QueueForecast, RoutedAgent, Team }

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
  agents: async () => (await request<{ agents: RoutedAgent[] }>('GET', '/v1/routing/agents')).agents,
  saveAgent: (agent: RoutedAgent, settings: RoutedAgent['settings']) =>
    request<RoutedAgent>('PUT', `/v1/routing/agents/${part(agent.id)}`, { since: agent.version, settings }),
  versions: async (kind: ArrangementKind, subject: string) =>
    (await request<{ versions: ArrangementVersion[] }>('GET', `/v1/routing/versions?kind=${kind}&subject=${part(subject)}`)).versions,
}
