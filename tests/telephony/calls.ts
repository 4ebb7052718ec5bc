import { beginAttempt, markAsked, storeCall } from '../../records/attempts'
import type { Database } from '../../records/database'
import type { DialMode } from '../../domain/status'
import { openCase } from '../api/flags'

/** A case with one attempt that the provider has taken. */
export async function dialled(db: Database, mode: DialMode, changes: Parameters<typeof openCase>[1] = {}) {
  const opened = await openCase(db, changes)
  const { caseId, payerId, policyVersion } = opened
  const attempt = await beginAttempt(db, { caseId, payerId, number: 1, phone: '+8613800000001', mode, policyVersion, reason: 'first' })
  // Pacing permits no customer-first call before many talks were counted; these tests are about what comes after it.
  await db.attempt.update({ where: { id: attempt.id }, data: { mode } })
  await markAsked(db, attempt)
  const callSid = `CA${attempt.id.replace(/\W/g, '').slice(-30)}`
  await storeCall(db, attempt.id, callSid, 'created')
  return { ...opened, attemptId: attempt.id, callSid }
}
