import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { currentPolicy } from '../../records/policy'
import { liftLegalHold, setLegalHold } from '../../records/retention'
import { retentionOutlook, type Due } from '../../records/retentionOutlook'
import { lastRuns } from '../../records/retentionRuns'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { caseParams } from '../views/ids'
import { iso, nullableTime, time } from '../views/time'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const due = z.object({
  due: z.int().meta({ description: 'what the next run would delete or erase' }),
  oldest: nullableTime,
  held: z.int().meta({ description: 'past retention too, and kept by a legal hold' }),
})
const runSchema = z.object({
  runId: z.string(),
  policyVersion: z.int(),
  startedAt: time,
  finishedAt: nullableTime.meta({ description: 'null while it runs' }),
  recordings: z.int(),
  cases: z.int(),
  paymentChecks: z.int(),
  transferChecks: z.int(),
  failed: z.int().meta({ description: 'could not be deleted then, and was left for the next run' }),
})
const outlookSchema = z
  .object({
    policyVersion: z.int(),
    days: z.object({ recordings: z.int(), personalData: z.int(), checks: z.int() }),
    recordings: due.meta({ description: 'recordings with their transcripts' }),
    cases: due.meta({ description: 'closed cases' }),
    paymentChecks: due.meta({ description: 'payments that were asked about and never paused' }),
    transferChecks: due.meta({ description: 'transfers that were checked' }),
    onHold: z.int().meta({ description: 'cases under legal hold: nothing of them is deleted' }),
    runs: z.array(runSchema).meta({ description: 'the last runs, newest first; each that ended is a row of the audit log' }),
  })
  .meta({ id: 'RetentionOutlook' })
export type RetentionOutlookView = z.output<typeof outlookSchema>
const runsShown = 30
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
      summary: 'What retention would delete and erase now, without doing it, and what its last runs did',
      access: gate.staff('compliance', 'admin'),
      answers: { 200: { description: 'By the policy in force.', schema: outlookSchema } },
      async handle() {
        const { version, body } = await currentPolicy(db)
        const [{ onHold, ...kinds }, runs] = await Promise.all([retentionOutlook(db, body.retentionDays), lastRuns(db, runsShown)])
        const shown = (one: Due) => ({ ...one, oldest: iso(one.oldest) })
        return {
          policyVersion: version,
          days: body.retentionDays,
          recordings: shown(kinds.recordings),
          cases: shown(kinds.cases),
          paymentChecks: shown(kinds.paymentChecks),
          transferChecks: shown(kinds.transferChecks),
          onHold,
          runs: runs.map(({ id, startedAt, finishedAt, ...run }) => ({ runId: id, startedAt: iso(startedAt), finishedAt: iso(finishedAt), ...run })),
        }
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
