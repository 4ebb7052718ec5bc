import type { Client } from '@temporalio/client'
import { z } from 'zod'
import type { Log } from '../../configuration/log'
import { disputeStatuses } from '../../domain/dispute/dispute'
import type { DisputeRequest } from '../../domain/dispute/request'
import { handOverDispute } from '../../providers/disputes'
import type { Database } from '../../records/database'
import { DisputeConflict, openDispute, UnknownDisputedPayment } from '../../records/disputes/openDispute'
import { conflict, invalid } from '../problem'
import { time } from '../views/time'

/** Beyond this the answer does not wait for Temporal: the dispute is recorded, and recovery hands it over. */
const temporalPatienceMillis = 2_000

const openedSchema = z
  .object({
    caseId: z.string(),
    status: z.enum(disputeStatuses),
    joined: z.boolean().meta({ description: 'the payment was disputed already, and this was added to it' }),
    decideBy: time,
    finalBy: time,
  })
  .meta({ id: 'DisputeOpened' })

export const openingAnswers = {
  202: { description: 'Opened.', schema: openedSchema },
  200: { description: 'Joined the dispute that is open.', schema: openedSchema },
  409: { description: 'Another payer’s payment, or a dispute that was decided.' },
}

export const openingExample = {
  paymentId: 'pay_20261120_101500_0007',
  reason: 'wrong_place',
  statement: 'I was at home in Chengdu. The shop is in Shenzhen.',
  payment: {
    paidAt: '2026-11-20T02:15:00Z',
    amount: { amount: 128_00, currency: 'CNY' },
    method: 'face_payment',
    payee: { id: 'shop-12', name: 'Corner shop' },
    place: { city: 'Shenzhen' },
  },
  payer: { id: 'wang-1003', name: '王女士', phones: ['+8613800000003'], locale: 'zh-CN' },
}

/** Records a dispute, or joins the one that is open, and hands it to Temporal. */
export async function openFor(deps: { db: Database; temporal: Client; log: Log }, request: DisputeRequest, openedBy: string) {
  const { db, temporal, log } = deps
  const opened = await openDispute(db, request, openedBy).catch((error: unknown) => {
    if (error instanceof DisputeConflict) throw conflict(error.message)
    if (error instanceof UnknownDisputedPayment) throw invalid(error.missing.map((field) => ({ field, message: 'is needed: nobody flagged this payment' })))
    throw error
  })
  if (!opened.handedOver)
    try {
      await temporal.withDeadline(Date.now() + temporalPatienceMillis, () => handOverDispute(db, temporal, opened.input))
    } catch (error) {
      log.error({ caseId: opened.caseId, err: error }, 'Temporal did not take the dispute; recovery will hand it over')
    }
  const { caseId, status, how, decideBy, finalBy } = opened
  return { caseId, status, joined: how === 'joined', decideBy: decideBy.toISOString(), finalBy: finalBy.toISOString() }
}
