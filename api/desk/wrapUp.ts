import { wrapUpExtended } from '../../domain/messages'
import { extendWrapUp } from '../../records/presence'
import { tellCase } from '../../providers/caseWorkflows'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, unavailable } from '../problem'
import { presenceSchema, readPresence } from '../views/presence'
import type { DeskDeps } from './desk'

const patienceMillis = 5_000

export function wrapUpEndpoints({ db, gate, temporal, log }: DeskDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/desk/wrap-up/extension',
      tag: 'desk',
      summary: 'More time to finish',
      description: 'Once in a wrap-up, by the policy of its case; asking again changes nothing.',
      access: gate.staff('agent', 'supervisor'),
      answers: { 200: { description: 'The presence from now on.', schema: presenceSchema }, 409: { description: 'You are not in wrap-up.' } },
      async handle({ caller }) {
        const wrapUp = await extendWrapUp(db, caller.id)
        if (!wrapUp) throw conflict('You are not in wrap-up.')
        const { until } = wrapUp
        try {
          await temporal.withDeadline(Date.now() + patienceMillis, () =>
            tellCase(temporal, wrapUp, wrapUpExtended, { agentId: caller.id, until: until.toISOString() }),
          )
        } catch (error) {
          log.error({ caseId: wrapUp.caseId, err: error }, 'a case does not know that its agent needs longer')
          throw unavailable('The case could not be told; a verdict may come too late. Try again.')
        }
        return readPresence(db, caller.id)
      },
    }),
  ]
}
