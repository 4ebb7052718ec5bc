import { sleep } from '@temporalio/workflow'
import type { MoneyOrder } from '../activities/funds'
import type { PayoutRequest, Redress } from '../records/payouts'
import { records } from './activities'
import { instructed } from './ledger'

const secondsUntilAskedAgain = [60, 300, 900, 3_600, 21_600]
// Most callbacks are over in minutes, and the payer waits for their money.
const secondsUntilCallbackIsOver = [15, 30, 60, 120, 300]
const pause = (times: number, steps = secondsUntilAskedAgain) => steps[Math.min(times, steps.length - 1)]! * 1_000

/** Gets the payer the whole amount, by whatever way is right; see `planRedress`. @returns by which */
export async function redress(request: PayoutRequest, ledgerSaid: Set<string>): Promise<Redress> {
  for (let times = 0; ; times++) {
    const plan = await records.planRedress(request)
    if (!plan.wait) {
      for (const order of plan.orders) await carriedOut(order, ledgerSaid)
      return plan.redress
    }
    // A callback still works on the payment; it ends with its hold at the latest.
    await sleep(pause(times, secondsUntilCallbackIsOver))
  }
}

/** Until the ledger has confirmed. A refusal asks for attention, and is asked about again, ever more rarely. */
export async function carriedOut(order: MoneyOrder, ledgerSaid: Set<string>): Promise<void> {
  for (let refusals = 0; (await instructed(order, ledgerSaid)).status === 'refused'; refusals++) await sleep(pause(refusals))
}
