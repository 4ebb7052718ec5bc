import { z } from 'zod'
import type { Configuration } from '../../configuration/configuration'
import { createKeyedHash } from '../../configuration/keyedHash'
import { identifier } from '../../domain/text'
import { guidanceFor, type Guidance } from '../../domain/script/guidance'
import { scriptLanguage } from '../../domain/script/wording'
import { transferDecisions, transferRefusals, transferWarnings } from '../../domain/transfers/decision'
import { nameAnswerSchema, transferCheckSchema } from '../../domain/transfers/transferCheck'
import { refusalTexts, warningTexts } from '../../domain/transfers/wording'
import { sqlOf, type Database } from '../../records/database'
import { scriptInForce } from '../../records/scripts'
import { answerName, checkTransfer, readTransferCheck, TransferConflict, type CheckedTransfer } from '../../records/transferChecks'
import type { Gate } from '../access/access'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound } from '../problem'
import { iso, nullableTime, time } from '../views/time'
import { atEvenPace } from './evenPace'

/** Longer than judging an answer takes; every answer is given at a multiple of it. */
const answerMillis = 250

const checkedSchema = z
  .object({
    transferId: z.string(),
    decision: z.enum(transferDecisions).meta({ description: 'allowed: it may go. name_required: first the name is completed. name_shown: show `payee.name` and let the payer confirm it' }),
    mayGo: z.boolean().meta({ description: 'whether nothing more is asked: ask this before the money moves' }),
    refusal: z.object({ kind: z.enum(transferRefusals), text: z.string() }).nullable(),
    guidance: z.array(z.object({ title: z.string(), text: z.string() })).meta({ description: 'what the payer can do about a refusal' }),
    warnings: z.array(z.object({ kind: z.enum(transferWarnings), text: z.string() })),
    payee: z.object({ name: z.string().nullable().meta({ description: 'in full, above the higher threshold' }), masked: z.string().nullable() }),
    triesLeft: z.int().nullable(),
    lockedUntil: nullableTime,
    expiresAt: time,
  })
  .meta({ id: 'TransferChecked' })
const stateSchema = checkedSchema.pick({ transferId: true, decision: true, mayGo: true, triesLeft: true, lockedUntil: true, expiresAt: true }).meta({ id: 'TransferState' })
const answeredSchema = z
  .object({
    transferId: z.string(),
    result: z.enum(['right', 'wrong', 'locked', 'expired', 'not_asked']),
    mayGo: z.boolean(),
    triesLeft: z.int(),
    lockedUntil: nullableTime,
  })
  .meta({ id: 'NameAnswered' })
const params = z.object({ transferId: identifier })
const example = {
  transferId: 'transfer_1',
  amount: { amount: 500_000, currency: 'CNY' },
  payer: { id: 'li-1001', realNameVerified: true, locale: 'zh-CN' },
  payee: { id: 'wang-2002', name: '王小明', nickname: '小明', since: '2012-05-20T00:00:00Z' },
}

/** What the payment app asks before a transfer: real names, masked names to complete, warnings about the payee. */
export function transferCheckEndpoints({ db, gate, configuration }: { db: Database; gate: Gate; configuration: Configuration }): Endpoint[] {
  const access = gate.key('payer')
  const hash = createKeyedHash(configuration.payloadKeys, 'names of payees')
  const tag = 'payer'
  return [
    endpoint({
      method: 'post',
      path: '/v1/payer/transfers/check',
      tag,
      summary: 'May this transfer go, and what must the payer do first?',
      description: 'Idempotent by transferId. A masked name is masked in the same way every time.',
      access,
      body: transferCheckSchema,
      bodyExample: example,
      answers: { 200: { description: 'What the transfer needs.', schema: checkedSchema }, 409: { description: 'The same transferId was checked before with another body.' } },
      async handle({ body, caller }) {
        const checked = await checkTransfer(db, hash, body).catch((error: unknown) => {
          throw error instanceof TransferConflict ? conflict(`${error.message}.`) : error
        })
        const { decision, refusal, warnings, masked } = checked.check
        // Somebody sees somebody's name: that is kept.
        if (decision === 'name_shown' && !checked.known)
          await writeTrail(db, { actor: actorOf(caller), action: 'payee_name_shown', subject: `payer:${body.payer.id}`, data: { transferId: body.transferId, payeeId: body.payee.id } })
        const { locale } = body.payer
        const language = scriptLanguage(locale)
        return {
          ...stateOf(checked),
          refusal: refusal && { kind: refusal, text: refusalTexts[language][refusal] },
          guidance: refusal === 'real_name_required' ? await realNameAdvice(db, locale) : [],
          warnings: warnings.map((kind) => ({ kind, text: warningTexts[language][kind] })),
          payee: { name: decision === 'name_shown' ? body.payee.name : null, masked },
        }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/payer/transfers/:transferId/name',
      tag,
      summary: 'Complete the payee’s masked name',
      description: 'The missing part or the whole name; width, case, accents and blanks do not matter. Every answer takes equally long. Few wrong ones are allowed.',
      access,
      params,
      body: nameAnswerSchema,
      bodyExample: { answer: '小明' },
      answers: { 200: { description: 'Whether it was right.', schema: answeredSchema } },
      handle: ({ params: { transferId }, body, caller }) =>
        atEvenPace(answerMillis, async () => {
          const answered = await answerName(db, hash, transferId, body.answer)
          if (!answered) throw notFound('There is no such transfer.')
          const { check, result, tries } = answered
          if (result === 'wrong' && tries.lockedUntil)
            await writeTrail(db, {
              actor: actorOf(caller),
              action: 'name_locked',
              subject: `payer:${check.payerId}`,
              data: { transferId, payeeId: check.payeeId, until: tries.lockedUntil.toISOString() },
            })
          return { transferId, result, mayGo: check.completedAt !== null, triesLeft: tries.left, lockedUntil: tries.lockedUntil ? iso(tries.lockedUntil) : null }
        }),
    }),
    endpoint({
      method: 'get',
      path: '/v1/payer/transfers/:transferId',
      tag,
      summary: 'How a checked transfer stands',
      access,
      params,
      answers: { 200: { description: 'Ask this before the money moves.', schema: stateSchema } },
      async handle({ params: { transferId } }) {
        const checked = await readTransferCheck(db, transferId)
        if (!checked) throw notFound('There is no such transfer.')
        return stateOf(checked)
      },
    }),
  ]
}

function stateOf({ check, tries }: CheckedTransfer) {
  const { transferId, decision, completedAt, expiresAt } = check
  return {
    transferId,
    decision,
    mayGo: decision === 'allowed' || decision === 'name_shown' || completedAt !== null,
    triesLeft: tries ? tries.left : null,
    lockedUntil: tries?.lockedUntil ? iso(tries.lockedUntil) : null,
    expiresAt: iso(expiresAt),
  }
}

/** How to get verified by real name, in the words of the script in force. */
async function realNameAdvice(db: Database, locale: string): Promise<Guidance[]> {
  const { document } = await scriptInForce(sqlOf(db), 'transfer_help', locale)
  return guidanceFor(document, { digitalCertificate: true, phoneBound: true, realNameVerified: false })
}
