import { WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { z } from 'zod'
import { phoneNumber } from '../../domain/flag'
import { freeText } from '../../domain/text'
import { scamTypes } from '../../domain/money'
import { reminderWorkflowId, talkOutcomes } from '../../domain/reminder/check'
import { recordTalk } from '../../domain/reminder/messages'
import { readMessages, writeMessage } from '../../records/reminder/chat'
import { TooLate } from '../../records/reminder/payer'
import { endpoint, type Endpoint } from '../endpoint'
import { messageSchema, messagesQuery, messagesSchema, newMessageSchema } from '../payer/chat'
import { conflict, forbidden, unavailable } from '../problem'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { heldCase } from './holding'

const patienceMillis = 10_000

const talkSchema = z
  .strictObject({
    outcome: z.enum(talkOutcomes),
    scamType: z.enum(scamTypes).optional(),
    notes: freeText(4_000).optional(),
    trustedContact: z.strictObject({ name: freeText(100).trim().min(1), phone: phoneNumber }).optional(),
  })
  .refine(({ outcome, trustedContact }) => outcome !== 'trusted_contact' || trustedContact !== undefined, {
    path: ['trustedContact'],
    error: 'expected whom the payer trusts',
  })
  .meta({ id: 'Talk' })
const takenSchema = z.object({ outcome: z.enum(talkOutcomes), score: z.int(), calledAgain: z.boolean() }).meta({ id: 'TalkTaken' })
const notYours = { 403: { description: 'The case is not in your hands.' }, 404: { description: 'There is no such case.' }, 409: { description: 'It is decided, or it is not about a paused payment.' } }

/** What an agent does in a case about a paused payment: write, and say what came of the talk. */
export function talkEndpoints({ db, gate, temporal }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')

  async function heldReminder(agentId: string, caseId: string): Promise<void> {
    const { kind } = await heldCase(db, agentId, caseId)
    if (kind !== 'answer_reminder') throw conflict('This case is not about a paused payment.')
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/desk/cases/:caseId/messages',
      tag: 'desk',
      summary: 'What the payer and you wrote',
      access,
      params: caseParams,
      query: messagesQuery,
      answers: { 200: { description: 'Oldest first, after the one named.', schema: messagesSchema }, ...notYours },
      async handle({ caller, params: { caseId }, query }) {
        await heldReminder(caller.id, caseId)
        return { messages: await readMessages(db, caseId, query.after) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/messages',
      tag: 'desk',
      summary: 'Write to the payer',
      access,
      params: caseParams,
      body: newMessageSchema,
      bodyExample: { text: 'Have you ever met her in person?' },
      answers: { 201: { description: 'Written.', schema: messageSchema }, ...notYours },
      async handle({ caller, params: { caseId }, body }) {
        await heldReminder(caller.id, caseId)
        return writeMessage(db, caseId, `agent:${caller.id}`, body.text).catch((error: unknown) => {
          throw error instanceof TooLate ? conflict(`Not possible: ${error.message}.`) : error
        })
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/talk',
      tag: 'desk',
      summary: 'Say what came of the talk about a paused payment',
      description:
        'cancelled: the payer does not want it any more, the money goes back. delayed: it waits for a day. trusted_contact: it waits while somebody whom the payer trusts is asked. goes_on: the payer decides in the app, with the warning before them; a risk that is still high brings another agent’s call first.',
      access,
      params: caseParams,
      body: talkSchema,
      bodyExample: { outcome: 'cancelled', scamType: 'romance', notes: 'has never met her' },
      answers: { 200: { description: 'Taken.', schema: takenSchema }, ...notYours },
      async handle({ caller, params: { caseId }, body }) {
        await heldReminder(caller.id, caseId)
        try {
          const handle = temporal.workflow.getHandle(reminderWorkflowId(caseId))
          return await temporal.withDeadline(Date.now() + patienceMillis, () => handle.executeUpdate(recordTalk, { args: [{ agentId: caller.id, ...body }] }))
        } catch (error) {
          throw refusal(error)
        }
      },
    }),
  ]
}

function refusal(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return conflict('This payment is decided.')
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return unavailable('The case did not answer in time. Look whether it was taken, then try again.')
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    if (error.cause.type === 'AlreadyDecided') return conflict('This payment is decided.')
    if (error.cause.type === 'NotYourCase') return forbidden('This case is not in your hands any more.')
  }
  return error
}
