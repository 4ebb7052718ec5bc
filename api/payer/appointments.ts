import type { Client } from '@temporalio/client'
import { identifier } from '../../domain/text'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { appoint, appointmentSchema, appointmentView } from '../views/appointment'

const wish = appointmentSchema.safeExtend({ payerId: identifier }).meta({ id: 'PayerAppointmentWish' })

/** The payer names a time in the payment app. */
export function appointmentEndpoints({ db, gate, temporal }: { db: Database; gate: Gate; temporal: Client }): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/v1/payer/appointments',
      tag: 'payer',
      summary: 'Say when the payer wants to be called',
      description: 'For the payer’s open case. A ring that is still owed comes all the same; after it nobody calls before that time, and the funds stay held.',
      access: gate.key('payer'),
      body: wish,
      bodyExample: { payerId: 'li-1001', at: '2099-05-25T18:00:00+08:00' },
      answers: {
        200: { description: 'The phone rings then.', schema: appointmentView },
        404: { description: 'This payer has no open case.' },
        409: { description: 'Everything in the case is decided.' },
      },
      async handle({ body: { payerId, at } }) {
        const open = await db.riskCase.findFirst({ where: { payerId, kind: 'callback', status: { not: 'closed' } }, select: { id: true } })
        if (!open) throw notFound('This payer has no open case.')
        return appoint({ db, temporal }, open.id, { at, actor: 'payer' })
      },
    }),
  ]
}
