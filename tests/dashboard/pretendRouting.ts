import { Router } from 'express'
import type { ListedScriptView, VersionedScriptView } from '../../api/scripts/scripts'
import type { ArrangementVersion, Queue, QueueForecast, RoutedAgent, Team } from '../../dashboard/src/api/routing'
import { builtInScripts } from '../../domain/script/builtIn'
import { at, pretendPeople } from './pretendTimeline'

const teams: Team[] = [{ id: 'large', version: 1, members: 2, settings: { name: 'Large amounts', active: true } }]
const queues: Queue[] = [
  {
    id: 'large',
    version: 3,
    waiting: 2,
    settings: {
      name: 'Large amounts',
      active: true,
      position: 10,
      criteria: { kinds: [], languages: [], methods: [], currency: 'CNY', amountFrom: 1_000_000 },
      stages: [
        { afterSeconds: 0, skills: { large_amounts: 2 }, language: true, teams: ['large'], agents: [] },
        { afterSeconds: 30, skills: {}, language: true, teams: [], agents: [] },
        { afterSeconds: 60, skills: {}, language: false, teams: [], agents: [] },
      ],
      dialMode: 'preview',
    },
  },
  {
    id: 'english',
    version: 1,
    waiting: 0,
    settings: {
      name: 'English',
      active: true,
      position: 20,
      criteria: { kinds: [], languages: ['en'], methods: [] },
      stages: [{ afterSeconds: 0, skills: {}, language: true, teams: [], agents: [] }],
      dialMode: 'adaptive',
    },
  },
]
const forecast: QueueForecast = {
  waitingCases: 2,
  stages: [
    { afterSeconds: 0, agents: 2, availableNow: 1 },
    { afterSeconds: 30, agents: 5, availableNow: 3 },
    { afterSeconds: 60, agents: 7, availableNow: 4 },
  ],
}
const versions: ArrangementVersion[] = [3, 2, 1].map((version) => ({
  version,
  body: { ...queues[0]?.settings },
  createdBy: 'supervisor:supervisor-1',
  createdByName: 'Supervisor One',
  createdAt: at(version * 86_400),
}))
const scripts: ListedScriptView[] = [
  { kind: 'callback', language: 'en', version: 0, changedBy: null, changedByName: null, changedAt: null },
  { kind: 'callback', language: 'zh-CN', version: 3, changedBy: 'compliance:compliance-1', changedByName: 'Compliance One', changedAt: at(0) },
]
const script: VersionedScriptView = { kind: 'callback', language: 'zh-CN', version: 3, inForce: 'callback/zh-CN@3', document: builtInScripts['zh-CN'] }

const agents = Object.entries(pretendPeople)
  .filter(([id]) => id.startsWith('agent'))
  .map(([id, name], index): RoutedAgent => {
    const settings: RoutedAgent['settings'] = { skills: index === 0 ? { large_amounts: 3 } : {}, languages: ['zh', 'en'], teams: index === 0 ? ['large'] : [], chatLimit: null }
    return { id, name, role: 'agent', version: 1, settings }
  })

/** Queues, teams, skills and scripts, as somebody finds them who has arranged them. */
export function pretendRoutingRoutes(): Router {
  const router = Router()
  router.get('/routing/queues', (_request, response) => void response.json({ queues }))
  router.post('/routing/queues/forecast', (_request, response) => void response.json(forecast))
  router.get('/routing/teams', (_request, response) => void response.json({ teams }))
  router.get('/routing/agents', (_request, response) => void response.json({ agents }))
  router.get('/routing/versions', (_request, response) => void response.json({ versions }))
  router.get('/scripts', (_request, response) => void response.json({ scripts }))
  router.get('/scripts/:kind/:language', (_request, response) => void response.json(script))
  router.get('/scripts/:kind/:language/versions', (_request, response) => void response.json({ versions: [] }))
  router.get('/caller-numbers', (_request, response) => void response.json({ configured: '+14158675309', version: 0, numbers: [] }))
  return router
}
