import { z } from 'zod'
import type { FlaggedPayment } from '../../domain/flag'
import { maskName, maskPhone } from '../../domain/masking'
import { securityLevel, securityLevels } from '../../domain/security'

/** Whether a reader may see names, numbers and payloads as they are. */
export type Sight = 'full' | 'masked'

export const payerSchema = z
  .object({
    id: z.string(),
    name: z.string().meta({ description: 'masked unless the reader may see it' }),
    phones: z.array(z.string()).meta({ description: 'E.164, or masked such as +86138****0001' }),
    locale: z.string(),
    security: z
      .object({ digitalCertificate: z.boolean(), realNameVerified: z.boolean(), phoneBound: z.boolean() })
      .partial()
      .meta({ description: 'what is not known is absent' }),
    securityLevel: z.enum(securityLevels),
  })
  .meta({ id: 'Payer' })
export type PayerView = z.output<typeof payerSchema>

export type StoredPayer = FlaggedPayment['payer']

export function payerView(payer: StoredPayer, locale: string, sight: Sight): z.output<typeof payerSchema> {
  return {
    id: payer.id,
    name: nameFor(payer.name, sight),
    phones: payer.phones.map((phone) => phoneFor(phone, sight)),
    locale,
    security: payer.security,
    securityLevel: securityLevel(payer.security),
  }
}

export function nameFor(name: string, sight: Sight): string {
  return sight === 'full' ? name : maskName(name)
}

export function phoneFor(phone: string, sight: Sight): string {
  return sight === 'full' ? phone : maskPhone(phone)
}
