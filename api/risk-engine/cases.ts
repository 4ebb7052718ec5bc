import { z } from 'zod'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import { roles } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { caseSchema } from '../views/case'
import { readCaseFor, sightOf } from '../views/caseReading'
import { caseFilter, casePageSchema, paging, readPage } from '../views/caseSearch'
import { caseParams } from '../views/ids'
import { readTimeline, timelineSchema } from '../views/timeline'

const listQuery = z.strictObject({ ...caseFilter.shape, ...paging })
const refused = { 403: { description: 'The case is not one that you have or had.' }, 404: { description: 'There is no such case.' } }

/** What the risk engine, and staff by their session, may read. */
export function caseReadingEndpoints({ db, gate }: { db: Database; gate: Gate }): Endpoint[] {
  const access = gate.either({ scopes: ['risk-engine'], roles: [...roles] })
  const tag = 'risk engine'
  return [
    endpoint({
      method: 'get',
      path: '/v1/cases',
      tag,
      summary: 'Cases, newest first',
      description: 'Names are masked for staff. Agents find the cases that they have or had.',
      access,
      query: listQuery,
      answers: { 200: { description: 'One page.', schema: casePageSchema } },
      handle({ caller, query }) {
        const { cursor, limit, ...filter } = query
        // An agent finds what they had, whoever's they ask for.
        const own = caller.kind === 'staff' && caller.role === 'agent' ? { agentId: caller.id } : {}
        return readPage(db, { filter: { ...filter, ...own }, cursor, limit, sight: caller.kind === 'key' ? 'full' : 'masked' })
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/cases/:caseId',
      tag,
      summary: 'A case with its payments, attempts, verdicts and money actions',
      access,
      params: caseParams,
      answers: { 200: { description: 'The case.', schema: caseSchema }, ...refused },
      handle: ({ caller, params }) => readCaseFor(db, caller, params.caseId),
    }),
    endpoint({
      method: 'get',
      path: '/v1/cases/:caseId/timeline',
      tag,
      summary: 'Every event of a case in order, with actor and time',
      access,
      params: caseParams,
      answers: { 200: { description: 'The timeline.', schema: timelineSchema }, ...refused },
      async handle({ caller, params }) {
        await sightOf(db, caller, params.caseId)
        return readTimeline(db, params.caseId)
      },
    }),
  ]
}
