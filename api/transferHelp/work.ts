import { z } from 'zod'
import { payeeAnswered } from '../../domain/transferHelp/messages'
import { payeeAnswerSchema, transferHelpRequestSchema } from '../../domain/transferHelp/request'
import { Prisma } from '../../generated/prisma/client'
import { recordPayeeAnswer, takeUpHelp } from '../../records/transferHelp/progress'
import { actorOf, type Staff } from '../access/caller'
import { holds } from '../desk/holding'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { noteReading } from '../views/caseReading'
import { paging } from '../views/caseSearch'
import { caseParams } from '../views/ids'
import type { Sight } from '../views/person'
import { openFor, openingAnswers, openingExample } from './opening'
import { refusedBy, tag, tellHelp, working, type TransferHelpDeps } from './transferHelp'
import { helpRowSchema, helpSchema, readHelp, readHelps } from './view'

const listQuery = z.strictObject({ show: z.enum(['open', 'attention', 'mine', 'closed']).default('open'), limit: paging.limit })
const missing = { 404: { description: 'There is no such case of help.' } }

/** Opening a case for a payer, the list, one case, and what the payee said to a person. */
export function helpWorkEndpoints(deps: TransferHelpDeps): Endpoint[] {
  const { db, gate } = deps
  const access = gate.staff(...working)
  return [
    endpoint({
      method: 'post',
      path: '/v1/transfer-help',
      tag,
      summary: 'Ask for help for a payer, in one conversation',
      access,
      body: transferHelpRequestSchema,
      bodyExample: openingExample,
      answers: openingAnswers,
      async handle({ caller, body, response }) {
        const { status, answer } = await openFor(deps, body, actorOf(caller))
        response.locals.status = status
        return answer
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/transfer-help',
      tag,
      summary: 'Cases of help, what needs somebody first',
      description: 'Names are masked.',
      access,
      query: listQuery,
      answers: { 200: { description: 'The list.', schema: z.object({ cases: z.array(helpRowSchema) }) } },
      async handle({ caller, query: { show, limit } }) {
        const open = { status: { not: 'closed' } }
        const wanted = {
          open: { case: open },
          attention: { case: { ...open, needsAttention: { not: Prisma.DbNull } } },
          mine: { case: open, handlerId: caller.id },
          closed: { case: { status: 'closed' } },
        }
        return { cases: await readHelps(db, wanted[show], limit) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/transfer-help/:caseId',
      tag,
      summary: 'One case of help: money, the payee’s answer, calls, mediation, what the payer was told',
      description: 'Unmasked for whoever works on it, and for supervisors and compliance, whose reading is a row of the audit log.',
      access,
      params: caseParams,
      answers: { 200: { description: 'The case.', schema: helpSchema }, ...missing },
      async handle({ caller, params: { caseId } }) {
        const help = await readHelp(db, caseId, await sightOf(caller, caseId))
        if (!help) throw notFound('There is no such case of help.')
        return help
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/transfer-help/:caseId/take-up',
      tag,
      summary: 'Take a case up, or take it over',
      access,
      params: caseParams,
      answers: { 204: { description: 'It is yours.' }, ...missing, 409: { description: 'It is closed.' } },
      async handle({ caller, params: { caseId } }) {
        const taken = await takeUpHelp(db, caseId, { id: caller.id, actor: actorOf(caller) }).catch(refusedBy)
        if (!taken) throw notFound('There is no such case of help.')
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/transfer-help/:caseId/payee-answer',
      tag,
      summary: 'What the payee said to you',
      description: 'All of it or an amount, at once or in parts; or no. The first answer counts; after a refusal, while somebody mediates, consent still does.',
      access,
      params: caseParams,
      body: payeeAnswerSchema,
      bodyExample: { answer: 'return', instalments: 3 },
      answers: { 202: { description: 'Heard.' }, ...missing, 409: { description: 'The payee has answered, or it is too late.' } },
      async handle({ caller, params: { caseId }, body, response }) {
        const given = { ...body, by: actorOf(caller) }
        if (!(await recordPayeeAnswer(db, caseId, given).catch(refusedBy))) throw notFound('There is no such case of help.')
        await tellHelp(deps, caseId, payeeAnswered, given)
        response.status(202).end()
      },
    }),
  ]

  /** Whoever works on it, or has the payee on the line, sees it all; the reading of those who look over shoulders is noted. */
  async function sightOf(caller: Staff, caseId: string): Promise<Sight> {
    const help = await db.transferHelp.findUnique({ where: { caseId }, select: { handlerId: true } })
    if (!help) throw notFound('There is no such case of help.')
    if (caller.role === 'agent') return help.handlerId === caller.id || (await holds(db, caller.id, caseId)) ? 'full' : 'masked'
    await noteReading(db, caller, caseId)
    return 'full'
  }
}
