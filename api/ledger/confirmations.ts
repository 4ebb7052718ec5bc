import type { Client } from '@temporalio/client'
import express, { type Router } from 'express'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { z } from 'zod'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import { fieldErrors, moneySchema } from '../../domain/flag'
import { ledgerConfirmed } from '../../domain/messages'
import { tellCase } from '../../providers/caseWorkflows'
import type { Database } from '../../records/database'
import { recordConfirmation } from '../../records/money'
import { forbidden, invalid, notFound } from '../problem'

export const confirmationSchema = z.object({
  type: z.literal('ledger.confirmed'),
  data: z.object({
    key: z.string().min(1).max(300),
    status: z.enum(['confirmed', 'refused']),
    entryId: z.string().max(200).optional(),
    reason: z.string().max(1_000).optional(),
    amount: moneySchema.optional().meta({ description: 'of an operation with an amount of its own' }),
  }),
})

/** Later confirmations of instructions that the payments core first answered with `pending`, signed the Standard Webhooks way. */
export function confirmationsRouter({ db, temporal, configuration, log }: { db: Database; temporal: Client; configuration: Configuration; log: Log }): Router {
  const router = express.Router()
  const webhook = new Webhook(configuration.funds.webhookSecret)
  // The signature is over the bytes as sent.
  router.post('/v1/ledger/confirmations', express.raw({ type: () => true, limit: '64kb' }), async (request, response) => {
    const body = confirmationSchema.safeParse(verified(request.body as Buffer, request.headers as Record<string, string>))
    if (!body.success) throw invalid(fieldErrors(body.error))
    const { key, status, entryId, reason, amount } = body.data.data
    const known = await recordConfirmation(db, key, { status, entryId, reason, amount })
    if (!known) throw notFound('There is no instruction under this key.')
    await tellCase(temporal, known, ledgerConfirmed, { key, status })
    log.info({ instruction: key, status }, 'the ledger confirmed later')
    response.status(204).end()
  })

  function verified(body: Buffer, headers: Record<string, string>): unknown {
    try {
      return webhook.verify(body, headers)
    } catch (error) {
      if (error instanceof WebhookVerificationError) throw forbidden('The signature of this webhook is missing, wrong or too old.')
      throw error
    }
  }
  return router
}
