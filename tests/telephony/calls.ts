import { beginAttempt, storeCall } from '../../records/attempts'
import { recordCallReport } from '../../records/calls'
import { markAsked } from '../../records/ringing'
import { addThirdParty } from '../../records/thirdParty/adding'
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

let numbers = 0

/** A talk of this agent with a payer, and somebody whom they add to it. */
export async function thirdPartyIn(db: Database, agentId: string, phone = `+86139000020${String(numbers++).padStart(2, '0')}`) {
  const { caseId, attemptId, callSid } = await dialled(db, 'agent_first')
  await recordCallReport(db, { attemptId, callSid, status: 'in-progress', key: 'talk', source: 'callback' })
  await db.riskCase.update({ where: { id: caseId }, data: { agentId } })
  const id = await addThirdParty(db, { caseId, agentId, whom: { phone } })
  return { id, caseId, attemptId, callSid, phone }
}
