import { z } from 'zod'
import { countCases } from '../../records/caseSearch'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { caseSchema } from '../views/case'
import { readCaseFor, sightOf } from '../views/caseReading'
import { casePageSchema, historyFilter, paging, readPage } from '../views/caseSearch'
import { caseParams } from '../views/ids'
import { readTimeline, timelineSchema } from '../views/timeline'
import { exportCases } from './export'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const pageQuery = z.strictObject({ ...historyFilter.shape, ...paging })
const exportQuery = z.strictObject({ ...historyFilter.shape, format: z.enum(['csv', 'json']).default('csv') })
const missing = { 404: { description: 'There is no such case.' } }

export function historyEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const access = gate.staff(...watching)
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/histories',
      tag,
      summary: 'Call histories, newest first',
      description: 'Names are masked in lists.',
      access,
      query: pageQuery,
      answers: { 200: { description: 'One page.', schema: casePageSchema } },
      handle({ query }) {
        const { cursor, limit, ...filter } = query
        return readPage(db, { filter, cursor, limit, sight: 'masked' })
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/histories/export',
      tag,
      summary: 'Everything that a filter finds, as a file',
      description: 'Streamed, so that any number of rows takes little memory; `X-Total-Count` says beforehand how many there are. Names are masked; the export is a row of the audit log.',
      access,
      query: exportQuery,
      answers: { 200: { description: 'CSV (RFC 4180, UTF-8) or a JSON array.', mediaType: 'text/csv', schema: z.string() } },
      async handle({ caller, query, response }) {
        const { format, ...filter } = query
        await writeTrail(db, {
          actor: actorOf(caller),
          action: 'histories_exported',
          subject: 'histories',
          data: JSON.parse(JSON.stringify({ format, filter })),
        })
        await exportCases(db, response, { format, filter, total: await countCases(db, filter) })
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/cases/:caseId',
      tag,
      summary: 'A case as it is, unmasked',
      description: 'Seeing it is an event of the case and a row of the audit log.',
      access,
      params: caseParams,
      answers: { 200: { description: 'The case.', schema: caseSchema }, ...missing },
      handle: ({ caller, params }) => readCaseFor(db, caller, params.caseId),
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/cases/:caseId/timeline',
      tag,
      summary: 'Every event of a case in order',
      access,
      params: caseParams,
      answers: { 200: { description: 'The timeline.', schema: timelineSchema }, ...missing },
      async handle({ caller, params }) {
        await sightOf(db, caller, params.caseId)
        return readTimeline(db, params.caseId)
      },
    }),
  ]
}
