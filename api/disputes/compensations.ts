import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { z } from 'zod'
import { claimStatuses, compensationRecoveryWorkflowId, type ClaimStatus, type CompensationRecovery } from '../../domain/claim'
import { freeText, identifier } from '../../domain/text'
import { taskQueues } from '../../domain/messages'
import { keysOf } from '../../records/payouts'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { paymentParams } from '../views/ids'
import { moneyView } from '../views/payment'
import { nullableTime, time, iso } from '../views/time'
import type { DisputeDeps } from './disputes'

const tag = 'compensation'
const claimSchema = z
  .object({ paymentId: z.string(), caseId: z.string(), status: z.enum(claimStatuses), amount: moneyView, openedAt: time, dueAt: time, settledAt: nullableTime })
  .meta({ id: 'CompensationClaim' })
const recoverySchema = z
  .strictObject({ from: z.enum(['payer', 'payee']), accountId: identifier, reason: freeText(1_000).trim().min(1) })
  .meta({ id: 'CompensationRecovery' })

/** Full compensation: how a claim stands, and what comes back after it was paid. */
export function compensationEndpoints({ db, temporal, gate }: DisputeDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/compensations/:paymentId',
      tag,
      summary: 'The claim that a verdict has opened',
      access: gate.either({ roles: ['supervisor', 'compliance'], scopes: ['risk-engine', 'payments-core'] }),
      params: paymentParams,
      answers: { 200: { description: 'The claim.', schema: claimSchema }, 404: { description: 'This payment has no claim.' } },
      async handle({ params: { paymentId } }) {
        const claim = await db.compensationClaim.findUnique({ where: { paymentId } })
        if (!claim) throw notFound('This payment has no claim.')
        const { caseId, status, amount, currency, openedAt, dueAt, settledAt } = claim
        return {
          paymentId,
          caseId,
          status: status as ClaimStatus,
          amount: { amount: Number(amount), currency },
          openedAt: iso(openedAt),
          dueAt: iso(dueAt),
          settledAt: iso(settledAt),
        }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/compensations/:paymentId/recovery',
      tag,
      summary: 'The money was got back: the company takes what it had paid',
      description: 'By compliance, or by the payments core. Once; the ledger never gives back more than was paid.',
      access: gate.either({ roles: ['compliance'], scopes: ['payments-core'] }),
      params: paymentParams,
      body: recoverySchema,
      bodyExample: { from: 'payee', accountId: 'shop-12', reason: 'The payee gave the money up.' },
      answers: {
        202: { description: 'The ledger is asked for it.' },
        404: { description: 'This payment was not compensated.' },
        409: { description: 'It was recovered, or is being recovered.' },
      },
      async handle({ caller, params: { paymentId }, body, response }) {
        const keys = keysOf(paymentId)
        const moves = await db.moneyAction.findMany({ where: { key: { in: [keys.compensate, keys.recoverCompensation] } } })
        const paid = moves.find(({ key, status }) => key === keys.compensate && status === 'confirmed')
        if (!paid || paid.amount === null || paid.currency === null) throw notFound('This payment was not compensated.')
        if (moves.some(({ key }) => key === keys.recoverCompensation)) throw conflict('It was recovered, or is being recovered.')
        const amount = { amount: Number(paid.amount), currency: paid.currency }
        const recovery: CompensationRecovery = { caseId: paid.caseId, paymentId, amount, ...body, by: actorOf(caller) }
        await temporal.workflow
          .start('recoverCompensation', {
            workflowId: compensationRecoveryWorkflowId(paymentId),
            taskQueue: taskQueues.cases,
            args: [recovery],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          })
          .catch((error: unknown) => {
            throw error instanceof WorkflowExecutionAlreadyStartedError ? conflict('It was recovered, or is being recovered.') : error
          })
        response.status(202).end()
      },
    }),
  ]
}
