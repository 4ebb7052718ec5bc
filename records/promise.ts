import { slowestStep, type PromiseStep } from '../domain/promise'
import { inTransaction, type Database, type Sql } from './database'
import { queueEvent } from './outbox'
import { appendEvents, lockCase, type CaseEventInput } from './timeline'

/** What the promise needs to know of an attempt: when each of its steps was over. */
export interface AttemptTimes {
  intendedAt: Date
  requestedAt: Date | null
  rangAt: Date | null
}

interface PromisedPayment {
  id: string
  paidAt: Date
  flaggedAt: Date
  acknowledgedAt: Date | null
  deadline: Date
  rangAt: Date | null
  breachStep: string | null
}

/**
 * The phone rings: every payment of the case that had not been rung for has its promise kept or broken now.
 * @returns what is to be appended to the timeline
 */
export async function markRung(tx: Sql, caseId: string, attempt: AttemptTimes, at: Date): Promise<CaseEventInput[]> {
  const waiting = await tx.$queryRaw<PromisedPayment[]>`
    WITH first AS (UPDATE risk_case SET first_ring_at = ${at} WHERE id = ${caseId} AND first_ring_at IS NULL)
    UPDATE flagged_payment SET rang_at = ${at} WHERE case_id = ${caseId} AND rang_at IS NULL
    RETURNING id, paid_at AS "paidAt", flagged_at AS "flaggedAt", acknowledged_at AS "acknowledgedAt", deadline,
              rang_at AS "rangAt", breach_step AS "breachStep"`
  const events: CaseEventInput[] = []
  for (const payment of waiting) {
    if (at > payment.deadline) events.push(...(await markBroken(tx, caseId, payment, { ...attempt, rangAt: at }, at)).events)
    else {
      const secondsAfterPayment = Math.round((at.getTime() - payment.paidAt.getTime()) / 1_000)
      events.push({ type: 'promise_kept', actor: 'system:promise', data: { paymentId: payment.id, secondsAfterPayment } })
    }
  }
  return events
}

interface Breach {
  step?: PromiseStep
  events: CaseEventInput[]
}

async function markBroken(tx: Sql, caseId: string, payment: PromisedPayment, attempt: AttemptTimes | undefined, now: Date): Promise<Breach> {
  if (payment.breachStep) return { events: [] }
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
  await tx.$executeRaw`UPDATE flagged_payment SET breach_step = ${step} WHERE id = ${payment.id}`
  await queueEvent(tx, caseId, 'risk-callback.promise.broken', { paymentId: payment.id, step })
  return { step, events: [{ type: 'promise_broken', actor: 'system:promise', data: { paymentId: payment.id, step } }] }
}

/**
 * The deadline of a payment has come. When its phone has not rung, the promise is broken now.
 * @returns the step that used up the time, when this call was the one that found the breach
 */
export async function judgePromise(db: Database, caseId: string, paymentId: string): Promise<PromiseStep | undefined> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const [payment] = await tx.$queryRaw<PromisedPayment[]>`
      SELECT id, paid_at AS "paidAt", flagged_at AS "flaggedAt", acknowledged_at AS "acknowledgedAt", deadline,
             rang_at AS "rangAt", breach_step AS "breachStep"
      FROM flagged_payment WHERE id = ${paymentId} AND case_id = ${caseId}`
    if (!payment) throw new Error(`payment ${paymentId} is not in case ${caseId}`)
    if (payment.rangAt) return undefined
    const [attempt] = await tx.$queryRaw<AttemptTimes[]>`
      SELECT intended_at AS "intendedAt", requested_at AS "requestedAt", rang_at AS "rangAt"
      FROM attempt WHERE case_id = ${caseId} ORDER BY number LIMIT 1`
    const { step, events } = await markBroken(tx, caseId, payment, attempt, new Date())
    await appendEvents(tx, caseId, events)
    return step
  })
}
