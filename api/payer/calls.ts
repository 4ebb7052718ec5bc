import { z } from 'zod'
import { phoneNumber } from '../../domain/flag'
import { payerCalled } from '../../domain/messages'
import { tellCase } from '../../providers/caseWorkflows'
import { readCallRecord } from '../../records/callAnswers'
import { recordPayerCalled } from '../../records/conference'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict } from '../problem'
import { iso, nullableTime } from '../views/time'
import { askLiveCase } from './liveCall'
import type { PayerDeps } from './payer'
import { createAnswerSigner } from './signing'

const whoSchema = z
  .strictObject({ payerId: z.string().regex(/^[\w.:@-]{1,128}$/).optional(), phone: phoneNumber.optional() })
  .refine(({ payerId, phone }) => (payerId === undefined) !== (phone === undefined), { path: ['payerId'], error: 'expected either payerId or phone' })

const answerSchema = z
  .object({
    answer: z.enum(['calling_now', 'will_call', 'called_at', 'ended', 'not_us']),
    at: nullableTime,
    agentName: z.string().nullable().meta({ description: 'the first name of who calls, while the call lasts' }),
    passPhrase: z.string().nullable().meta({ description: 'two words that the caller says first' }),
    source: z.enum(['live', 'records']).meta({ description: 'whether the case itself answered, or the records because no worker is up' }),
    signed: z.string().meta({ description: 'the same as a JWS, good for 30 seconds; the key is at /v1/payer/calls/keys' }),
  })
  .meta({ id: 'CallAnswer' })

/** "Is it really you who is calling me?" */
export function callEndpoints({ db, temporal, configuration, gate, limiters }: PayerDeps): Endpoint[] {
  const access = gate.key('payer')
  const signer = createAnswerSigner(configuration.sessionSecret)

  return [
    endpoint({
      method: 'get',
      path: '/v1/payer/calls',
      tag: 'payer',
      summary: 'Are you calling me now?',
      description: 'Answered from the live case. Somebody of whom nothing is known gets the same `not_us` as somebody whom nobody calls.',
      access,
      query: whoSchema,
      guards: limiters.callQuestion,
      answers: { 200: { description: 'Whether it is us.', schema: answerSchema } },
      async handle({ query }) {
        const { record, source } = await askLiveCase(temporal, await readCallRecord(db, query))
        const { answer, at, agentName, passPhrase } = record
        const said = { answer, at: iso(at), agentName, passPhrase, source }
        return { ...said, signed: signer.sign({ sub: query.payerId ?? query.phone, ...said }) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/calls/keys',
      tag: 'payer',
      summary: 'The key that answers are signed with',
      access,
      answers: { 200: { description: 'A JSON Web Key Set.', schema: z.object({ keys: z.array(z.record(z.string(), z.string())) }) } },
      handle: () => ({ keys: [signer.jwk] }),
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/calls',
      tag: 'payer',
      summary: 'Hang up on whoever it is, and let us ring back',
      description: 'The open case rings this number of the payer’s at once, as when the payer rings us.',
      access,
      body: z.strictObject({ phone: phoneNumber }).meta({ id: 'CallMe' }),
      bodyExample: { phone: '+8613800000001' },
      guards: limiters.ringBack,
      answers: { 202: { description: 'The phone rings in a moment.' }, 409: { description: 'There is no open question about this payer’s payments.' } },
      async handle({ body: { phone }, response }) {
        const known = await recordPayerCalled(db, phone, 'app')
        if (!known) throw conflict('There is no open question about this payer’s payments.')
        await tellCase(temporal, known, payerCalled, { phone })
        response.status(202).end()
      },
    }),
  ]
}
