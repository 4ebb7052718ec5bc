import { z } from 'zod'
import { identifier } from '../../domain/text'
import { sideAnswerSchema, transferHelpRequestSchema } from '../../domain/transferHelp/request'
import { mediationEnded } from '../../domain/transferHelp/messages'
import { answerProposal } from '../../records/transferHelp/mediation'
import { nameFor } from '../views/person'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { caseParams } from '../views/ids'
import { openFor, openingAnswers, openingExample } from './opening'
import { refusedBy, tellHelp, type TransferHelpDeps } from './transferHelp'
import { helpSchema, readHelp } from './view'

const tag = 'payer'
const payerViewSchema = helpSchema
  .pick({
    caseId: true, transferId: true, kind: true, status: true, outcome: true, amount: true, openedAt: true, reason: true, transferredAt: true,
    held: true, returned: true, holdUntil: true, proposal: true, mediation: true, instalments: true, messages: true,
  })
  .extend({ payee: z.object({ id: z.string(), name: z.string().meta({ description: 'masked' }) }) })
  .meta({ id: 'PayerTransferHelp' })
const listQuery = z.strictObject({ payerId: identifier })
const listSchema = z.object({ cases: z.array(helpSchema.pick({ caseId: true, transferId: true, status: true, outcome: true, openedAt: true })) })
const missing = { 404: { description: 'There is no such case of help.' } }

/** What the payments company's app asks in the payer's name. It has identified them. */
export function payerHelpEndpoints(deps: TransferHelpDeps): Endpoint[] {
  const { db, gate } = deps
  const access = gate.key('payer')
  return [
    endpoint({
      method: 'post',
      path: '/v1/payer/transfer-help',
      tag,
      summary: 'Ask for help with a transfer that went wrong',
      description: 'Idempotent by transferId. What the payee still has of it is held at once, and staff contact the payee; the payer need not.',
      access,
      body: transferHelpRequestSchema,
      bodyExample: openingExample,
      answers: openingAnswers,
      async handle({ body, response }) {
        const { status, answer } = await openFor(deps, body, 'payer')
        response.locals.status = status
        return answer
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/transfer-help',
      tag,
      summary: 'What one payer has asked help for, newest first',
      access,
      query: listQuery,
      answers: { 200: { description: 'All of it.', schema: listSchema } },
      async handle({ query: { payerId } }) {
        const rows = await db.transferHelp.findMany({ where: { case: { payerId } }, include: { case: true }, orderBy: { openedAt: 'desc' }, take: 100 })
        const cases = rows.map(({ caseId, transferId, openedAt, case: { status, outcome } }) => ({ caseId, transferId, status, outcome, openedAt: openedAt.toISOString() }))
        return { cases }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/transfer-help/:caseId',
      tag,
      summary: 'A case of help as its payer sees it, with what they were told',
      access,
      params: caseParams,
      answers: { 200: { description: 'The case. The payee is masked.', schema: payerViewSchema }, ...missing },
      async handle({ params }) {
        const help = await readHelp(db, params.caseId, 'full')
        if (!help) throw notFound('There is no such case of help.')
        return payerViewSchema.parse({ ...help, payee: { id: help.payee.id, name: nameFor(help.payee.name, 'masked') } })
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/transfer-help/:caseId/mediation-answer',
      tag,
      summary: 'Whether the payer agrees to the mediator’s proposal',
      access,
      params: caseParams,
      body: sideAnswerSchema,
      bodyExample: { agrees: true },
      answers: { 202: { description: 'Heard.' }, ...missing, 409: { description: 'Nothing is proposed, or mediation is over.' } },
      async handle({ params: { caseId }, body, response }) {
        const agreement = await answerProposal(db, caseId, { side: 'payer', ...body, actor: 'payer' }).catch(refusedBy)
        if (agreement) await tellHelp(deps, caseId, mediationEnded, agreement)
        response.status(202).end()
      },
    }),
  ]
}
