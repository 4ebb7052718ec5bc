import { z } from 'zod'
import { languageTag, moneySchema, personName, pastTime } from '../flag'
import { freeText, identifier } from '../text'

/** The body of `POST /v1/payer/transfers/check`: what the payment app knows before money is sent. */
export const transferCheckSchema = z
  .strictObject({
    transferId: identifier,
    amount: moneySchema,
    payer: z.strictObject({ id: identifier, realNameVerified: z.boolean().optional(), locale: languageTag.default('zh-CN') }),
    payee: z.strictObject({
      id: identifier,
      name: personName.meta({ description: 'the real name by which the payee is registered; kept as a keyed hash alone' }),
      nickname: freeText(200).optional(),
      since: pastTime.optional().meta({ description: 'when the account was opened' }),
      renamedAt: pastTime.optional().meta({ description: 'when its nickname or picture last changed' }),
      reported: z.boolean().default(false).meta({ description: 'others have reported the account as a fraud' }),
    }),
  })
  .meta({ id: 'TransferCheck', description: 'A transfer that a payer is about to make' })

export type TransferCheck = z.output<typeof transferCheckSchema>

/** What the payer types of the name: the missing part, or all of it. */
export const nameAnswerSchema = z.strictObject({ answer: freeText(200).min(1) }).meta({ id: 'NameAnswer' })
