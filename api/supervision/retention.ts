import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { currentPolicy } from '../../records/policy'
import { liftLegalHold, retentionOutlook, setLegalHold } from '../../records/retention'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { caseParams } from '../views/ids'
import { iso, nullableTime, time } from '../views/time'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const due = z.object({ due: z.int(), oldest: nullableTime })
const outlookSchema = z.object({
  policyVersion: z.int(),
  days: z.object({ recordings: z.int(), personalData: z.int() }),
  recordings: due,
  cases: due,
  onHold: z.int().meta({ description: 'cases under legal hold: nothing of them is deleted' }),
})
const reasonSchema = z.strictObject({
  reason: oneLine(500).min(3),
})
const holdSchema = z.object({ reason: z.string(), setBy: z.string(), setAt: time }).meta({ id: 'LegalHold' })
export type LegalHold = z.output<typeof holdSchema>
const missing = { 404: { description: 'There is no such case.' } }
const path = '/v1/supervision/cases/:caseId/legal-hold'

export function retentionEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/retention',
      tag,
      summary: 'What retention would delete and erase now, without doing it',
      access: gate.staff('compliance', 'admin'),
      answers: { 200: { description: 'By the policy in force.', schema: outlookSchema } },
      async handle() {
        const { version, body } = await currentPolicy(db)
        const { recordings, cases, onHold } = await retentionOutlook(db, body.retentionDays)
        const shown = (one: { due: number; oldest: Date | null }) => ({ due: one.due, oldest: iso(one.oldest) })
        return { policyVersion: version, days: body.retentionDays, recordings: shown(recordings), cases: shown(cases), onHold }
      },
    }),
    endpoint({
      method: 'get',
      path,
      tag,
      summary: 'Whether a case is under legal hold, and why',
      access: gate.staff(...watching),
      params: caseParams,
      answers: { 200: { description: 'The hold, or null.', schema: z.object({ legalHold: holdSchema.nullable() }) }, ...missing },
      async handle({ params: { caseId } }) {
        const found = await db.riskCase.findUnique({ where: { id: caseId }, select: { legalHold: true } })
        if (!found) throw notFound('There is no such case.')
        const { legalHold } = found
        return { legalHold: legalHold && { reason: legalHold.reason, setBy: legalHold.setBy, setAt: iso(legalHold.setAt) } }
      },
    }),
    endpoint({
      method: 'put',
      path,
      tag,
      summary: 'Put a case under legal hold: nothing of it is deleted',
      access: gate.staff('compliance'),
      params: caseParams,
      body: reasonSchema,
      bodyExample: { reason: 'Police request 2026-4711' },
      answers: { 204: { description: 'It is under legal hold.' }, 409: { description: 'It is already, for another reason.' }, ...missing },
      async handle({ caller, params: { caseId }, body: { reason } }) {
        const set = await setLegalHold(db, caseId, reason, actorOf(caller))
        if (set === undefined) throw notFound('There is no such case.')
        if (!set) throw conflict('This case is under legal hold already.')
      },
    }),
    endpoint({
      method: 'post',
      path: `${path}/lift`,
      tag,
      summary: 'Lift a legal hold: retention counts again',
      access: gate.staff('compliance'),
      params: caseParams,
      body: reasonSchema,
      bodyExample: { reason: 'Proceedings are over' },
      answers: { 204: { description: 'It is lifted.' }, 409: { description: 'The case is not under legal hold.' }, ...missing },
      async handle({ caller, params: { caseId }, body: { reason } }) {
        if (!(await db.riskCase.count({ where: { id: caseId } }))) throw notFound('There is no such case.')
        if (!(await liftLegalHold(db, caseId, reason, actorOf(caller)))) throw conflict('This case is not under legal hold.')
      },
    }),
  ]
}
