import { randomUUID } from 'node:crypto'
import type { Prisma } from '../generated/prisma/client'
import type { Transaction } from './database'

/** What the risk engine is told; names are CloudEvents types. */
export type OutboundType =
  | 'risk-callback.case.opened'
  | 'risk-callback.payment.joined'
  | 'risk-callback.promise.broken'
  | 'risk-callback.verdict.recorded'
  | 'risk-callback.money.confirmed'
  | 'risk-callback.money.refused'
  | 'risk-callback.case.closed'

/** Queues a signed event in the transaction that makes it true; `deliverEvents` sends it. */
export async function queueEvent(
  tx: Transaction,
  caseId: string,
  type: OutboundType,
  data: Prisma.InputJsonObject,
): Promise<void> {
  const id = `evt_${randomUUID()}`
  await tx.outboundEvent.create({
    data: {
      id,
      caseId,
      type,
      body: {
        specversion: '1.0',
        id,
        source: 'risk-callback',
        type,
        subject: caseId,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        data: { caseId, ...data },
      },
    },
  })
}
