import { condition, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow'
import type { BareActivities } from './worker'

export const flagged = defineSignal<[unknown]>('flagged')
export const offerAnswered = defineSignal<[unknown]>('offerAnswered')
export const payerReached = defineSignal<[unknown]>('payerReached')
export const callEnded = defineSignal<[unknown]>('callEnded')
export const recordVerdicts = defineUpdate<unknown, [unknown]>('recordVerdicts')

const retry = { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' } as const
const { open, settle, close } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s', retry })
const { dial } = proxyActivities<Pick<BareActivities, 'dial'>>({
  taskQueue: 'bare-dialling',
  startToCloseTimeout: '35s',
  allowEagerDispatch: false,
  priority: { priorityKey: 3 },
  retry,
})

/**
 * The plain case (first call answered, the agent confirms) with nothing in it: the same signals, update,
 * activities and timers in the same order as `riskCallback`. What the product takes longer than this, its own
 * work takes; what this takes, no rewriting of ours can save.
 */
export async function bareCase(): Promise<void> {
  let flag: unknown
  const heard = new Set<string>()
  const hear = (what: string) => () => void heard.add(what)
  let settled: Promise<unknown> = Promise.resolve()
  setHandler(flagged, (given) => void (flag = given))
  setHandler(offerAnswered, hear('answer'))
  setHandler(payerReached, hear('reached'))
  setHandler(callEnded, hear('ended'))
  const decide = (verdicts: unknown) => {
    settled = settle(verdicts).then(hear('settled'))
    return verdicts
  }
  setHandler(recordVerdicts, decide, { validator: (_verdicts: unknown) => undefined })

  await condition(() => flag !== undefined)
  const promise = condition(() => heard.has('reached'), 180_000)
  await open(flag)
  await condition(() => heard.has('answer'), 15_300)
  await dial(flag)
  await condition(() => heard.has('reached'), 45_000)
  await condition(() => heard.has('ended'), 300_000)
  if (!heard.has('settled')) await condition(() => heard.has('settled'), 31_000)
  await Promise.all([promise, settled])
  await close()
}
