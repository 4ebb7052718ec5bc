import type { Client } from '@temporalio/client'
import { z } from 'zod'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import { flaggedPaymentSchema } from '../../domain/flag'
import { signalCase } from '../../providers/caseWorkflows'
import type { Database } from '../../records/database'
import { acknowledgeFlag, FlagConflict, recordFlag, type FlagRecord } from '../../records/flags'
import { offerAtOnce } from '../../records/matching'
import type { Gate } from '../access/access'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict } from '../problem'

/** Beyond this the answer does not wait for Temporal: the flag is safe, and recovery hands it over. */
const temporalPatienceMillis = 2_000

const acceptedSchema = z
  .object({
    caseId: z.string(),
    paymentId: z.string(),
    status: z.string().meta({ description: 'where the case is' }),
    deadline: z.iso.datetime().meta({ description: 'when the promise breaks' }),
    predictedRingAt: z.iso.datetime(),
    promise: z.enum(['expected', 'at_risk', 'late']).meta({ description: 'whether the phone will ring before the deadline; late: it had passed when the payment was flagged' }),
    handedOver: z.boolean().meta({ description: 'false: Temporal is out of reach, the flag is recorded and is handed over as soon as it is back' }),
  })
  .meta({ id: 'FlagAccepted' })

const example = {
  paymentId: 'pay_20120525_090800_0001',
  paidAt: '2012-05-25T01:08:00Z',
  amount: { amount: 758700, currency: 'CNY' },
  method: 'quick_payment',
  payer: {
    id: 'li-1001',
    name: '李先生',
    phones: ['+8613800000001'],
    locale: 'zh-CN',
    security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
  },
  payee: { id: 'airline-77', name: 'Air tickets' },
  risk: { score: 82, rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }], device: {}, place: {} },
}

export interface IntakeDeps {
  db: Database
  temporal: Client
  configuration: Configuration
  gate: Gate
  log: Log
}

/** Intake needs PostgreSQL alone: the flag is recorded with its case, then handed to Temporal, then answered. */
export function flaggedPaymentEndpoints({ db, temporal, configuration, gate, log }: IntakeDeps): Endpoint[] {
  async function handOver({ flag, payment, opens }: FlagRecord): Promise<boolean> {
    if (payment.acknowledgedAt) return true
    try {
      await temporal.withDeadline(Date.now() + temporalPatienceMillis, () => signalCase(temporal, flag))
    } catch (error) {
      log.error({ caseId: flag.caseId, paymentId: flag.paymentId, err: error }, 'Temporal did not take the flag; recovery will hand it over')
      return false
    }
    if (opens)
      offerAtOnce(db, { caseId: flag.caseId, policyVersion: flag.policy.version }).catch((error: unknown) => log.warn({ caseId: flag.caseId, err: error }, 'no agent was looked for while the case starts'))
    // Written after the answer: when it is lost, recovery signals once more, which the case ignores.
    acknowledgeFlag(db, flag.paymentId).catch((error: unknown) => log.warn({ caseId: flag.caseId, err: error }, 'the hand-over was not noted'))
    return true
  }

  return [
    endpoint({
      method: 'post',
      path: '/v1/flagged-payments',
      tag: 'risk engine',
      summary: 'Flag a payment: its funds are held and the payer is called back',
      description: 'Idempotent by paymentId, for ever. A payer with an open case is not called twice: the payment joins that case.',
      access: gate.key('risk-engine'),
      body: flaggedPaymentSchema,
      bodyExample: example,
      answers: {
        202: { description: 'Recorded; the call is on its way.', schema: acceptedSchema },
        200: { description: 'Known already; nothing new happens.', schema: acceptedSchema },
        409: { description: 'The same paymentId was flagged before with another body, or the payment has not been made yet: it waits in an Answer Reminder.' },
      },
      async handle({ body, response }) {
        const record = await recordFlag(db, body, { callsPerSecond: configuration.telephony.callsPerSecond }).catch((error: unknown) => {
          throw error instanceof FlagConflict ? conflict(`${error.message}.`) : error
        })
        const { payment, case: theCase } = record
        response.locals.caseId = theCase.id
        const handedOver = await handOver(record)
        response.locals.status = record.known ? 200 : 202
        return {
          caseId: theCase.id,
          paymentId: payment.id,
          status: theCase.status,
          deadline: payment.deadline.toISOString(),
          predictedRingAt: payment.predictedRingAt.toISOString(),
          promise: payment.late ? 'late' : payment.predictedRingAt <= payment.deadline ? 'expected' : 'at_risk',
          handedOver,
        }
      },
    }),
  ]
}
