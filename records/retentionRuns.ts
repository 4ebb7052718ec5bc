import type { RetentionRun } from '../generated/prisma/client'
import { inTransaction, type Database, type Sql } from './database'
import { currentPolicy } from './policy'
import { chainFills } from './presence'

/** How much of each kind a run has deleted or erased; what could not be deleted now is left for the next one. */
export interface RetentionCounts {
  recordings: number
  cases: number
  paymentChecks: number
  transferChecks: number
  failed: number
}

/** A repeat is the same run. */
export async function beginRun(db: Database, runId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { version } = await currentPolicy(tx)
    await tx.$executeRaw`INSERT INTO retention_run (id, policy_version) VALUES (${runId}, ${version}) ON CONFLICT DO NOTHING`
  })
}

/** Counts in the transaction that erases, so that a run which dies in the middle has counted right. */
export async function countErased(tx: Sql, runId: string, erased: Partial<RetentionCounts>): Promise<void> {
  const { recordings = 0, cases = 0, paymentChecks = 0, transferChecks = 0, failed = 0 } = erased
  await tx.$executeRaw`
    UPDATE retention_run SET recordings = recordings + ${recordings}, cases = cases + ${cases}, payment_checks = payment_checks + ${paymentChecks},
      transfer_checks = transfer_checks + ${transferChecks}, failed = failed + ${failed} WHERE id = ${runId}`
}

/** The run is over: its counts are a row of the audit log, once. */
export async function endRun(db: Database, runId: string): Promise<RetentionCounts> {
  return db.$transaction(async (tx) => {
    const ended = await tx.retentionRun.updateMany({ where: { id: runId, finishedAt: null }, data: { finishedAt: new Date() } })
    const { recordings, cases, paymentChecks, transferChecks, failed, policyVersion } = await tx.retentionRun.findUniqueOrThrow({ where: { id: runId } })
    const counts = { recordings, cases, paymentChecks, transferChecks, failed }
    if (ended.count > 0)
      await tx.auditEntry.create({
        data: { ...chainFills, actor: 'system:retention', action: 'retention_run', subject: 'retention', data: { runId, policyVersion, ...counts } },
      })
    return counts
  })
}

/** The last runs, newest first. */
export function lastRuns(db: Database, limit: number): Promise<RetentionRun[]> {
  return db.retentionRun.findMany({ orderBy: { startedAt: 'desc' }, take: limit })
}
