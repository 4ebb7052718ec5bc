import { z } from 'zod'
import { trustedAnswers } from '../../domain/reminder/check'
import { answerTrustedContact } from '../../records/reminder/trustedContact'
import { anybody, endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import type { VisitorDeps } from './visitors'

const answerSchema = z
  .strictObject({ link: z.string().regex(/^[\w-]{43}$/, 'expected what stands behind # in the link'), answer: z.enum(trustedAnswers) })
  .meta({ id: 'TrustedAnswer' })

/** Somebody whom a payer trusts answers by the link that they were sent. */
export function trustedAnswerEndpoints({ db, limiters }: VisitorDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/visitors/trusted-answers',
      tag: 'visitors',
      summary: 'What somebody whom a payer trusts says about the payment',
      description: 'The payer and the agent see it; it decides nothing. The last answer counts, until the payment is decided.',
      access: anybody,
      body: answerSchema,
      bodyExample: { link: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA', answer: 'advises_against' },
      guards: [...limiters.visit, ...limiters.visitAbout],
      answers: { 204: { description: 'Taken.' }, 404: { description: 'The link is not good, or not any more.' } },
      async handle({ body: { link, answer } }) {
        if (!(await answerTrustedContact(db, link, answer))) throw notFound('This link is not good, or not any more.')
      },
    }),
  ]
}
