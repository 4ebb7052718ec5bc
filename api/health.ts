import type { Client } from '@temporalio/client'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import { anybody, endpoint, type Endpoint } from './endpoint'
import type { Live } from './live'

const partSchema = z.object({ state: z.enum(['up', 'down']), millis: z.int().optional(), reason: z.string().optional() })
const readinessSchema = z
  .object({ status: z.enum(['ready', 'not_ready']), parts: z.object({ postgresql: partSchema, temporal: partSchema, live: partSchema }) })
  .meta({ id: 'Readiness' })
type Part = z.output<typeof partSchema>

const patience = 2_000

export interface HealthDeps {
  pool: pg.Pool
  temporal: Client
  live: Live
  metrics: Registry
}

/** For load balancers and monitoring. */
export function healthEndpoints({ pool, temporal, live, metrics }: HealthDeps): Endpoint[] {
  const postgresql = () => pool.query('SELECT 1')
  const engine = () => temporal.connection.withDeadline(Date.now() + patience, () => temporal.connection.workflowService.getSystemInfo({}))

  return [
    endpoint({
      method: 'get',
      path: '/healthz',
      tag: 'operation',
      summary: 'Is this process alive?',
      access: anybody,
      answers: { 200: { description: 'It is.', schema: z.object({ status: z.literal('alive') }), example: { status: 'alive' } } },
      handle: () => ({ status: 'alive' }),
    }),
    endpoint({
      method: 'get',
      path: '/readyz',
      tag: 'operation',
      summary: 'Can it do its work, and if not, which part is away?',
      access: anybody,
      answers: {
        200: {
          description: 'PostgreSQL and Temporal answer.',
          schema: readinessSchema,
          example: { status: 'ready', parts: { postgresql: { state: 'up', millis: 1 }, temporal: { state: 'up', millis: 3 }, live: { state: 'up' } } },
        },
        503: { description: 'One of them does not.', schema: readinessSchema },
      },
      async handle({ response }) {
        const [database, workflows] = await Promise.all([probe(postgresql), probe(engine)])
        const ready = database.state === 'up' && workflows.state === 'up'
        response.locals.status = ready ? 200 : 503
        // Live changes heal by themselves and are no reason to send requests elsewhere.
        const parts = { postgresql: database, temporal: workflows, live: { state: live.connected ? 'up' : 'down' } }
        return { status: ready ? 'ready' : 'not_ready', parts }
      },
    }),
    endpoint({
      method: 'get',
      path: '/metrics',
      tag: 'operation',
      summary: 'Metrics for Prometheus',
      access: anybody,
      answers: { 200: { description: 'In the text format of Prometheus.', mediaType: 'text/plain', schema: z.string() } },
      async handle({ response }) {
        response.type(metrics.contentType).send(await metrics.metrics())
      },
    }),
  ]
}

/** The reason is a word, not an error's text: addresses and account names are nobody's business here. */
async function probe(ask: () => Promise<unknown>): Promise<Part> {
  const start = Date.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(new Error('late')), patience)))
  try {
    await Promise.race([ask(), late])
    return { state: 'up', millis: Date.now() - start }
  } catch (error) {
    return { state: 'down', reason: error instanceof Error && error.message === 'late' ? 'does not answer in time' : 'cannot be reached' }
  } finally {
    clearTimeout(timer)
  }
}
