import { agentLegOf, agentMayJoin } from '../../records/conference'
import { sqlOf } from '../../records/database'
import { monitoringOf, recordSupervisorJoined, whisperersIn } from '../../records/monitoring'
import { joinAgent, joinSupervisor, reject } from './documents'
import type { Webhooks } from './webhooks'

/** The legs of agents and supervisors, who join a talk from the browser. */
export function browserLegs({ db, telephony, log, address, document }: Webhooks) {
  /** A browser dials in: an agent's only into the case that is theirs, a supervisor's only where they are on record. */
  document('/agent', async (_request, { From = '', caseId = '' }) => {
    const agentId = decodeURIComponent(From.replace(/^client:/, ''))
    if (await agentMayJoin(db, caseId, agentId)) return joinAgent(address, { caseId, agentId })
    const monitoring = await monitoringOf(db, agentId)
    if (monitoring?.caseId === caseId) {
      const coached = await agentLegOf(sqlOf(db), caseId)
      return joinSupervisor(address, { caseId, supervisorId: agentId, mode: monitoring.mode, ...(coached ? { coached } : {}) })
    }
    log.warn({ caseId, agentId }, 'an agent tried to join a case that is not theirs')
    return reject()
  })

  /** A report is not refused because the provider does not do as it is told: it would only come again. */
  async function seat(caseId: string, callSid: string, wish: { muted: boolean; coached?: string }): Promise<void> {
    await telephony.seatLeg(caseId, callSid, wish).catch((error: unknown) => log.error({ caseId, err: error }, 'a supervisor’s leg is not as it should be'))
  }

  return {
    /** How they are in the call may have changed while their leg was on its way. */
    async supervisorIsIn(caseId: string, supervisorId: string, callSid: string): Promise<void> {
      const monitoring = await recordSupervisorJoined(db, caseId, supervisorId, callSid)
      if (!monitoring) return
      const coached = monitoring.mode === 'whisper' ? await agentLegOf(sqlOf(db), caseId) : undefined
      await seat(caseId, callSid, { muted: monitoring.mode === 'listen' || (monitoring.mode === 'whisper' && !coached), ...(coached ? { coached } : {}) })
    },

    /** An agent who comes back has a new leg, and whoever whispers to them must follow it. */
    async coachAgain(caseId: string): Promise<void> {
      const whisperers = await whisperersIn(db, caseId)
      const coached = whisperers.length > 0 ? await agentLegOf(sqlOf(db), caseId) : undefined
      for (const { callSid } of whisperers) if (coached) await seat(caseId, callSid, { muted: false, coached })
    },
  }
}
