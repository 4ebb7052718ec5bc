import { extendChat, finishChat } from '../../records/chatsInHand'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict } from '../problem'
import { caseParams } from '../views/ids'
import { presenceSchema, readPresence } from '../views/presence'
import type { DeskDeps } from './desk'

const answers = { 200: { description: 'The presence from now on.', schema: presenceSchema }, 409: { description: 'You do not wrap up this chat.' } }
const notWrappedUp = () => conflict('You do not wrap up this chat.')

/** Each chat is wrapped up by itself, whatever becomes of the agent's others. */
export function chatEndpoints({ db, gate, messages }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')
  return [
    endpoint({
      method: 'delete',
      path: '/v1/desk/chats/:caseId',
      tag: 'desk',
      summary: 'A chat is wrapped up',
      description: 'Its place is free for another one at once.',
      access,
      params: caseParams,
      answers,
      async handle({ caller, params: { caseId } }) {
        if (!(await finishChat(db, caller.id, caseId))) throw notWrappedUp()
        await messages.offerToFreeAgent(caller.id)
        return readPresence(db, caller.id)
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/chats/:caseId/extension',
      tag: 'desk',
      summary: 'More time to finish a chat',
      description: 'Once, by the policy of its case; asking again changes nothing.',
      access,
      params: caseParams,
      answers,
      async handle({ caller, params: { caseId } }) {
        if (!(await extendChat(db, caller.id, caseId))) throw notWrappedUp()
        return readPresence(db, caller.id)
      },
    }),
  ]
}
