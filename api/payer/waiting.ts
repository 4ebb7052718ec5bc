import type { Request } from 'express'
import { z } from 'zod'
import type { Live } from '../live'

export const waitQuery = z.strictObject({
  wait: z.coerce.number().int().min(0).max(30).default(0).meta({ description: 'seconds to wait for a change, at most' }),
  after: z.coerce.number().int().min(0).optional().meta({ description: 'the version that the caller knows' }),
})

// A change whose notification was lost is found by looking again.
const lookAgainMillis = 5_000

/**
 * Answers one long question: reads, and unless it is news waits for a change of the case and reads again. Nothing is
 * kept between two questions, so that any process may answer the next one.
 */
export function createWaiting(live: Live) {
  return async function waitFor<View>(
    request: Request,
    { wait, after }: z.output<typeof waitQuery>,
    read: () => Promise<View>,
    caseOf: (view: View) => string | null,
    versionOf: (view: View) => number,
  ): Promise<View> {
    const until = Date.now() + wait * 1_000
    let changed = () => {}
    let concerned: string | null = null
    const unsubscribe = live.subscribe({
      board: ({ caseId }) => caseId !== undefined && caseId === concerned && changed(),
      resync: () => changed(),
    })
    try {
      for (;;) {
        const next = new Promise<void>((resolve) => (changed = resolve))
        const view = await read()
        concerned = caseOf(view)
        const left = until - Date.now()
        if (left <= 0 || after === undefined || versionOf(view) !== after || request.destroyed) return view
        await soonest(next, Math.min(left, lookAgainMillis))
      }
    } finally {
      unsubscribe()
    }
  }
}

async function soonest(event: Promise<void>, millis: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([event, new Promise<void>((resolve) => (timer = setTimeout(resolve, millis)))])
  clearTimeout(timer)
}
