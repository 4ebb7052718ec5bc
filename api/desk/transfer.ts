import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { transferBegun } from '../../domain/messages'
import { agentLabel } from '../../domain/legs'
import { tellCase } from '../../providers/caseWorkflows'
import { sqlOf } from '../../records/database'
import { beginTransfer, cancelTransfer, completeTransfer, TransferRefused } from '../../records/warmTransfer'
import { endpoint, type Endpoint } from '../endpoint'
import { tellMoved } from '../handover'
import { conflict, forbidden } from '../problem'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { heldCase } from './holding'
import { takeOut } from './legs'

const wishSchema = z
  .strictObject({
    toAgentId: z.string().min(1).max(128).optional().meta({ description: 'absent: whoever is free' }),
    note: oneLine(300).optional(),
  })
  .meta({ id: 'TransferWish' })
const colleaguesSchema = z.object({ colleagues: z.array(z.object({ id: z.string(), name: z.string(), languages: z.array(z.string()) })) })
const answers = { 403: { description: 'The case is not in your hands.' }, 409: { description: 'It cannot be handed over now.' } }
const patienceMillis = 5_000

/** A call is handed over while the payer stays on the line: a colleague comes in, the two talk, the first one leaves. */
export function transferEndpoints({ db, gate, temporal, telephony, messages, log }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')

  const inWords = (error: unknown): never => {
    if (!(error instanceof TransferRefused)) throw error
    throw error.reason === 'not_yours' ? forbidden(error.message) : conflict(error.message)
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/desk/colleagues',
      tag: 'desk',
      summary: 'Who is free to take a call over',
      access,
      answers: { 200: { description: 'By name.', schema: colleaguesSchema } },
      async handle({ caller }) {
        const colleagues = await sqlOf(db).$queryRaw`
          SELECT u.id, u.name, u.languages FROM presence p JOIN staff_user u ON u.id = p.user_id
          WHERE u.active AND p.status = 'available' AND p.lease_until > now() AND u.id <> ${caller.id} ORDER BY u.name LIMIT 200`
        return { colleagues }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/transfer',
      tag: 'desk',
      summary: 'Hand the call over to a colleague',
      description: 'It is offered to a colleague, or to one after the other. Until you complete it, the case stays yours; with nobody left it does too.',
      access,
      params: caseParams,
      body: wishSchema,
      bodyOptional: true,
      bodyExample: { note: 'Speaks Cantonese, was not at home' },
      answers: { 204: { description: 'A colleague is being asked.' }, ...answers },
      async handle({ caller, params: { caseId }, body }) {
        await heldCase(db, caller.id, caseId)
        const { toAgentId: wantedAgentId, note } = body ?? {}
        const wish = { caseId, agentId: caller.id, ...(wantedAgentId ? { wantedAgentId } : {}), ...(note ? { note } : {}) }
        const { transferId, offer, ...theCase } = await beginTransfer(db, wish).catch(inWords)
        try {
          await temporal.withDeadline(Date.now() + patienceMillis, () => tellCase(temporal, theCase, transferBegun, { transferId, offer }))
        } catch (error) {
          // Nobody would take the offer back when its time is up.
          log.error({ caseId, err: error }, 'a case could not be told of its transfer')
          await cancelTransfer(db, caseId, caller.id)
          throw conflict('The call cannot be handed over at the moment.')
        }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/transfer/complete',
      tag: 'desk',
      summary: 'Leave the call to the colleague who has come in',
      description: 'The case, its call and its verdicts are theirs; you wrap up.',
      access,
      params: caseParams,
      answers: { 204: { description: 'Handed over.' }, ...answers },
      async handle({ caller, params: { caseId } }) {
        await heldCase(db, caller.id, caseId)
        await tellMoved(temporal, await completeTransfer(db, caseId, caller.id).catch(inWords))
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/desk/cases/:caseId/transfer',
      tag: 'desk',
      summary: 'Call the transfer off',
      description: 'By either of the two agents. The first one keeps the case.',
      access,
      params: caseParams,
      answers: { 204: { description: 'Nothing is handed over.' }, ...answers },
      async handle({ caller, params: { caseId } }) {
        await heldCase(db, caller.id, caseId)
        const { freedAgentId } = await cancelTransfer(db, caseId, caller.id).catch(inWords)
        if (!freedAgentId) return
        await takeOut({ telephony, log }, caseId, agentLabel(freedAgentId))
        await messages.offerToFreeAgent(freedAgentId)
      },
    }),
  ]
}
