import type { OfferMade } from '../domain/messages'
import { offerTransferAgain } from '../records/warmTransfer'
import { reserveAgent, type Reservation, type ReservationRequest } from '../records/matching'
import { offerToFreeAgent, tellOffered } from '../providers/caseWorkflows'
import { isAgentIn } from '../records/conference'
import { loseAgent } from '../records/presence'
import type { ActivityDependencies } from './dependencies'

export interface AgentSearch extends Omit<Reservation, 'offeredElsewhere'> {
  /** How long the calls owed before this one take at the account's calls per second. */
  backlogSeconds: number
}

export function createDispatchActivities({ db, temporal, telephony, configuration, log }: ActivityDependencies) {
  /** Somebody else comes to the payer, who hears so meanwhile. */
  async function askForPatience(caseId: string, attemptId: string): Promise<void> {
    const { callSid } = await db.attempt.findUniqueOrThrow({ where: { id: attemptId } })
    const url = `${configuration.publicBaseUrl}/telephony/conferences/${encodeURIComponent(caseId)}/patience`
    if (callSid) await telephony.announceTo(caseId, callSid, url)
  }

  return {
    /** Offers the case to exactly one free agent, or queues it; an offer whose time is up expires first. */
    async reserveAgent(request: ReservationRequest): Promise<AgentSearch> {
      const { offeredElsewhere = [], ...reservation } = await reserveAgent(db, request)
      // The offers stand in PostgreSQL: a case that cannot be told finds its own at its next look.
      await Promise.all(
        offeredElsewhere.map(async (offered) => {
          const told = await tellOffered(db, temporal, offered).catch((error: unknown) => log.warn({ caseId: offered.caseId, err: error }, 'a case could not be told of its offer'))
          if (told === false) await offerToFreeAgent(db, temporal, offered.agentId)
        }),
      )
      return { ...reservation, backlogSeconds: reservation.waitingAhead / configuration.telephony.callsPerSecond }
    },

    offerTransferAgain: (caseId: string, transferId: string, offerId: string): Promise<OfferMade | undefined> => offerTransferAgain(db, caseId, transferId, offerId),

    /** The agent's leg left a live call. Has it come back (a reload), or is the agent lost to this call? */
    async agentIsBack(caseId: string, attemptId: string, agentId: string): Promise<boolean> {
      const back = await isAgentIn(db, caseId, agentId)
      if (!back) {
        await loseAgent(db, caseId, agentId)
        await askForPatience(caseId, attemptId).catch((error: unknown) => log.warn({ caseId, attemptId, err: error }, 'the payer could not be asked to wait'))
        log.warn({ caseId, attemptId, agentId }, 'an agent was lost in a live call; another one is sought')
      }
      return back
    },
  }
}
