import type { QueueStage } from '../domain/queue'
import { agentsAt } from './queueSettings'
import type { Transaction } from './database'

/** How many agents may have a queue's cases at its widest, and how many of its cases wait. Without an id: cases that no queue takes. */
export interface QueueReach {
  queueId: string | null
  name: string | null
  waiting: number
  agents: number
}

/** A queue whose cases more, fewer or other agents may have by a change. */
export interface ReachChange extends Omit<QueueReach, 'agents'> {
  agentsBefore: number
  agentsAfter: number
}

export async function reachOfQueues(tx: Transaction): Promise<QueueReach[]> {
  const [queues, waiting] = await Promise.all([
    tx.queue.findMany({ where: { active: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
    tx.riskCase.groupBy({ by: ['queueId'], where: { waitingSince: { not: null }, status: { not: 'closed' } }, _count: true }),
  ])
  const everybody: QueueStage = { afterSeconds: 0, skills: {}, language: false, teams: [], agents: [] }
  const places = [
    ...queues.map(({ id, name, languages, stages }) => ({ id, name, languages, stage: (stages as unknown as QueueStage[]).at(-1)! })),
    { id: null, name: null, languages: [], stage: everybody },
  ]
  const reach: QueueReach[] = []
  for (const { id, name, languages, stage } of places)
    reach.push({
      queueId: id,
      name,
      waiting: waiting.find(({ queueId }) => queueId === id)?._count ?? 0,
      agents: (await agentsAt(tx, stage, languages)).agents,
    })
  return reach
}

/** Makes a change, and tells whose cases more or fewer agents may have by it. */
export async function withReach<T>(tx: Transaction, change: () => Promise<T>): Promise<{ result: T; queues: ReachChange[] }> {
  const before = await reachOfQueues(tx)
  const result = await change()
  const after = await reachOfQueues(tx)
  const queues = after.flatMap(({ agents, ...queue }) => {
    const agentsBefore = before.find(({ queueId }) => queueId === queue.queueId)?.agents ?? 0
    return agentsBefore === agents ? [] : [{ ...queue, agentsBefore, agentsAfter: agents }]
  })
  return { result, queues }
}
