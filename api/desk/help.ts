import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { askForHelp, NoLiveCall, withdrawHelp } from '../../records/help'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict } from '../problem'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { heldCase } from './holding'

const wishSchema = z
  .strictObject({
    reason: oneLine(300).optional(),
  })
  .meta({ id: 'HelpWish' })

/** An agent in a call wants a supervisor. */
export function helpEndpoints({ db, gate }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')
  return [
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/help',
      tag: 'desk',
      summary: 'Ask for a supervisor',
      description: 'Every supervisor sees it at once and may join the call. It ends with the call.',
      access,
      params: caseParams,
      body: wishSchema,
      bodyOptional: true,
      bodyExample: { reason: 'The payer wants to talk with somebody else' },
      answers: {
        204: { description: 'They know.' },
        403: { description: 'The case is not in your hands.' },
        409: { description: 'No call of this case is under way.' },
      },
      async handle({ caller, params: { caseId }, body }) {
        await heldCase(db, caller.id, caseId)
        await askForHelp(db, { caseId, agentId: caller.id, ...(body?.reason ? { reason: body.reason } : {}) }).catch((error: unknown) => {
          throw error instanceof NoLiveCall ? conflict('No call of this case is under way.') : error
        })
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/desk/cases/:caseId/help',
      tag: 'desk',
      summary: 'No supervisor is needed any more',
      access,
      params: caseParams,
      answers: { 204: { description: 'Withdrawn, or never asked.' }, 403: { description: 'The case is not in your hands.' } },
      async handle({ caller, params: { caseId } }) {
        await heldCase(db, caller.id, caseId)
        await withdrawHelp(db, caseId, caller.id)
      },
    }),
  ]
}
