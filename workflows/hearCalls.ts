import { setHandler } from '@temporalio/workflow'
import * as messages from '../domain/messages'
import type { CaseState } from './caseState'

/** What every case that calls somebody hears of its offers, its calls and the ledger. */
export function hearCalls(call: CaseState): void {
  setHandler(messages.offerMade, (offer) => void (call.offer ??= offer))
  setHandler(messages.offerAnswered, (answer) => {
    call.answers.set(answer.offerId, answer)
    // At once: a verdict may come in the same breath, before the search has taken notice.
    if (answer.accepted) call.agentId = answer.agentId
  })
  setHandler(messages.payerReached, (reached) => call.reach(reached))
  setHandler(messages.machineAnswered, ({ attemptId }) => {
    if (call.call?.attemptId === attemptId) call.call.machine = true
  })
  setHandler(messages.callEnded, (ended) => call.endCall(ended))
  setHandler(messages.agentLeft, (left) => call.loseAgent(left))
  setHandler(messages.callUnderWay, () => ({ calling: call.call !== undefined && call.call.ended === undefined }))
  setHandler(messages.ledgerConfirmed, ({ key }) => void call.ledgerSaid.add(key))
}
