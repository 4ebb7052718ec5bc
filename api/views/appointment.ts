import type { Client } from '@temporalio/client'
import { z } from 'zod'
import { appointmentMade } from '../../domain/messages'
import { tellCase } from '../../providers/caseWorkflows'
import { makeAppointment, NoAppointment } from '../../records/appointments'
import type { Database } from '../../records/database'
import { conflict, invalid, notFound } from '../problem'
import { iso, time } from './time'

/** Sooner than this is no appointment: the case is called by itself. */
const soonestMillis = 60_000

export const appointmentSchema = z
  .strictObject({
    at: z.iso
      .datetime({ offset: true, error: 'expected an RFC 3339 time, such as 2012-05-25T18:00:00+08:00' })
      .transform((value) => new Date(value))
      .refine((at) => at.getTime() >= Date.now() + soonestMillis, { error: 'expected a time at least a minute ahead' })
      .meta({ description: 'RFC 3339' }),
  })
  .meta({ id: 'AppointmentWish' })
export const appointmentView = z.object({ caseId: z.string(), at: time }).meta({ id: 'Appointment' })

/** Notes when the payer wants to be called, and tells the case, which waits until then. */
export async function appoint(deps: { db: Database; temporal: Client }, caseId: string, wish: { at: Date; actor: string }): Promise<z.output<typeof appointmentView>> {
  const theCase = await makeAppointment(deps.db, caseId, wish).catch((error: unknown) => {
    if (!(error instanceof NoAppointment)) throw error
    if (error.reason === 'unknown') throw notFound('There is no such case.')
    if (error.reason === 'closed') throw conflict('Everything in this case is decided; nobody calls any more.')
    throw invalid([{ field: 'at', message: `expected a time until ${iso(error.until!)}: the funds are not held for longer` }])
  })
  if (!(await tellCase(deps.temporal, theCase, appointmentMade, { at: iso(wish.at) }))) throw conflict('This case is over.')
  return { caseId, at: iso(wish.at) }
}
