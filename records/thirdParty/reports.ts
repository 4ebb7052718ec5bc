import type { CaseAddress } from '../../domain/messages'
import { isMachine, outcomeOf, stepTo } from '../calls'
import { inTransaction, type Database } from '../database'
import { policyVersion } from '../policy'
import { appendEvents, type CaseEventInput } from '../timeline'
import { about, lockLine, type ThirdPartyLine } from './line'

/** One report about a third party's call: a status callback, what polling found, or that nobody was rung. */
export interface ThirdPartyReport {
  id: string
  /** Absent: there is no call. */
  callSid?: string
  status: string
  source: 'callback' | 'poll'
  errorCode?: string
}

/** Whom the agent had left with the third party, and who is alone now. */
export interface LeftAlone extends CaseAddress {
  attemptId: string
  agentId: string
}

export interface ThirdPartyNews {
  id: string
  caseId: string
  ended: boolean
  leftAlone?: LeftAlone
  /** A second call for one intent: the product's gravest fault, to be alarmed about. */
  foreignCallSid?: true
}

/** Takes in a report: regress is ignored, the end sticks, and a repeat tells its news again. @returns undefined when they are unknown */
export async function recordThirdPartyReport(db: Database, { id, callSid, status, source, errorCode }: ThirdPartyReport): Promise<ThirdPartyNews | undefined> {
  return inTransaction(db, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line) return undefined
    const { caseId } = line
    if (line.callSid && callSid && line.callSid !== callSid) return { id, caseId, ended: false, foreignCallSid: true as const }
    const step = stepTo(line.status, status)
    if (!step.news) return newsOf(line, line.status === 'ended')
    const ended = step.status === 'ended'
    const outcome = ended ? outcomeOf(status, line.joinedAt !== null && !isMachine(line.answeredBy), line.answeredBy) : null
    await tx.$executeRaw`
      UPDATE third_party SET status = ${step.status}, call_sid = coalesce(call_sid, ${callSid ?? null}), outcome = ${outcome},
        ended_at = ${ended ? new Date() : null}, error_code = ${ended ? (errorCode ?? null) : null}
      WHERE id = ${id}`
    const events: CaseEventInput[] = []
    const who = about(line)
    if (step.status === 'ringing') events.push({ type: 'third_party_ringing', actor: 'provider', data: { ...who, source } })
    // Without a call nobody else has ended it.
    const actor = (callSid ?? line.callSid) ? 'provider' : 'system:telephony'
    if (ended) events.push({ type: 'third_party_ended', actor, data: { ...who, outcome, source, ...(errorCode ? { errorCode } : {}) } })
    await appendEvents(tx, caseId, events)
    return newsOf(line, ended)
  })
}

/** Whoever was left with the third party alone is alone with nobody once that one is gone. */
function newsOf(line: ThirdPartyLine, ended: boolean): ThirdPartyNews {
  const { id, caseId, payerId, workflowId, attemptId, agentId } = line
  const alone = ended && line.leftTogetherAt !== null && line.talking
  return { id, caseId, ended, ...(alone ? { leftAlone: { payerId, workflowId: workflowId ?? null, attemptId, agentId } } : {}) }
}

/** The provider has the call. Callbacks may have been faster and gone further; nothing goes back. */
export async function storeThirdPartyCall(db: Database, id: string, callSid: string, how: 'created' | 'reconciled'): Promise<void> {
  await inTransaction(db, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line) throw new Error(`third party ${id} is unknown`)
    const news = line.callSid === null
    await tx.$executeRaw`
      UPDATE third_party SET call_sid = ${callSid}, status = ${line.status === 'intended' ? 'queued' : line.status} WHERE id = ${id}`
    await appendEvents(tx, line.caseId, news ? [{ type: 'third_party_called', actor: 'provider', data: { ...about(line), callSid, how } }] : [])
  })
}

/** They are in the talk, and so have heard the announcement. Repeats write nothing. */
export async function recordThirdPartyJoined(db: Database, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line || line.joinedAt !== null) return
    const { recordCalls } = await policyVersion(tx, line.policyVersion)
    await tx.$executeRaw`UPDATE third_party SET joined_at = now(), consent_at = ${recordCalls ? new Date() : null} WHERE id = ${id}`
    const who = about(line)
    await appendEvents(tx, line.caseId, [
      ...(recordCalls ? [{ type: 'third_party_announced', actor: 'system:telephony', data: { ...who, script: line.script } }] : []),
      { type: 'third_party_joined', actor: 'third-party', data: who },
    ])
  })
}

/** Who answered. A machine may be the menu of a hotline: the agent hears it, and decides. */
export async function recordThirdPartyAnsweredBy(db: Database, id: string, answeredBy: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line || line.answeredBy !== null) return
    await tx.$executeRaw`UPDATE third_party SET answered_by = ${answeredBy} WHERE id = ${id}`
    if (isMachine(answeredBy)) await appendEvents(tx, line.caseId, [{ type: 'third_party_machine', actor: 'provider', data: about(line) }])
  })
}
