import { z } from 'zod'
import { freeText } from '../../domain/text'
import { chatAuthors, readMessages, writeMessage } from '../../records/reminder/chat'
import { TooLate } from '../../records/reminder/payer'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { time } from '../views/time'
import type { PayerDeps } from './payer'
import { paymentParams } from './payments'

export const messageSchema = z.object({ id: z.string(), at: time, by: z.enum(chatAuthors), text: z.string() }).meta({ id: 'ChatMessage' })
export const messagesSchema = z.object({ messages: z.array(messageSchema) })
export const messagesQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'expected the id of a message')
    .default('0'),
})
export const newMessageSchema = z.strictObject({ text: freeText(2_000).trim().min(1) }).meta({ id: 'NewChatMessage' })

/** The payer's side of the chat with an agent. */
export function chatEndpoints({ db, gate }: PayerDeps): Endpoint[] {
  const access = gate.key('payer')
  const over = { 404: { description: 'Nobody asked about this payment.' }, 409: { description: 'There is no conversation about this payment, or it is over.' } }

  async function caseOf(paymentId: string): Promise<string> {
    const check = await db.paymentCheck.findUnique({ where: { paymentId }, select: { caseId: true } })
    if (!check) throw notFound('Nobody asked about this payment.')
    if (!check.caseId) throw conflict('This payment was decided at once; there is no conversation about it.')
    return check.caseId
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/payer/payments/:paymentId/messages',
      tag: 'payer',
      summary: 'What was written about a payment',
      access,
      params: paymentParams,
      query: messagesQuery,
      answers: { 200: { description: 'Oldest first, after the one named.', schema: messagesSchema }, ...over },
      async handle({ params, query }) {
        return { messages: await readMessages(db, await caseOf(params.paymentId), query.after) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/payments/:paymentId/messages',
      tag: 'payer',
      summary: 'The payer writes to the agent',
      access,
      params: paymentParams,
      body: newMessageSchema,
      bodyExample: { text: 'I met her online' },
      answers: { 201: { description: 'Written.', schema: messageSchema }, ...over },
      async handle({ params, body }) {
        const caseId = await caseOf(params.paymentId)
        return writeMessage(db, caseId, 'payer', body.text).catch((error: unknown) => {
          throw error instanceof TooLate ? conflict(`Not possible: ${error.message}.`) : error
        })
      },
    }),
  ]
}
