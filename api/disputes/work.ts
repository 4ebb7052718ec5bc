import { z } from 'zod'
import { disputeRequestSchema } from '../../domain/dispute/request'
import { disputeWorkflowId } from '../../domain/dispute/dispute'
import type { Prisma } from '../../generated/prisma/client'
import { tellWorkflow } from '../../providers/caseWorkflows'
import { DisputeOver, takeUp } from '../../records/disputes/progress'
import { actorOf, type Staff } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { noteReading } from '../views/caseReading'
import { caseParams } from '../views/ids'
import { paging } from '../views/caseSearch'
import type { Sight } from '../views/person'
import { disputeNews } from '../../domain/dispute/messages'
import type { DisputeDeps } from './disputes'
import { openingAnswers, openFor, openingExample } from './opening'
import { disputeRowSchema, disputeSchema, readDispute, readDisputes } from './view'
import { deciding, tag, working } from './working'

const listQuery = z.strictObject({ show: z.enum(['open', 'mine', 'untaken', 'closed']).default('open'), limit: paging.limit })

/** Opening a dispute for a payer, the list with its clocks, and taking one up. */
export function workEndpoints({ db, temporal, gate, log }: DisputeDeps): Endpoint[] {
  const access = gate.staff(...working)
  return [
    endpoint({
      method: 'post',
      path: '/v1/disputes',
      tag,
      summary: 'Dispute a payment for a payer',
      description: 'For a payment that was flagged, its id and the reason are enough.',
      access: gate.either({ roles: working, scopes: ['risk-engine', 'payments-core'] }),
      body: disputeRequestSchema,
      bodyExample: openingExample,
      answers: openingAnswers,
      async handle({ caller, body, response }) {
        const opened = await openFor({ db, temporal, log }, body, actorOf(caller))
        response.locals.status = opened.joined ? 200 : 202
        return opened
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/disputes',
      tag,
      summary: 'Disputes, the nearest clock first',
      description: 'Names are masked.',
      access,
      query: listQuery,
      answers: { 200: { description: 'The list.', schema: z.object({ disputes: z.array(disputeRowSchema) }) } },
      async handle({ caller, query: { show, limit } }) {
        return { disputes: await readDisputes(db, filterOf(show, caller), limit) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/disputes/:caseId',
      tag,
      summary: 'A dispute with its evidence, clocks, money and messages',
      description: 'Unmasked for whoever has taken it up, and for supervisors and compliance, whose reading is a row of the audit log.',
      access,
      params: caseParams,
      answers: { 200: { description: 'The dispute.', schema: disputeSchema }, 404: { description: 'There is no such dispute.' } },
      async handle({ caller, params: { caseId } }) {
        const dispute = await readDispute(db, caseId, await sightOf(caller, caseId))
        if (!dispute) throw notFound('There is no such dispute.')
        return dispute
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/disputes/:caseId/take-up',
      tag,
      summary: 'Take a dispute up, or take it over',
      access,
      params: caseParams,
      answers: { 204: { description: 'It is yours.' }, 404: { description: 'There is no such dispute.' }, 409: { description: 'It is closed.' } },
      async handle({ caller, params: { caseId }, log: caseLog }) {
        const taken = await takeUp(db, caseId, { id: caller.id, actor: actorOf(caller) }).catch((error: unknown) => {
          throw error instanceof DisputeOver ? conflict(error.message) : error
        })
        if (!taken) throw notFound('There is no such dispute.')
        await tellWorkflow(temporal, disputeWorkflowId(caseId), disputeNews).catch((error: unknown) =>
          caseLog.warn({ err: error }, 'the payer’s text message waits for the next news'),
        )
      },
    }),
  ]

  /** Whoever works on it sees it all. Every reading is noted, once a minute, for the words of both sides are never masked. */
  async function sightOf(caller: Staff, caseId: string): Promise<Sight> {
    const dispute = await db.dispute.findUnique({ where: { caseId }, select: { handlerId: true } })
    if (dispute) await noteReading(db, caller, caseId)
    return deciding.includes(caller.role) || dispute?.handlerId === caller.id ? 'full' : 'masked'
  }
}

function filterOf(show: z.output<typeof listQuery>['show'], caller: Staff): Prisma.DisputeWhereInput {
  if (show === 'closed') return { case: { status: 'closed' } }
  const open = { case: { status: { not: 'closed' } } }
  if (show === 'mine') return { ...open, handlerId: caller.id }
  return show === 'untaken' ? { ...open, handlerId: null } : open
}
