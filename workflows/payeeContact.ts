import { condition } from '@temporalio/workflow'
import { findAgent } from './agentSearch'
import { dispatch, records } from './activities'
import { ring, verdictAfter } from './conversation'
import type { TransferHelpState } from './transferHelpState'

/** Asks the payee by their app and by telephone, again and again, until they have answered or the time is up. */
export async function contactPayee(help: TransferHelpState): Promise<void> {
  const { caseId, rules, payee } = help.input
  const until = Date.now() + rules.payeeAnswerMillis
  const answered = () => help.answer !== undefined || help.missing === 0
  await records.askPayee(caseId, { step: 'asked', number: ++help.asked, until: new Date(until).toISOString() })
  await help.tell('help_contacting')
  for (let rung = 0; payee.phone !== undefined && rung < rules.payeeAttempts && !answered() && Date.now() < until; ) {
    const welcomeAt = await callOnce(help, until)
    if (welcomeAt === undefined) rung++
    await condition(answered, Math.max(1, Math.min(until, welcomeAt ?? Date.now() + rules.payeeRetryMillis) - Date.now()))
  }
  await condition(answered, Math.max(1, until - Date.now()))
  // Whatever was recorded and not heard of.
  help.answer ??= await records.payeeAnswer(caseId)
}

/** One attempt. @returns when calling is welcome again, if it is not now, in epoch milliseconds */
async function callOnce(help: TransferHelpState, until: number): Promise<number | undefined> {
  const { call } = help
  const over = () => help.answer !== undefined
  help.startCalling(Date.now())
  call.contact = false
  // Whose machine or silence we were met by once is rung with a person on our side from then on.
  if (call.agentFirst) {
    call.agentId = (await findAgent(call, () => until, over)).agentId
    if (call.agentId && over()) {
      await dispatch.endChat(call.caseId, call.policy.wrapUpSeconds)
      call.agentId = undefined
    }
    if (!call.agentId) return undefined
  }
  const outcome = await ring(call, call.agentId ? 'agent_first' : 'automated')
  await verdictAfter(call, outcome)
  call.capReached = false
  return call.notBefore > Date.now() ? call.notBefore : undefined
}
