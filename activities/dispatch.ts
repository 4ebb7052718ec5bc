import { reserveAgent, type Reservation, type ReservationRequest } from '../records/offers'
import { isAgentIn } from '../records/conference'
import { loseAgent } from '../records/presence'
import type { ActivityDependencies } from './dependencies'

export interface AgentSearch extends Reservation {
  /** How long the calls owed before this one take at the account's calls per second. */
  backlogSeconds: number
}

export function createDispatchActivities({ db, configuration, log }: ActivityDependencies) {
  return {
    /** Offers the case to exactly one free agent, or queues it; an offer whose time is up expires first. */
    async reserveAgent(request: ReservationRequest): Promise<AgentSearch> {
      const reservation = await reserveAgent(db, request)
      return { ...reservation, backlogSeconds: reservation.waitingAhead / configuration.telephony.callsPerSecond }
    },

    /** The agent's leg left a live call. Has it come back (a reload), or is the agent lost to this call? */
    async agentIsBack(caseId: string, attemptId: string, agentId: string): Promise<boolean> {
      const back = await isAgentIn(db, caseId, agentId)
      if (!back) {
        await loseAgent(db, caseId, agentId)
        log.warn({ caseId, attemptId, agentId }, 'an agent was lost in a live call; another one is sought')
      }
      return back
    },
  }
}
