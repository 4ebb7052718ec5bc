import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { setPresence } from '../../records/presence'
import { endpoint, type Endpoint } from '../endpoint'
import { presenceSchema, readPresence } from '../views/presence'
import type { DeskDeps } from './desk'

const choice = z
  .strictObject({
    status: z.enum(['available', 'break', 'offline']),
    reason: oneLine(100).optional()
      .meta({ description: 'why a break: lunch, training, …' }),
  })
  .meta({ id: 'PresenceChoice' })

export function presenceEndpoints(deps: DeskDeps): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/v1/desk/presence',
      tag: 'desk',
      summary: 'Be available, take a break, go offline',
      description: 'During a call or a chat it takes effect afterwards (`next`); in wrap-up, `available` ends the wrap-up. The open event stream keeps the lease.',
      access: deps.gate.staff('agent', 'supervisor'),
      body: choice,
      bodyExample: { status: 'available' },
      answers: { 200: { description: 'The presence from now on.', schema: presenceSchema } },
      async handle({ caller, body }) {
        const { status } = await setPresence(deps.db, caller.id, body)
        if (body.status === 'available' && status !== 'offered') await deps.messages.offerToFreeAgent(caller.id)
        return readPresence(deps.db, caller.id)
      },
    }),
  ]
}
