import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { phoneNumber } from '../../domain/flag'
import { freeText } from '../../domain/text'
import { payerCalled } from '../../domain/messages'
import { tellCase } from '../../providers/caseWorkflows'
import { readCallRecord } from '../../records/callAnswers'
import { recordPayerCalled } from '../../records/conference'
import { anybody, endpoint, type Endpoint } from '../endpoint'
import { atEvenPace } from '../payer/evenPace'
import { askLiveCase } from '../payer/liveCall'
import type { VisitorDeps } from './visitors'

/** Longer than the live case is waited for; every answer is given at a multiple of it. */
const answerMillis = 1_000

const saidSchema = z
  .strictObject({ phone: phoneNumber, words: freeText(100).trim().min(1).meta({ description: 'the two words that the caller said first' }) })
  .meta({ id: 'WordsOfCaller' })
const answerSchema = z
  .object({
    answer: z.enum(['confirmed', 'not_confirmed', 'cannot_say']).meta({
      description:
        'confirmed: the live case is calling this number now, with these words. not_confirmed: whatever else. cannot_say: the words are ours, and the case does not answer; hang up and call the number on your card',
    }),
  })
  .meta({ id: 'CallerChecked' })

/**
 * "Is it really you who is calling me?", asked by whoever holds the ringing phone. Somebody who does not know the words
 * that were just said learns nothing: not whether the number is a customer's, and not whether it is being called.
 */
export function visitorCallEndpoints({ db, temporal, limiters, log }: VisitorDeps): Endpoint[] {
  const tag = 'visitors'
  return [
    endpoint({
      method: 'post',
      path: '/v1/visitors/calls/check',
      tag,
      summary: 'Is it you who is calling this number, with these words?',
      description: 'Without signing in. Every answer takes equally long; few questions about one number are answered.',
      access: anybody,
      body: saidSchema,
      bodyExample: { phone: '+8613800000001', words: '白云 灯塔' },
      guards: [...limiters.visit, ...limiters.visitAbout],
      answers: { 200: { description: 'Whether it is us.', schema: answerSchema } },
      handle: ({ body: { phone, words } }) =>
        atEvenPace(answerMillis, async () => {
          const record = await readCallRecord(db, { phone })
          const theirs = sameWords(words, record.passPhrase ?? '')
          if (record.answer !== 'calling_now' || !theirs) return { answer: 'not_confirmed' }
          const { record: now, source } = await askLiveCase(temporal, record)
          if (source === 'records') return { answer: 'cannot_say' }
          return { answer: now.answer === 'calling_now' ? 'confirmed' : 'not_confirmed' }
        }),
    }),
    endpoint({
      method: 'post',
      path: '/v1/visitors/calls/ring-back',
      tag,
      summary: 'Hang up on whoever it is, and let us ring this number back',
      description: 'The answer is the same whether anybody is to be rung: the phone tells.',
      access: anybody,
      body: z.strictObject({ phone: phoneNumber }).meta({ id: 'RingMeBack' }),
      bodyExample: { phone: '+8613800000001' },
      guards: [...limiters.visit, ...limiters.ringBack],
      answers: { 202: { description: 'If there is a question about payments of this number’s, it rings in a moment.' } },
      async handle({ body: { phone }, response }) {
        await atEvenPace(answerMillis, async () => {
          const known = await recordPayerCalled(db, phone, 'app')
          // A failure is not told either: only numbers that we know can fail.
          if (known) await tellCase(temporal, known, payerCalled, { phone }).catch((error: unknown) => log.error({ err: error }, 'a case could not be told to ring back'))
        })
        response.status(202).end()
      },
    }),
  ]
}

/** Blanks and capitals do not matter on a bad line. No words are nobody's words. */
function sameWords(said: string, ours: string): boolean {
  const digest = (words: string) => createHash('sha256').update(words.normalize('NFKC').toLowerCase().replace(/\s/g, '')).digest()
  return timingSafeEqual(digest(said), digest(ours)) && ours !== ''
}
