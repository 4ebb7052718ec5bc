import { createHash } from 'node:crypto'
import { z } from 'zod'
import { caseReport, type CaseFacts } from '../../documents/caseReport'
import { isTimeZone } from '../../documents/moments'
import { createReport } from '../../documents/report'
import type { CaseKind } from '../../domain/status'
import { auditSpan } from '../../records/auditSpan'
import { inTransaction, type Database } from '../../records/database'
import { appendEvents } from '../../records/timeline'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { readCase } from '../views/case'
import { caseParams } from '../views/ids'
import type { Sight } from '../views/person'
import { readTimeline } from '../views/timeline'
import type { SupervisionDeps } from './supervision'
import { tag } from './watching'

const reportQuery = z.strictObject({
  language: z.enum(['en', 'zh-CN']).default('en'),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'expected a time zone, such as Asia/Shanghai')
    .default('UTC')
    .meta({ description: 'whose clocks stand beside UTC' }),
  personalData: z.enum(['masked', 'full']).default('masked'),
})

export function caseReportEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/cases/:caseId/report',
      tag,
      summary: 'A case as a document for a regulator',
      description:
        'Facts, payments, calls, money actions with their ledger entries, the timeline in UTC and local time, and the hashes of the case’s first and last row of the audit log. That it was made, by whom and with which SHA-256, is an event of the case.',
      access: gate.staff('supervisor', 'compliance'),
      params: caseParams,
      query: reportQuery,
      answers: {
        200: { description: 'PDF.', mediaType: 'application/pdf', schema: z.string().meta({ format: 'binary' }) },
        404: { description: 'There is no such case.' },
      },
      async handle({ caller, params: { caseId }, query, response }) {
        const madeAt = new Date()
        const { language, timeZone, personalData } = query
        const facts = await readFacts(db, caseId, personalData)
        const report = caseReport(facts, { language, timeZone, unmasked: personalData === 'full', madeBy: caller.name, madeAt })
        const file = await createReport(report)
        const sha256 = createHash('sha256').update(file).digest('hex')
        const made = { type: 'report_made', actor: actorOf(caller), data: { personalData, language, sha256 } }
        await inTransaction(db, (tx) => appendEvents(tx, caseId, [made]))
        response.type('application/pdf').attachment(`case-${caseId}.pdf`).send(file)
      },
    }),
  ]
}

async function readFacts(db: Database, caseId: string, sight: Sight): Promise<CaseFacts> {
  const [view, row, { events, people }, audit] = await Promise.all([
    readCase(db, caseId, sight),
    db.riskCase.findUnique({ where: { id: caseId }, select: { kind: true } }),
    readTimeline(db, caseId),
    auditSpan(db, caseId),
  ])
  if (!view || !row) throw notFound('There is no such case.')
  return { kind: row.kind as CaseKind, view, events, people, audit }
}
