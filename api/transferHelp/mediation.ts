import { z } from 'zod'
import { helpNews, mediationEnded } from '../../domain/transferHelp/messages'
import { proposalSchema, sideAnswerSchema, sideSchema } from '../../domain/transferHelp/request'
import { freeText } from '../../domain/text'
import { answerProposal, giveUpMediation, propose } from '../../records/transferHelp/mediation'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { caseParams } from '../views/ids'
import { refusedBy, tag, tellHelp, working, type TransferHelpDeps } from './transferHelp'

const answerSchema = z.strictObject({ side: sideSchema, ...sideAnswerSchema.shape }).meta({ id: 'MediationAnswer' })
const endSchema = z.strictObject({ reason: freeText(4_000).trim().min(1) }).meta({ id: 'MediationEnd' })
const notNow = { 404: { description: 'There is no such case of help.' }, 409: { description: 'It is not in mediation, or nothing is proposed.' } }

/** Between both sides: a proposal, what each says to it, and giving up. */
export function mediationEndpoints(deps: TransferHelpDeps): Endpoint[] {
  const { db, gate } = deps
  const access = gate.staff(...working)
  return [
    endpoint({
      method: 'put',
      path: '/v1/transfer-help/:caseId/proposal',
      tag,
      summary: 'Propose to both sides what is returned',
      description: 'The payer reads it in their app. A later proposal takes the place of the one before.',
      access,
      params: caseParams,
      body: proposalSchema,
      bodyExample: { amount: 250_000, instalments: 1, words: 'One half now, and the matter is settled.' },
      answers: { 204: { description: 'Proposed.' }, ...notNow },
      async handle({ caller, params: { caseId }, body }) {
        await propose(db, caseId, actorOf(caller), body).catch(refusedBy)
        await tellHelp(deps, caseId, helpNews)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/transfer-help/:caseId/mediation-answers',
      tag,
      summary: 'What one side says to the proposal',
      description: 'When both agree, the money comes back as proposed.',
      access,
      params: caseParams,
      body: answerSchema,
      bodyExample: { side: 'payee', agrees: true },
      answers: { 202: { description: 'Heard.' }, ...notNow },
      async handle({ caller, params: { caseId }, body, response }) {
        const agreement = await answerProposal(db, caseId, { ...body, actor: actorOf(caller) }).catch(refusedBy)
        if (agreement) await tellHelp(deps, caseId, mediationEnded, agreement)
        response.status(202).end()
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/transfer-help/:caseId/mediation-end',
      tag,
      summary: 'Give mediation up',
      description: 'The evidence package is next, and the way to the police and to court.',
      access,
      params: caseParams,
      body: endSchema,
      bodyExample: { reason: 'The payee does not talk with us.' },
      answers: { 202: { description: 'Ended.' }, ...notNow },
      async handle({ caller, params: { caseId }, body, response }) {
        await giveUpMediation(db, caseId, actorOf(caller), body.reason).catch(refusedBy)
        await tellHelp(deps, caseId, mediationEnded, { agreed: false })
        response.status(202).end()
      },
    }),
  ]
}
