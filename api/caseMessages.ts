import type { Client } from '@temporalio/client'
import type { Log } from '../configuration/log'
import { agentLeft, offerAnswered, transferAnswered, type CaseAddress, type OfferAnswered } from '../domain/messages'
import { chatAgentLeft } from '../domain/reminder/messages'
import { offerToFreeAgent, tellCase } from '../providers/caseWorkflows'
import { openChatsOf } from '../records/chatsInHand'
import { answeredCallOf } from '../records/conference'
import type { Database } from '../records/database'

/** What the desk tells the workflow of a payer's case after PostgreSQL has decided. */
export interface CaseMessages {
  /** Whoever has just become free gets the most urgent case that waits. */
  offerToFreeAgent(agentId: string): Promise<void>
  offerAnswered(theCase: CaseAddress, answer: OfferAnswered): Promise<void>
  /** The offer was of a call that another agent hands over. */
  transferAnswered(theCase: CaseAddress, answer: OfferAnswered): Promise<void>
  /** The browser of an agent went away: whoever they talk or chat with looks whether they are still there. */
  browserLeft(agentId: string): Promise<void>
}

const patienceMillis = 5_000

export function createCaseMessages({ db, temporal, log }: { db: Database; temporal: Client; log: Log }): CaseMessages {
  /**
   * The transaction is done, and the workflow reads it at its next look: a signal that does not get
   * through costs seconds and is no reason to tell the agent "no".
   */
  async function tell(work: () => Promise<unknown>): Promise<void> {
    try {
      await temporal.withDeadline(Date.now() + patienceMillis, work)
    } catch (error) {
      log.error({ err: error }, 'a signal did not reach the case')
    }
  }
  return {
    offerToFreeAgent: (agentId) => tell(() => offerToFreeAgent(db, temporal, agentId)),
    offerAnswered: (theCase, answer) => tell(() => tellCase(temporal, theCase, offerAnswered, answer)),
    transferAnswered: (theCase, answer) => tell(() => tellCase(temporal, theCase, transferAnswered, answer)),
    browserLeft: (agentId) =>
      tell(async () => {
        const talk = await answeredCallOf(db, agentId)
        if (talk) await tellCase(temporal, talk, agentLeft, { attemptId: talk.attemptId, agentId, unconfirmed: true })
        await Promise.all((await openChatsOf(db, agentId)).map((chat) => tellCase(temporal, chat, chatAgentLeft, { agentId })))
      }),
  }
}
