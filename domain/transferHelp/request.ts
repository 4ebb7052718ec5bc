import { z } from 'zod'
import { flaggedPaymentSchema, languageTag, moneySchema, pastTime, personName, phoneNumber } from '../flag'
import { freeText, identifier } from '../text'
import { helpKinds, payeeAnswers } from './help'

const words = freeText(4_000).trim().min(1)

/** The body of `POST /v1/payer/transfer-help` and `POST /v1/transfer-help`: all that is needed, in one go. */
export const transferHelpRequestSchema = z
  .strictObject({
    transferId: identifier,
    kind: z.enum(helpKinds),
    reason: words.meta({ description: 'what happened, in the payer’s own words' }),
    transferredAt: pastTime,
    amount: moneySchema,
    payer: flaggedPaymentSchema.shape.payer,
    payee: z.strictObject({ id: identifier, name: personName, phone: phoneNumber.optional(), locale: languageTag.default('zh-CN') }),
  })
  .refine(({ payer, payee }) => payer.id !== payee.id, { path: ['payee', 'id'], error: 'expected somebody else than the payer' })
  .meta({ id: 'TransferHelpRequest' })
export type TransferHelpRequest = z.output<typeof transferHelpRequestSchema>
/** The same as it is sent, with the defaults left out. */
export type TransferHelpBody = z.input<typeof transferHelpRequestSchema>

const terms = {
  amount: z.int().positive().max(1_000_000_000_000_000).meta({ description: 'minor units of the transfer’s currency' }),
  instalments: z.int().min(1).max(60),
}

export const payeeAnswerSchema = z
  .strictObject({ answer: z.enum(payeeAnswers), amount: terms.amount.optional(), instalments: terms.instalments.optional(), reason: words.optional() })
  .refine(({ answer, amount, instalments }) => answer === 'return' || (amount === undefined && instalments === undefined), {
    path: ['amount'],
    error: 'goes only with the answer return',
  })
  .meta({ id: 'PayeeAnswer' })

/** What a mediator proposes to both sides. */
export const proposalSchema = z.strictObject({ ...terms, instalments: terms.instalments.default(1), words }).meta({ id: 'MediationProposal' })
export type ProposalBody = z.output<typeof proposalSchema>

export const sideAnswerSchema = z.strictObject({ agrees: z.boolean(), words: words.optional() }).meta({ id: 'MediationSideAnswer' })
export const sideSchema = z.enum(['payer', 'payee'])
export type Side = z.output<typeof sideSchema>
