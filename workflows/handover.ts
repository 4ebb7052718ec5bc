import type { CaseMoved } from '../domain/messages'
import { telephony } from './activities'
import type { CaseState } from './caseState'

/** The case, its call and its verdicts are somebody else's from now on; the telephone follows. */
export function handOver(state: CaseState, work: Promise<void>[], { toAgentId, fromAgentId }: CaseMoved): void {
  const { call } = state
  state.agentId = state.lastAgentId = toAgentId
  if (!call || call.ended) return
  call.agentId = toAgentId
  call.lostAgent = undefined
  work.push(telephony.giveFloor(state.caseId, toAgentId, fromAgentId ?? undefined))
}
