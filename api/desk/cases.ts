import { z } from 'zod'
import { freeText } from '../../domain/text'
import { verdictKinds } from '../../domain/money'
import { queueDialModes, type QueueDialMode } from '../../domain/queue'
import { guidanceFor } from '../../domain/script/guidance'
import type { Payee } from '../../domain/transferHelp/help'
import { scriptFor } from '../../domain/script/script'
import { saveNote } from '../../records/caseNotes'
import { findCases } from '../../records/caseSearch'
import { sqlOf, type Database } from '../../records/database'
import { readGuidance } from '../../records/guidance'
import { policyVersion } from '../../records/policy'
import { scriptOfCase } from '../../records/scripts'
import { endpoint, type Endpoint } from '../endpoint'
import { caseSchema, readCase, type CaseView } from '../views/case'
import { caseParams } from '../views/ids'
import { readSummaries, summarySchema } from '../views/summary'
import type { DeskDeps } from './desk'
import { adviceSchema } from './guidance'
import { heldCase } from './holding'

const earlierShown = 10

const deskCaseSchema = z
  .object({
    ...caseSchema.shape,
    script: z.object({ reference: z.string().meta({ description: 'kind of case, language and version, such as callback/en@3' }), language: z.string(), opening: z.string(), questions: z.array(z.string()), closing: z.string() }),
    guidance: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })).meta({ description: 'the largest hole of the account first' }),
    guidanceGiven: z.array(adviceSchema).meta({ description: 'what was advised so far in this case' }),
    history: z.array(summarySchema).meta({ description: 'earlier cases of this payer, newest first' }),
    notes: z.string().nullable(),
    dialMode: z.enum(queueDialModes).nullable().meta({ description: 'how the case’s queue dials; with preview you have the phone dialled' }),
    verdictActions: z
      .partialRecord(z.enum(verdictKinds), z.object({ funds: z.enum(['release', 'freeze', 'refund']), restrictAccount: z.boolean() }))
      .meta({ description: 'what each verdict does, by the policy of this case' }),
  })
  .meta({ id: 'DeskCase' })
export type DeskCase = z.output<typeof deskCaseSchema>

const notesSchema = z
  .strictObject({
    text: freeText(20_000),
  })
  .meta({ id: 'Notes' })
const notYours = { 403: { description: 'The case is not in your hands.' }, 404: { description: 'There is no such case.' } }

export function caseEndpoints({ db, gate }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')
  return [
    endpoint({
      method: 'get',
      path: '/v1/desk/cases/:caseId',
      tag: 'desk',
      summary: 'The case in your hands, with what to say',
      description: 'Only from accepting the offer until wrap-up is over.',
      access,
      params: caseParams,
      answers: { 200: { description: 'The case.', schema: deskCaseSchema }, ...notYours },
      async handle({ caller, params }) {
        const held = await heldCase(db, caller.id, params.caseId)
        const [view, history, note, policy, guidanceGiven, queue, inForce, help] = await Promise.all([
          readCase(db, held.id, 'full') as Promise<CaseView>,
          earlierCases(db, held),
          db.caseNote.findUnique({ where: { caseId_agentId: { caseId: held.id, agentId: caller.id } } }),
          policyVersion(db, held.policyVersion),
          readGuidance(sqlOf(db), held.id),
          held.queueId === null ? null : db.queue.findUnique({ where: { id: held.queueId }, select: { dialMode: true } }),
          scriptOfCase(sqlOf(db), held.id),
          held.kind === 'transfer_help' ? db.transferHelp.findUnique({ where: { caseId: held.id }, select: { payee: true } }) : null,
        ])
        const script = scriptFor(inForce!, {
          // The payee of a transfer that went wrong is on the line, and is not told who sent it.
          payerName: help === null ? view.payer.name : (help.payee as unknown as Payee).name,
          agentName: caller.name,
          payments: view.payments.map(({ amount, paidAt, payee }) => ({ amount, paidAt, payeeName: payee.name })),
          now: new Date(),
        })
        const guidance = guidanceFor(inForce!.document, view.payer.security)
        return { ...view, script: { ...script, reference: inForce!.reference }, guidance, guidanceGiven, history, notes: note?.text ?? null, dialMode: (queue?.dialMode as QueueDialMode | undefined) ?? null, verdictActions: policy.verdictActions }
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/desk/cases/:caseId/notes',
      tag: 'desk',
      summary: 'Save your notes',
      access,
      params: caseParams,
      body: notesSchema,
      bodyExample: { text: 'asked to be called back at six' },
      answers: { 204: { description: 'Saved.' }, ...notYours },
      async handle({ caller, params, body }) {
        const { id: caseId } = await heldCase(db, caller.id, params.caseId)
        await saveNote(db, caseId, caller.id, body.text)
      },
    }),
  ]
}

/** The payer's other cases, newest first. */
async function earlierCases(db: Database, { id, payerId }: { id: string; payerId: string }) {
  const ids = await findCases(db, { payerId }, { limit: earlierShown + 1 })
  return readSummaries(db, ids.filter((other) => other !== id).slice(0, earlierShown), 'full')
}
