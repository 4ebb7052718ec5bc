import { condition, defineSignal, defineUpdate, proxyActivities, proxySinks, setHandler, type Sinks } from '@temporalio/workflow'
import type { BareActivities } from './worker'

export const flagged = defineSignal<[unknown]>('flagged')
export const offerAnswered = defineSignal<[unknown]>('offerAnswered')
export const payerReached = defineSignal<[unknown]>('payerReached')
export const callEnded = defineSignal<[unknown]>('callEnded')
export const recordVerdicts = defineUpdate<unknown, [unknown]>('recordVerdicts')

/** What the case waits for, said to the load generator in the moment in which it begins to wait. */
export type Awaited = 'answer' | 'payer' | 'verdict' | 'end'

export interface BareSinks extends Sinks {
  world: { awaits(what: Awaited): void }
}

const retry = { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' } as const
const { open, settle, close } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s', heartbeatTimeout: '10s', retry })
const { dial } = proxyActivities<Pick<BareActivities, 'dial'>>({
  taskQueue: 'bare-dialling',
  startToCloseTimeout: '60s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '1d',
  allowEagerDispatch: false,
  priority: { priorityKey: 3 },
  retry,
})

/**
 * The plain case (first call answered, the agent confirms) with nothing in it: the same signals, update,
 * activities and timers in the same order as `riskCallback`, event for event. What the product takes longer than
 * this, its own work takes; what this takes, no rewriting of ours can save.
 *
 * Whoever acts next acts at once, but not before the case waits for it: an agent answers an offer that was made,
 * a payer picks up a phone that rings.
 */
export async function bareCase(): Promise<void> {
  const { world } = proxySinks<BareSinks>()
  let flag: unknown
  const heard = new Set<string>()
  const hear = (what: string) => () => void heard.add(what)
  let settled: Promise<unknown> | undefined
  setHandler(flagged, (given) => void (flag = given))
  setHandler(offerAnswered, hear('answer'))
  setHandler(payerReached, hear('payer'))
  setHandler(callEnded, hear('end'))
  const decide = (verdicts: unknown) => {
    settled = settle(verdicts).then(() => world.awaits('end'))
    return verdicts
  }
  setHandler(recordVerdicts, decide, { validator: (_verdicts: unknown) => undefined })

  await condition(() => flag !== undefined)
  const promise = condition(() => heard.has('payer'), 180_000)
  await open(flag)
  world.awaits('answer')
  await condition(() => heard.has('answer'), 15_300)
  await dial(flag)
  world.awaits('payer')
  await condition(() => heard.has('payer'), 45_000)
  world.awaits('verdict')
  await condition(() => heard.has('end'), 60_000)
  await Promise.all([promise, settled])
  await close()
}
