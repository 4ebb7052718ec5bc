import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { answerOffer, OfferRefused, type OfferAnswer } from '../../records/offers'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, forbidden, notFound } from '../problem'
import { caseSchema, readCase } from '../views/case'
import { offerParams } from '../views/ids'
import { offerSchema, readOffer } from '../views/presence'
import type { DeskDeps } from './desk'

const declineSchema = z
  .strictObject({
    reason: oneLine(200).optional(),
  })
  .meta({ id: 'Decline' })
const lost = { 403: { description: 'The offer is for another agent.' }, 409: { description: 'It was answered already, or its time is up.' } }

export function offerEndpoints({ db, gate, messages }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')

  async function answer(given: OfferAnswer): Promise<string> {
    const theCase = await answerOffer(db, given).catch((error: unknown) => {
      throw error instanceof OfferRefused ? refusals[error.reason](error.message) : error
    })
    const { offerId, agentId, accepted } = given
    await (theCase.transfer ? messages.transferAnswered : messages.offerAnswered)(theCase, { offerId, agentId, accepted })
    return theCase.caseId
  }

  return [
    endpoint({
      method: 'post',
      path: '/v1/desk/offers/:offerId/accept',
      tag: 'desk',
      summary: 'Take the case',
      description: 'Exactly one answer to an offer wins. From now on the agent sees names and numbers as they are.',
      access,
      params: offerParams,
      answers: { 200: { description: 'The case is yours.', schema: z.object({ offer: offerSchema, case: caseSchema }) }, ...lost },
      async handle({ caller, params }) {
        const caseId = await answer({ offerId: params.offerId, agentId: caller.id, accepted: true })
        const [offer, theCase] = await Promise.all([readOffer(db, params.offerId), readCase(db, caseId, 'full')])
        return { offer, case: theCase }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/offers/:offerId/decline',
      tag: 'desk',
      summary: 'Leave the case to somebody else',
      access,
      params: offerParams,
      body: declineSchema,
      bodyOptional: true,
      bodyExample: { reason: 'I know the payer' },
      answers: { 204: { description: 'It moves on to the next agent.' }, ...lost },
      async handle({ caller, params, body }) {
        await answer({ offerId: params.offerId, agentId: caller.id, accepted: false, ...(body?.reason ? { reason: body.reason } : {}) })
        // Another case may wait for whoever has just become free again.
        await messages.offerToFreeAgent(caller.id)
      },
    }),
  ]
}

const refusals: Record<OfferRefused['reason'], (message: string) => Error> = {
  unknown: () => notFound('There is no such offer.'),
  not_yours: () => forbidden('This offer is for another agent.'),
  answered: () => conflict('This offer was answered already, or its time is up.'),
}
