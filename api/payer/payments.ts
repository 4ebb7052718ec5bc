import { z } from 'zod'
import { helpChannels, reminderWorkflowId } from '../../domain/reminder/check'
import { paymentCheckSchema } from '../../domain/reminder/body'
import { helpPressed, payerSpoke } from '../../domain/reminder/messages'
import { startReminder, tellCase } from '../../providers/caseWorkflows'
import { policyVersion } from '../../records/policy'
import { sqlOf } from '../../records/database'
import { acknowledgeCheck, CheckConflict, recordCheck } from '../../records/reminder/checks'
import { pressHelp, recordWish, TooLate } from '../../records/reminder/payer'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound, unavailable } from '../problem'
import { checkSchema, readCheck, type CheckView } from './checkView'
import type { PayerDeps } from './payer'
import { createWaiting, waitQuery } from './waiting'

/** Beyond this the answer does not wait for Temporal: the payment is paused in PostgreSQL, and recovery hands it over. */
const temporalPatienceMillis = 2_000

export const paymentParams = z.object({ paymentId: z.string().regex(/^[\w.:@-]{1,128}$/) })
const helpSchema = z.strictObject({ channel: z.enum(helpChannels) }).meta({ id: 'HelpWanted' })
const confirmSchema = z
  .strictObject({ warningAcknowledged: z.literal(true, { error: 'expected true: the payer has read the warning and wants the payment all the same' }) })
  .meta({ id: 'PaymentConfirmed' })

const example = {
  paymentId: 'pay_20120525_210500_0190',
  amount: { amount: 19_000_000, currency: 'CNY' },
  method: 'transfer',
  payer: {
    id: 'zhang-2002',
    name: '张先生',
    phones: ['+8613800000002'],
    locale: 'zh-CN',
    security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
  },
  payee: { id: 'goddess-520', name: '小仙女', known: false },
}

const tag = 'payer'
const problems = {
  404: { description: 'Nobody asked about this payment.' },
  409: { description: 'Too late, or not now: the payment is decided, or cannot be confirmed yet.' },
}

/** Answer Reminder: the payment app asks before it pays. */
export function paymentEndpoints({ db, temporal, configuration, gate, live, log }: PayerDeps): Endpoint[] {
  const access = gate.key('payer')
  const { fromNumber } = configuration.telephony
  const waiting = createWaiting(live)

  async function view(paymentId: string): Promise<CheckView> {
    const found = await readCheck(db, paymentId, fromNumber)
    if (!found) throw notFound('Nobody asked about this payment.')
    return found
  }

  async function caseOf(paymentId: string): Promise<string> {
    const { caseId } = await view(paymentId)
    if (!caseId) throw conflict('This payment was decided at once; there is nothing to talk about.')
    return caseId
  }

  /** What PostgreSQL refuses because of where the payment is, the caller is told as a conflict. */
  async function unlessTooLate(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      throw error instanceof TooLate ? conflict(`Not possible: ${error.message}.`) : error
    })
  }

  async function tell(caseId: string, telling: (address: { payerId: string; workflowId: string }) => Promise<boolean>): Promise<void> {
    try {
      await temporal.withDeadline(Date.now() + temporalPatienceMillis, () => telling({ payerId: '', workflowId: reminderWorkflowId(caseId) }))
    } catch (error) {
      log.error({ caseId, err: error }, 'what the payer wants did not reach the case')
      throw unavailable('What the payer wants is noted; say it again so that it reaches the case.')
    }
  }

  return [
    endpoint({
      method: 'post',
      path: '/v1/payer/payments',
      tag,
      summary: 'Ask before a payment is made: pay, pause or refuse',
      description:
        'Idempotent by paymentId, for ever. Paused: hold the payment, show the button, and wait with `GET /v1/payer/payments/{paymentId}?wait=30&after=<version>` or for the event `risk-callback.reminder.decided`. On every unknown outcome the payment is not made.',
      access,
      body: paymentCheckSchema,
      bodyExample: example,
      answers: {
        200: { description: 'What to do with it; the same again for a payment that was asked about before.', schema: checkSchema },
        409: { description: 'The same paymentId was asked about before with another body.' },
      },
      async handle({ body, response }) {
        const { handOver } = await recordCheck(db, body).catch((error: unknown) => {
          throw error instanceof CheckConflict ? conflict(`${error.message}.`) : error
        })
        if (handOver) {
          const { caseId } = handOver
          response.locals.caseId = caseId
          try {
            await temporal.withDeadline(Date.now() + temporalPatienceMillis, () => startReminder(temporal, handOver))
            await acknowledgeCheck(db, caseId)
          } catch (error) {
            log.error({ caseId, err: error }, 'Temporal did not take a paused payment; recovery will hand it over')
          }
        }
        return view(body.paymentId)
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/payments/:paymentId',
      tag,
      summary: 'Where a payment is that was asked about',
      description:
        'With `wait` and `after` it answers as soon as the version is another than `after`, at the latest after `wait` seconds. A lost connection loses nothing: ask again.',
      access,
      params: paymentParams,
      query: waitQuery,
      answers: { 200: { description: 'The payment.', schema: checkSchema }, 404: problems[404] },
      handle: ({ params: { paymentId }, query, request }) =>
        waiting(
          request,
          query,
          () => view(paymentId),
          ({ caseId }) => caseId,
          ({ version }) => version,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/payments/:paymentId/help',
      tag,
      summary: 'The payer pressed the button: an agent by voice or chat, before all ordinary cases',
      description: 'By voice the payer dials `call.number` and keys in `call.code`; that costs no outgoing call.',
      access,
      params: paymentParams,
      body: helpSchema,
      bodyExample: { channel: 'chat' },
      answers: { 200: { description: 'Help is on its way.', schema: checkSchema }, ...problems },
      async handle({ params: { paymentId }, body: { channel } }) {
        const caseId = await caseOf(paymentId)
        const { policyVersion: version } = await db.riskCase.findUniqueOrThrow({ where: { id: caseId }, select: { policyVersion: true } })
        const { answerReminder } = await policyVersion(sqlOf(db), version)
        await unlessTooLate(pressHelp(db, caseId, channel, answerReminder.helpSeconds))
        await tell(caseId, (address) => tellCase(temporal, address, helpPressed, { channel }))
        return view(paymentId)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/payments/:paymentId/cancel',
      tag,
      summary: 'The payer does not want the payment any more',
      access,
      params: paymentParams,
      answers: { 200: { description: 'It will not be made.', schema: checkSchema }, ...problems },
      async handle({ params: { paymentId } }) {
        const caseId = await caseOf(paymentId)
        await unlessTooLate(recordWish(db, caseId, 'cancel'))
        await tell(caseId, (address) => tellCase(temporal, address, payerSpoke, { wants: 'cancel' }))
        return view(paymentId)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/payments/:paymentId/confirm',
      tag,
      summary: 'The payer wants the payment in spite of the warning',
      description: 'Only in the phase `confirming`: after the cooling-off, the delay or a talk.',
      access,
      params: paymentParams,
      body: confirmSchema,
      bodyExample: { warningAcknowledged: true },
      answers: { 200: { description: 'It is being made; the ledger’s confirmation makes it final.', schema: checkSchema }, ...problems },
      async handle({ params: { paymentId } }) {
        const caseId = await caseOf(paymentId)
        await unlessTooLate(recordWish(db, caseId, 'pay'))
        await tell(caseId, (address) => tellCase(temporal, address, payerSpoke, { wants: 'pay' }))
        return view(paymentId)
      },
    }),
  ]
}
