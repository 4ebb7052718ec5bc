import { randomUUID } from 'node:crypto'
import type { Prisma } from '../generated/prisma/client'
import { sealedWithin } from '../configuration/vault'
import type { Sql } from './database'
import { words } from './sealedColumns'

/** What the risk engine is told; names are CloudEvents types. */
export type OutboundType =
  | 'risk-callback.case.opened'
  | 'risk-callback.payment.joined'
  | 'risk-callback.promise.broken'
  | 'risk-callback.verdict.recorded'
  | 'risk-callback.money.confirmed'
  | 'risk-callback.money.refused'
  | 'risk-callback.approval.requested'
  | 'risk-callback.approval.decided'
  | 'risk-callback.dispute.opened'
  | 'risk-callback.dispute.decided'
  | 'risk-callback.dispute.closed'
  | 'risk-callback.help.opened'
  | 'risk-callback.payee.asked'
  | 'risk-callback.help.closed'
  | 'risk-callback.payer.told'
  | 'risk-callback.case.closed'
  | 'risk-callback.call.announced'
  | 'risk-callback.reminder.paused'
  | 'risk-callback.reminder.changed'
  | 'risk-callback.reminder.decided'

/** Queues a signed event in the transaction that makes it true; `deliverEvents` sends it. */
export async function queueEvent(tx: Sql, caseId: string, type: OutboundType, data: Prisma.InputJsonObject): Promise<void> {
  const id = `evt_${randomUUID()}`
  const body = {
    specversion: '1.0',
    id,
    source: 'risk-callback',
    type,
    subject: caseId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { caseId, ...data },
  }
  await tx.$executeRaw`INSERT INTO outbound_event (id, case_id, type, body) VALUES (${id}, ${caseId}, ${type}, ${sealedWithin(body, words)}::jsonb)`
}
