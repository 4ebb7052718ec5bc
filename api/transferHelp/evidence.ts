import { createHash } from 'node:crypto'
import type { Response } from 'express'
import { z } from 'zod'
import { helpEvidence } from '../../documents/helpEvidence'
import { createReport } from '../../documents/report'
import { auditSpan } from '../../records/auditSpan'
import { inTransaction } from '../../records/database'
import { appendEvents } from '../../records/timeline'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { caseParams } from '../views/ids'
import { nameFor, phoneFor } from '../views/person'
import { tag, working, type TransferHelpDeps } from './transferHelp'
import { readHelp } from './view'

const query = z.strictObject({ language: z.enum(['en', 'zh-CN']).default('zh-CN') })
const answers = {
  200: { description: 'PDF.', mediaType: 'application/pdf', schema: z.string().meta({ format: 'binary' }) },
  404: { description: 'There is no such case of help.' },
}
const description =
  'Payment records, contacts tried, what was said, hashes, and the way to the police and to court. The payee is masked. That it was made, and its SHA-256, is an event of the case.'

/** The evidence package, for the payer and for staff: the same document. */
export function evidenceEndpoints({ db, gate }: TransferHelpDeps): Endpoint[] {
  async function send(response: Response, about: { caseId: string; language: 'en' | 'zh-CN'; actor: string }): Promise<void> {
    const { caseId, language, actor } = about
    const [found, audit] = await Promise.all([readHelp(db, caseId, 'full'), auditSpan(db, caseId)])
    if (!found) throw notFound('There is no such case of help.')
    const attempts = found.attempts.map((attempt) => ({ ...attempt, phone: phoneFor(attempt.phone, 'masked') }))
    const help = { ...found, attempts, payee: { ...found.payee, name: nameFor(found.payee.name, 'masked'), phone: null } }
    const recordsSha256 = createHash('sha256').update(JSON.stringify(help)).digest('hex')
    const file = await createReport(helpEvidence({ help, audit, recordsSha256 }, language, new Date()))
    const sha256 = createHash('sha256').update(file).digest('hex')
    await inTransaction(db, (tx) => appendEvents(tx, caseId, [{ type: 'transfer_help_evidence_made', actor, data: { language, sha256, recordsSha256 } }]))
    response.type('application/pdf').attachment(`evidence-${caseId}.pdf`).send(file)
  }
  return [
    endpoint({
      method: 'get',
      path: '/v1/payer/transfer-help/:caseId/evidence',
      tag: 'payer',
      summary: 'The evidence package for the police and for court',
      description,
      access: gate.key('payer'),
      params: caseParams,
      query,
      answers,
      handle: ({ params: { caseId }, query: { language }, response }) => send(response, { caseId, language, actor: 'payer' }),
    }),
    endpoint({
      method: 'get',
      path: '/v1/transfer-help/:caseId/evidence',
      tag,
      summary: 'The evidence package, as the payer gets it',
      description,
      access: gate.staff(...working.filter((role) => role !== 'agent')),
      params: caseParams,
      query,
      answers,
      handle: ({ caller, params: { caseId }, query: { language }, response }) => send(response, { caseId, language, actor: actorOf(caller) }),
    }),
  ]
}
