import { condition } from '@temporalio/workflow'
import type { TransferBegun } from '../domain/messages'
import { dispatch } from './activities'
import type { CaseState } from './caseState'

/** A call is offered to one colleague after the other until one comes in or nobody is left; then the two agents decide. */
export async function carryTransfer(state: CaseState, { transferId, offer: first }: TransferBegun): Promise<void> {
  const { caseId } = state
  for (let offer = first as TransferBegun['offer'] | undefined; offer;) {
    const { offerId, expiresAt } = offer
    // A little longer than the offer itself, so that an answer in the last moment is heard.
    await condition(() => state.answers.has(offerId), Math.max(50, Date.parse(expiresAt) + 300 - Date.now()))
    if (state.answers.get(offerId)?.accepted) return
    offer = await dispatch.offerTransferAgain(caseId, transferId, offerId)
  }
}
