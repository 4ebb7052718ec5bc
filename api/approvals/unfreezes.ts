import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client'
import { z } from 'zod'
import { approvalRules } from '../../domain/approvals'
import { freeText, identifier } from '../../domain/text'
import { taskQueues, unfreezeWorkflowId, type UnfreezeInput } from '../../domain/messages'
import type { Database } from '../../records/database'
import { policyVersion } from '../../records/policy'
import type { Gate } from '../access/access'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, invalid, notFound } from '../problem'
import { caseParams } from '../views/ids'

const requestSchema = z.strictObject({ paymentId: identifier, reason: freeText(1_000).trim().min(1) }).meta({ id: 'UnfreezeRequest' })
const askedSchema = z.object({ paymentId: z.string(), expiresAt: z.iso.datetime() })

/** Frozen money is let go only by two: somebody asks, somebody else approves. */
export function unfreezeEndpoints({ db, temporal, gate }: { db: Database; temporal: Client; gate: Gate }): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/cases/:caseId/unfreezes',
      tag: 'approvals',
      summary: 'Ask for frozen money to be released',
      description: 'The ledger is asked to release it once a second person has approved; until then it stays frozen.',
      access: gate.staff('supervisor', 'compliance'),
      params: caseParams,
      body: requestSchema,
      bodyExample: { paymentId: 'pay_20120525_090800_0001', reason: 'The payer came to the counter with their identity card.' },
      answers: {
        202: { description: 'Asked for.', schema: askedSchema },
        404: { description: 'There is no such case.' },
        409: { description: 'The money is not frozen, or somebody has asked for it already.' },
      },
      async handle({ caller, params: { caseId }, body: { paymentId, reason } }) {
        const theCase = await db.riskCase.findUnique({ where: { id: caseId }, include: { payments: { where: { id: paymentId } } } })
        if (!theCase) throw notFound('There is no such case.')
        const [payment] = theCase.payments
        if (!payment) throw invalid([{ field: 'paymentId', message: 'is not a payment of this case' }])
        if (payment.fundsState !== 'frozen') throw conflict(`The money of ${paymentId} is not frozen.`)
        const { expirySeconds } = approvalRules(await policyVersion(db, theCase.policyVersion))
        const amount = { amount: Number(payment.amount), currency: payment.currency }
        await ask(temporal, { caseId, paymentId, amount, reason, requestedBy: actorOf(caller), expirySeconds })
        return { paymentId, expiresAt: new Date(Date.now() + expirySeconds * 1_000).toISOString() }
      },
    }),
  ]
}

async function ask(temporal: Client, input: UnfreezeInput): Promise<void> {
  try {
    await temporal.workflow.start('unfreeze', { workflowId: unfreezeWorkflowId(input.paymentId), taskQueue: taskQueues.cases, args: [input] })
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw conflict('Somebody has asked for it already; the request is open.')
    throw error
  }
}
