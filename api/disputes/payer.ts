import { z } from 'zod'
import { evidenceKinds, evidenceStates } from '../../domain/dispute/dispute'
import { disputeRequestSchema } from '../../domain/dispute/request'
import { freeText, identifier } from '../../domain/text'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { caseParams } from '../views/ids'
import { time } from '../views/time'
import type { DisputeDeps } from './disputes'
import { addedSchema, attach, fileBodyLimit, fileExample, fileRules, fileSchema } from './evidence'
import { openingAnswers, openFor, openingExample } from './opening'
import { tellDispute } from './telling'
import { disputeSchema, messageSchema, readDispute } from './view'

const tag = 'payer'
/** Who did it, when the app did it in the payer's name. */
const payerActor = 'payer'
const payerViewSchema = disputeSchema
  .pick({
    caseId: true,
    paymentId: true,
    amount: true,
    reason: true,
    status: true,
    decision: true,
    openedAt: true,
    decideBy: true,
    finalBy: true,
    appealBy: true,
    statement: true,
    decisionReason: true,
  })
  .extend({
    tasks: z.array(z.object({ kind: z.enum(evidenceKinds), state: z.enum(evidenceStates) })).meta({ description: 'what is looked into; not what was found' }),
    files: z.array(z.object({ fileId: z.string(), name: z.string(), addedAt: time })).meta({ description: 'those that the payer attached' }),
    messages: z.array(messageSchema),
  })
  .meta({ id: 'PayerDispute' })
const listQuery = z.strictObject({ payerId: identifier })
const rowSchema = z.object({ caseId: z.string(), paymentId: z.string(), status: z.string(), openedAt: time })
const appealSchema = z.strictObject({ reason: freeText(4_000).trim().min(1) }).meta({ id: 'DisputeAppeal' })

/** What the payments company's app asks in the payer's name. It has identified them. */
export function payerDisputeEndpoints({ db, temporal, gate, log }: DisputeDeps): Endpoint[] {
  const access = gate.key('payer')
  return [
    endpoint({
      method: 'post',
      path: '/v1/payer/disputes',
      tag,
      summary: 'Dispute a payment, flagged or not',
      description: 'A payment has one dispute. While it is open, another request joins it; after the decision there is an appeal, once.',
      access,
      body: disputeRequestSchema,
      bodyExample: openingExample,
      answers: openingAnswers,
      async handle({ body, response }) {
        const opened = await openFor({ db, temporal, log }, body, payerActor)
        response.locals.status = opened.joined ? 200 : 202
        return opened
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/disputes',
      tag,
      summary: 'The disputes of one payer, newest first',
      access,
      query: listQuery,
      answers: { 200: { description: 'All of them.', schema: z.object({ disputes: z.array(rowSchema) }) } },
      async handle({ query: { payerId } }) {
        const rows = await db.dispute.findMany({
          where: { case: { payerId } },
          include: { case: { select: { status: true } } },
          orderBy: { openedAt: 'desc' },
          take: 100,
        })
        return {
          disputes: rows.map((row) => ({ caseId: row.caseId, paymentId: row.paymentId, status: row.case.status, openedAt: row.openedAt.toISOString() })),
        }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/disputes/:caseId',
      tag,
      summary: 'A dispute as its payer sees it, with what they were told',
      access,
      params: caseParams,
      answers: { 200: { description: 'The dispute.', schema: payerViewSchema }, 404: { description: 'There is no such dispute.' } },
      async handle({ params }) {
        const dispute = await readDispute(db, params.caseId, 'full')
        if (!dispute) throw notFound('There is no such dispute.')
        // The parsing leaves out what is not the payer's to see.
        return payerViewSchema.parse({ ...dispute, files: dispute.files.filter(({ addedBy }) => addedBy === payerActor) })
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/disputes/:caseId/files',
      tag,
      summary: 'Attach what the payer has to show',
      description: fileRules,
      access,
      params: caseParams,
      body: fileSchema,
      bodyLimit: fileBodyLimit,
      bodyExample: fileExample,
      answers: { 201: { description: 'Attached.', schema: addedSchema }, 404: { description: 'There is no such dispute.' }, 409: { description: 'It is closed.' } },
      handle: ({ params: { caseId }, body }) => attach(db, caseId, payerActor, body),
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/disputes/:caseId/appeal',
      tag,
      summary: 'Appeal against the decision, once',
      access,
      params: caseParams,
      body: appealSchema,
      bodyExample: { reason: 'My ticket of that day shows where I was.' },
      answers: {
        202: { description: 'Somebody else looks at it anew.' },
        404: { description: 'There is no such dispute.' },
        409: { description: 'There is nothing to appeal against, or the time is up.' },
      },
      async handle({ caller, params: { caseId }, body, response, log: caseLog }) {
        if (!(await db.dispute.findUnique({ where: { caseId }, select: { caseId: true } }))) throw notFound('There is no such dispute.')
        await tellDispute({ db, temporal }, caseId, 'appealDispute', body.reason)
        caseLog.info({ by: actorOf(caller) }, 'an appeal was taken')
        response.status(202).end()
      },
    }),
  ]
}
