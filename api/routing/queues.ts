import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { queueSchema, type QueueSettings } from '../../domain/queue'
import { transact, type Database } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { recordArrangement, versionsOf } from '../../records/arrangements'
import { forecastQueue, placeWaitingCases, putQueue, settingsOf } from '../../records/queueSettings'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { queueParams } from '../views/ids'
import { arranging, outdated, refuseInWords, tag } from './arranging'
import type { RoutingDeps } from './routing'

const version = z.int().min(0)
const queueView = z.object({ id: z.string(), version, waiting: z.int(), settings: queueSchema }).meta({ id: 'Queue' })
export type QueueView = z.output<typeof queueView>
const forecastView = z
  .object({
    waitingCases: z.int().meta({ description: 'waiting cases that would be in this queue' }),
    stages: z.array(
      z.object({
        afterSeconds: z.int(),
        agents: z.int().meta({ description: 'who may have its cases then' }),
        availableNow: z.int().meta({ description: 'of these, at work now' }),
      }),
    ),
  })
  .meta({ id: 'QueueForecast' })
export type QueueForecastView = z.output<typeof forecastView>
const change = z.strictObject({ since: version.meta({ description: 'the version that you read' }), settings: queueSchema })
const asked = z.strictObject({ queueId: z.string().max(128).optional(), settings: queueSchema })

const example = {
  name: 'English, large amounts',
  position: 10,
  criteria: { languages: ['en'], currency: 'CNY', amountFrom: 1_000_000 },
  stages: [
    { afterSeconds: 0, skills: { large_amounts: 2 }, language: true },
    { afterSeconds: 30, language: true },
    { afterSeconds: 60 },
  ],
  dialMode: 'adaptive',
}

export function queueEndpoints({ db, gate, messages }: RoutingDeps): Endpoint[] {
  const access = gate.staff(...arranging)

  /** Cases that wait are placed anew, and whoever is free and may have one gets it. */
  async function takeEffect(): Promise<void> {
    for (const agentId of await placeWaitingCases(db)) await messages.offerToFreeAgent(agentId)
  }

  async function save(actor: string, queueId: string, since: number, settings: QueueSettings) {
    const saved = await transact(db, async (tx) => {
      await putQueue(tx, queueId, settings)
      return recordArrangement(tx, { kind: 'queue', subject: queueId, body: JSON.parse(JSON.stringify(settings)), actor, since })
    }).catch(refuseInWords)
    await takeEffect()
    return { id: queueId, version: saved, waiting: await waitingIn(db, queueId), settings }
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/routing/queues',
      tag,
      summary: 'Which cases go to whom',
      description: 'In the order in which they are tried: the first active queue whose criteria a case meets takes it. A case that none takes may be had by anybody.',
      access,
      answers: { 200: { description: 'All queues.', schema: z.object({ queues: z.array(queueView) }) } },
      async handle() {
        const [rows, versions] = await Promise.all([db.queue.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }] }), versionsOf(db, 'queue')])
        const waiting = await Promise.all(rows.map(({ id }) => waitingIn(db, id)))
        return { queues: rows.map((row, index) => ({ id: row.id, version: versions.get(row.id) ?? 0, waiting: waiting[index], settings: settingsOf(row) })) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/routing/queues/forecast',
      tag,
      summary: 'What settings would do, before they are saved',
      access,
      body: asked,
      bodyExample: { settings: example },
      answers: { 200: { description: 'Counted as if they were in force now; nothing was changed.', schema: forecastView } },
      async handle({ body }) {
        const queueId = body.queueId ?? `queue_${randomUUID()}`
        return dryRun(db, async (tx) => {
          await putQueue(tx, queueId, body.settings)
          return forecastQueue(tx, queueId, body.settings)
        }).catch(refuseInWords)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/routing/queues',
      tag,
      summary: 'Make a queue',
      access,
      body: queueSchema,
      bodyExample: example,
      answers: { 201: { description: 'In force; cases that wait were placed anew.', schema: queueView }, ...outdated },
      handle: ({ caller, body }) => save(actorOf(caller), `queue_${randomUUID()}`, 0, body),
    }),
    endpoint({
      method: 'put',
      path: '/v1/routing/queues/:queueId',
      tag,
      summary: 'Change a queue, or switch it off',
      access,
      params: queueParams,
      body: change,
      bodyExample: { since: 1, settings: { ...example, active: false } },
      answers: { 200: { description: 'In force; cases that wait were placed anew.', schema: queueView }, 404: { description: 'There is no such queue.' }, ...outdated },
      async handle({ caller, params: { queueId }, body }) {
        if (!(await db.queue.findUnique({ where: { id: queueId } }))) throw notFound('There is no such queue.')
        return save(actorOf(caller), queueId, body.since, body.settings)
      },
    }),
  ]
}

function waitingIn(db: Database, queueId: string): Promise<number> {
  return db.riskCase.count({ where: { queueId, waitingSince: { not: null }, status: { not: 'closed' } } })
}
