import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import { caseWorkflowId, offerAnswered, offerMade, type OfferAnswered, type OfferMade } from '../domain/messages'
import type { Log } from '../configuration/log'

/** What the API tells the workflow of a payer's case. */
export interface CaseMessages {
  offerMade(payerId: string, offer: OfferMade): Promise<void>
  offerAnswered(payerId: string, answer: OfferAnswered): Promise<void>
}

export function createCaseMessages({ temporal, log }: { temporal: Client; log: Log }): CaseMessages {
  /**
   * The transaction has decided already, and the workflow reads it when the offer's time is up: a
   * signal that does not get through costs seconds and is no reason to tell the agent "no".
   */
  async function tell(payerId: string, send: (handle: ReturnType<typeof temporal.workflow.getHandle>) => Promise<void>): Promise<void> {
    try {
      await temporal.withDeadline(Date.now() + 5_000, () => send(temporal.workflow.getHandle(caseWorkflowId(payerId))))
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) log.info('the case closed before the signal came')
      else log.error({ err: error }, 'a signal did not reach the case')
    }
  }
  return {
    offerMade: (payerId, offer) => tell(payerId, (handle) => handle.signal(offerMade, offer)),
    offerAnswered: (payerId, answer) => tell(payerId, (handle) => handle.signal(offerAnswered, answer)),
  }
}
