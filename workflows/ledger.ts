import { condition } from '@temporalio/workflow'
import type { MoneyOrder } from '../activities/funds'
import type { LedgerAnswer } from '../records/money'
import { funds } from './activities'

// The ledger tells us of confirmations; asking again only covers what was lost on the way.
const secondsUntilAskedAgain = [30, 30, 60, 300, 900, 3_600]

/**
 * Gives the payments core an instruction that stands apart from a callback's verdicts, and waits until the
 * ledger has said yes or no. No answer is waited out; the key makes repeating harmless.
 * @param said keys that the ledger has told us of, by the signal `ledgerConfirmed`
 */
export async function instructed(order: MoneyOrder, said: Set<string>): Promise<LedgerAnswer> {
  let answer = await funds.instruct(order)
  for (let times = 0; answer.status === 'pending'; times++) {
    const pause = secondsUntilAskedAgain[Math.min(times, secondsUntilAskedAgain.length - 1)]! * 1_000
    await condition(() => said.delete(order.key), pause)
    answer = await funds.instruct(order)
  }
  return answer
}
