import { condition, sleep } from '@temporalio/workflow'
import { moneyActionKey } from '../domain/money'
import type { CheckMove } from '../activities/reminder'
import { funds, records } from './activities'
import type { ReminderState } from './reminderState'

// Confirmations are told; asking again only covers what was lost on the way.
const secondsUntilAskedAgain = { pending: [30, 30, 60, 300, 900, 3_600], refused: [60, 300, 900, 3_600] }
const notHeld = { decision: 'refused', ending: 'funds_not_held' } as const
const pause = (kind: keyof typeof secondsUntilAskedAgain, times: number) => secondsUntilAskedAgain[kind].at(Math.min(times, secondsUntilAskedAgain[kind].length - 1))! * 1_000

/** The money is held on the payer's side at once, so that it cannot leave by another way while somebody talks with them. */
export async function holdCheck(state: ReminderState): Promise<void> {
  const { status } = await instruct(state, 'hold', 'paused')
  state.payment.holdAnswered = true
  // A payment whose money cannot be had cannot be made.
  if (status !== 'refused') return
  state.notHeld = true
  state.seal(notHeld)
}

/** Lets the money go to the payee, or back to the payer. Over when the ledger has confirmed it, and not before. */
export async function settleCheck(state: ReminderState): Promise<void> {
  const fate = await records.sealFate(state.check.caseId, state.notHeld ? notHeld : state.fate!)
  if (state.notHeld) return
  for (let refusals = 0; ; refusals++) {
    const { status } = await instruct(state, fate.decision === 'pay' ? 'release' : 'refund', fate.ending)
    if (status === 'confirmed') return
    // The money stays where the ledger has it; the case says that it needs attention.
    await sleep(pause('refused', refusals))
  }
}

async function instruct(state: ReminderState, kind: CheckMove, reason: string) {
  const key = moneyActionKey(kind, state.check.paymentId)
  for (let times = 0; ; times++) {
    const answer = await funds.moveCheckMoney(state.check, kind, reason)
    if (answer.status !== 'pending') return answer
    await condition(() => state.call.ledgerSaid.delete(key), pause('pending', times))
  }
}
