import { condition } from '@temporalio/workflow'
import { findAgent } from './agentSearch'
import { dispatch, records } from './activities'
import { follow, verdictAfter } from './conversation'
import type { ReminderState } from './reminderState'

// An agent's browser that died is noticed by its lease; a chat that goes on and on is looked at more rarely.
const secondsBetweenLooks = { first: 30, longest: 60 }

/** The payer pressed the button: an agent by chat, or on the line once the payer has called in. */
export async function helpPayer(state: ReminderState): Promise<void> {
  const channel = state.help
  state.help = undefined
  state.talk = undefined
  state.payment.decided = false
  // A call first, a chat afterwards, or the other way round: whatever was asked for last.
  const asked = () => state.help !== undefined || state.fate !== undefined
  if (channel === 'voice') await talkOnTheLine(state, asked)
  else await chat(state, asked)
  if (state.talk || asked()) return
  // Nobody could come, or nothing came of it: as if the button had not been pressed.
  state.followPlan()
}

async function talkOnTheLine(state: ReminderState, asked: () => boolean): Promise<void> {
  const { call } = state
  await condition(() => call.call !== undefined || asked(), state.policy.helpSeconds * 1_000)
  if (!call.call) return
  const outcome = await follow(call, call.call)
  call.call = undefined
  await verdictAfter(call, outcome)
}

async function chat(state: ReminderState, asked: () => boolean): Promise<void> {
  const { call, policy, check } = state
  const seekUntil = Date.now() + policy.helpSeconds * 1_000
  call.chat = true
  const { agentId } = await findAgent(call, () => seekUntil, asked)
  call.chat = false
  if (!agentId) return
  state.chatAgentId = agentId
  state.chatAgentLeft = false
  const until = Date.now() + policy.talkSeconds * 1_000
  const over = () => state.talk !== undefined || asked()
  for (let pause = secondsBetweenLooks.first; !over() && Date.now() < until; pause = Math.min(pause * 1.5, secondsBetweenLooks.longest)) {
    await condition(() => over() || state.chatAgentLeft, Math.min(pause * 1_000, Math.max(1, until - Date.now())))
    if (state.chatAgentLeft) {
      state.chatAgentLeft = false
      await condition(over, check.policy.body.agentReturnSeconds * 1_000)
    }
    if (over() || (await records.chatAgentIsThere(check.caseId, agentId))) continue
    // The payer is not left alone with an empty chat: the next agent is sought.
    state.chatAgentId = undefined
    call.agentId = undefined
    state.help = 'chat'
    return
  }
  await dispatch.endChat(check.caseId, check.policy.body.wrapUpSeconds)
  state.chatAgentId = undefined
  call.agentId = undefined
}
