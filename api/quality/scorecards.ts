import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { defaultScorecard } from '../../domain/quality/defaultScorecard'
import { scorecardSchema, type Scorecard } from '../../domain/quality/scorecard'
import { recordArrangement } from '../../records/arrangements'
import { sqlOf, transact } from '../../records/database'
import { newestScorecards } from '../../records/quality/scorecards'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { outdated, refuseInWords } from '../routing/arranging'
import type { SupervisionDeps } from '../supervision/supervision'
import { tag, watching } from '../supervision/watching'
import { scorecardParams } from '../views/ids'
import { scorecardView } from './shapes'

/** What calls are scored by. Every version stays; a review keeps the one that it was scored by. */
export function scorecardEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const access = gate.staff('supervisor')

  async function save(actor: string, id: string, since: number, settings: Scorecard) {
    const body = JSON.parse(JSON.stringify(settings)) as Parameters<typeof recordArrangement>[1]['body']
    const version = await transact(db, (tx) => recordArrangement(tx, { kind: 'scorecard', subject: id, body, actor, since })).catch(refuseInWords)
    return { id, version, settings }
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/scorecards',
      tag,
      summary: 'What calls are scored by',
      access: gate.staff(...watching),
      answers: { 200: { description: 'The newest version of each.', schema: z.object({ scorecards: z.array(scorecardView) }) } },
      handle: async () => ({ scorecards: await newestScorecards(sqlOf(db)) }),
    }),
    endpoint({
      method: 'post',
      path: '/v1/supervision/scorecards',
      tag,
      summary: 'Compose a scorecard',
      access,
      body: scorecardSchema,
      bodyExample: defaultScorecard,
      answers: { 201: { description: 'For reviews that are begun from now on.', schema: scorecardView } },
      handle: ({ caller, body }) => save(actorOf(caller), `scorecard_${randomUUID()}`, 0, body),
    }),
    endpoint({
      method: 'put',
      path: '/v1/supervision/scorecards/:scorecardId',
      tag,
      summary: 'Change a scorecard, or switch it off',
      description: 'A new version; what was scored by an earlier one keeps it. Earlier versions are under `/v1/routing/versions` with the kind `scorecard`.',
      access,
      params: scorecardParams,
      body: z.strictObject({ since: z.int().min(1).meta({ description: 'the version that you read' }), settings: scorecardSchema }),
      bodyExample: { since: 1, settings: defaultScorecard },
      answers: { 200: { description: 'For reviews that are begun from now on.', schema: scorecardView }, 404: { description: 'There is no such scorecard.' }, ...outdated },
      async handle({ caller, params: { scorecardId }, body: { since, settings } }) {
        const known = await newestScorecards(sqlOf(db))
        if (!known.some(({ id }) => id === scorecardId)) throw notFound('There is no such scorecard.')
        return save(actorOf(caller), scorecardId, since, settings)
      },
    }),
  ]
}
