import { condition } from '@temporalio/workflow'
import type { AgentSearch } from '../activities/dispatch'
import { dispatch } from './activities'
import type { CaseState } from './caseState'

// An agent who becomes free is matched at once, outside. Looking again only covers what was lost on
// the way, so it may become rare: a case that waits for a day must not fill its history with looks.
const secondsUntilNextLook = (looks: number) => Math.min(600, 10 * 1.3 ** looks)

export interface SearchResult {
  agentId?: string
  /** How things stood at the last look, for choosing how to dial without an agent. */
  look: Pick<AgentSearch, 'freeSoon' | 'ringingWithoutAgent' | 'dialMode' | 'dialNow'>
}

/**
 * Seeks an agent until one accepts, the time is up, or `over` says that none is needed any more.
 * An offer lasts 15 s by policy; unanswered or declined, it moves on to the next agent.
 * @param until when to stop, from how long the calls ahead of ours will take
 */
export async function findAgent(
  state: CaseState,
  until: (backlogSeconds: number) => number,
  over: () => boolean,
): Promise<SearchResult> {
  let expiringOfferId: string | undefined
  let stopAt = until(0)
  for (let looks = 0; ; looks++) {
    const late = looks > 0 && Date.now() >= stopAt
    const look = await (firstLook(state) ?? dispatch.reserveAgent({
      caseId: state.caseId,
      policyVersion: state.policyVersion,
      fresh: looks === 0,
      expiringOfferId,
      preferredAgentId: state.lastAgentId,
      ...(state.call?.needsAgent ? { onTheLine: true } : {}),
      ...(state.personOnly ? { personOnly: true } : {}),
      ...(state.avoided ? { avoided: state.avoided } : {}),
      ...(state.chat ? { chat: true } : {}),
      intent: over() ? 'withdraw' : late ? 'last_look' : 'seek',
    }))
    expiringOfferId = undefined
    if (look.avoidedLongEnough) state.avoided = undefined
    if (look.closed) {
      state.isClosed()
      return { look }
    }
    stopAt = until(look.backlogSeconds)
    if (look.accepted) return { agentId: look.accepted.agentId, look }
    if (over() || look.dialNow || (late && !look.offer)) return { look }
    state.offer = look.offer ?? state.offer

    if (!state.offer) {
      const soonest = [look.nextFreeAt, look.widensAt].flatMap((at) => (at ? Date.parse(at) : []))
      const wakeAt = Math.min(stopAt, ...soonest, Date.now() + secondsUntilNextLook(looks) * 1_000)
      // A payment that joins has a promise of its own, which may leave less time.
      const known = state.payments.size
      await condition(() => state.offer !== undefined || over() || state.payments.size > known, Math.max(100, wakeAt - Date.now()))
      if (!state.offer) continue
    }
    const { offerId, expiresAt } = state.offer
    // A little longer than the offer itself, so that an answer in the last moment is heard.
    await condition(() => state.answers.has(offerId) || over(), Math.max(50, Date.parse(expiresAt) + 300 - Date.now()))
    state.offer = undefined
    const answer = state.answers.get(offerId)
    if (answer?.accepted) return { agentId: answer.agentId, look }
    if (!answer) expiringOfferId = offerId
  }
}

/** The look that was made while the case opened. */
function firstLook(state: CaseState): Promise<AgentSearch> | undefined {
  const search = state.opening?.search
  if (search) state.opening!.search = undefined
  return search
}
