import { agentLabel, supervisorLabel } from '../domain/legs'
import type { ActivityDependencies } from './dependencies'

/** Who is in a case's conference, and how. */
export function createConferenceActivities({ telephony }: ActivityDependencies) {
  return {
    /** A call has moved to somebody else: they are heard by all, and whoever had it before is out. Repeating it does no harm. */
    async giveFloor(caseId: string, agentId: string, goneAgentId?: string): Promise<void> {
      const legs = await telephony.legsIn(caseId)
      for (const { callSid, label } of legs) {
        if (label === agentLabel(agentId) || label === supervisorLabel(agentId)) await telephony.seatLeg(caseId, callSid, { muted: false })
        // Their browser leaves by itself; this is for one that does not.
        if (goneAgentId && label === agentLabel(goneAgentId)) await telephony.removeLeg(caseId, callSid)
      }
    },
  }
}
