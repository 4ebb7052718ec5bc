import { z } from 'zod'
import { disputeDecisions, type DecisionEffect } from '../../domain/dispute/dispute'
import { freeText } from '../../domain/text'
import type { Database } from '../../records/database'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { caseParams } from '../views/ids'
import type { DisputeDeps } from './disputes'
import { tellDispute } from './telling'
import { deciding, tag } from './working'

const reason = freeText(4_000).trim().min(1)
const decisionSchema = z.strictObject({ decision: z.enum(disputeDecisions), reason }).meta({ id: 'DisputeDecision' })
const effectSchema = z.object({ effect: z.enum(['taken', 'waits']).meta({ description: 'waits: a second person must agree before it counts' }) })
const advanceSchema = z.strictObject({ reason }).meta({ id: 'AdvanceRequest' })

/** Deciding, and the money before the decision. */
export function decisionEndpoints({ db, temporal, gate }: DisputeDeps): Endpoint[] {
  const access = gate.staff(...deciding)
  return [
    endpoint({
      method: 'post',
      path: '/v1/disputes/:caseId/decision',
      tag,
      summary: 'Decide for the payer or against',
      description: 'Against: only when every piece of evidence was had, or cannot be had. After an appeal somebody else decides.',
      access,
      params: caseParams,
      body: decisionSchema,
      bodyExample: { decision: 'upheld', reason: 'The face that paid is not the payer’s.' },
      answers: {
        200: { description: 'Taken, or waiting for a second person.', schema: effectSchema },
        403: { description: 'You gave the decision that is appealed against.' },
        404: { description: 'There is no such dispute.' },
        409: { description: 'It is decided, or evidence is missing.' },
      },
      async handle({ caller, params: { caseId }, body }) {
        const dispute = await mustExist(db, caseId)
        const open = dispute.tasks.map(({ kind }) => kind)
        if (body.decision === 'rejected' && open.length > 0) throw conflict(`Evidence is missing: ${open.join(', ')}.`)
        return { effect: await tellDispute<DecisionEffect>({ db, temporal }, caseId, 'decideDispute', { ...body, by: actorOf(caller) }) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/disputes/:caseId/advance',
      tag,
      summary: 'Ask for the payer to have the money before the outcome',
      description: 'Above the policy’s threshold a second person must agree. A payment has one advance.',
      access,
      params: caseParams,
      body: advanceSchema,
      bodyExample: { reason: 'The payer depends on it.' },
      answers: {
        202: { description: 'Asked for.' },
        404: { description: 'There is no such dispute.' },
        409: { description: 'It is decided, or was asked for already.' },
      },
      async handle({ caller, params: { caseId }, body, response }) {
        await mustExist(db, caseId)
        await tellDispute({ db, temporal }, caseId, 'askForAdvance', { by: actorOf(caller), reason: body.reason })
        response.status(202).end()
      },
    }),
  ]
}

async function mustExist(db: Database, caseId: string) {
  const dispute = await db.dispute.findUnique({ where: { caseId }, include: { tasks: { where: { state: 'open', kind: { not: 'merchant_follow_up' } } } } })
  if (!dispute) throw notFound('There is no such dispute.')
  return dispute
}
