import type { Client } from '@temporalio/client'
import { callEnded } from '../domain/messages'
import type { CallNews } from '../records/calls'
import type { Database } from '../records/database'
import { offerToFreeAgent, tellCase } from './caseWorkflows'
import { endThirdPartyCall } from './thirdParties'

/** Passes on what a report about a call brought: its end to the case, and what it means to others. */
export async function tellCallNews(db: Database, temporal: Client, news: CallNews): Promise<void> {
  if (news.ended) await tellCase(temporal, news, callEnded, news.ended)
  await tellOthers(db, temporal, news)
}

/** An agent whom a call freed goes to whoever waits; the call of somebody who had been added to it is to end. */
export async function tellOthers(db: Database, temporal: Client, { freedAgentId, thirdPartyId }: CallNews): Promise<void> {
  if (freedAgentId) await offerToFreeAgent(db, temporal, freedAgentId)
  if (thirdPartyId) await endThirdPartyCall(temporal, thirdPartyId)
}
