import { slowestStep, type PromiseStep } from '../domain/promise'
import type { Attempt, FlaggedPayment } from '../generated/prisma/client'
import { transact, type Database, type Transaction } from './database'
import { queueEvent } from './outbox'
import { appendEvents } from './timeline'

/** The phone rings: every payment of the case that had not been rung for has its promise kept or broken now. */
export async function markRung(tx: Transaction, caseId: string, attempt: Attempt, at: Date): Promise<void> {
  await tx.riskCase.updateMany({ where: { id: caseId, firstRingAt: null }, data: { firstRingAt: at } })
  const waiting = await tx.flaggedPayment.findMany({ where: { caseId, rangAt: null } })
  if (waiting.length === 0) return
  await tx.flaggedPayment.updateMany({ where: { caseId, rangAt: null }, data: { rangAt: at } })
  const kept = waiting.filter((payment) => at <= payment.deadline)
  await appendEvents(
    tx,
    caseId,
    kept.map((payment) => ({
      type: 'promise_kept',
      actor: 'system:promise',
      data: { paymentId: payment.id, secondsAfterPayment: Math.round((at.getTime() - payment.paidAt.getTime()) / 1_000) },
    })),
  )
  for (const payment of waiting) if (at > payment.deadline) await markBroken(tx, payment, { ...attempt, rangAt: at }, at)
}

async function markBroken(tx: Transaction, payment: FlaggedPayment, attempt: Attempt | undefined, now: Date): Promise<PromiseStep | undefined> {
  if (payment.breachStep) return undefined
  const step = slowestStep(
    {
      paidAt: payment.paidAt.getTime(),
      flaggedAt: payment.flaggedAt.getTime(),
      acknowledgedAt: payment.acknowledgedAt?.getTime(),
      intendedAt: attempt?.intendedAt.getTime(),
      requestedAt: attempt?.requestedAt?.getTime(),
      rangAt: attempt?.rangAt?.getTime(),
    },
    now.getTime(),
  )
  await tx.flaggedPayment.update({ where: { id: payment.id }, data: { breachStep: step } })
  await appendEvents(tx, payment.caseId, [{ type: 'promise_broken', actor: 'system:promise', data: { paymentId: payment.id, step } }])
  await queueEvent(tx, payment.caseId, 'risk-callback.promise.broken', { paymentId: payment.id, step })
  return step
}

/**
 * The deadline of a payment has come. When its phone has not rung, the promise is broken now.
 * @returns the step that used up the time, when this call was the one that found the breach
 */
export async function judgePromise(db: Database, paymentId: string): Promise<PromiseStep | undefined> {
  return transact(db, async (tx) => {
    const { caseId } = await tx.flaggedPayment.findUniqueOrThrow({ where: { id: paymentId }, select: { caseId: true } })
    await tx.$queryRaw`SELECT 1 FROM risk_case WHERE id = ${caseId} FOR UPDATE`
    const payment = await tx.flaggedPayment.findUniqueOrThrow({ where: { id: paymentId } })
    if (payment.rangAt) return undefined
    const attempt = (await tx.attempt.findFirst({ where: { caseId }, orderBy: { number: 'asc' } })) ?? undefined
    return markBroken(tx, payment, attempt, new Date())
  })
}
