import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { flaggedPaymentSchema } from '../domain/flag'
import { acknowledgeFlag, recordFlag } from '../records/flags'
import { reserveAgent } from '../records/matching'
import { flagOf } from './flag'
import type { Http } from './http'
import type { Credentials, Product } from './product'
import type { Progress } from './progress'
import { spread, type Spread } from './statistics'

export interface DesksOptions {
  desks: number
  offersPerSecond: number
  seconds: number
}

export interface DesksResult extends DesksOptions {
  made: number
  /** From the moment in which the offer is written until it is on the agent's screen. */
  seenMillis: Spread
  /** Made, and seen at no desk. */
  lost: number
  /** Seen at two desks, or one case offered to two agents at the same time. */
  twice: number
}

/** An offer stays on the screen this long; then the agent declines, and is free again. */
const lookMillis = 2_000
const patienceMillis = 20_000

/**
 * Many desks that are open, and offers that come and go. The cases have no workflows: offers are made by the same
 * transaction as a worker's, at a steady rate, so that what is measured is the way from PostgreSQL to the screens.
 */
export async function desks(product: Product, http: Http, options: DesksOptions, progress: Progress): Promise<DesksResult> {
  const total = options.offersPerSecond * options.seconds
  const cases = await prepareCases(product, total)
  const seen = new Map<string, { agent: string; at: number }[]>()
  const shift = product.agents.slice(0, options.desks)
  progress.step(`Opening ${shift.length} desks`)
  const off = new AbortController()
  setMaxListeners(0, off.signal) // every desk listens
  const open: Promise<void>[] = []
  for (let at = 0; at < shift.length; at += 8) {
    const opened = await Promise.all(shift.slice(at, at + 8).map((account) => openDesk(http, product, account, seen, off.signal)))
    open.push(...opened.map(({ closed }) => closed))
    progress.show(open.length, shift.length)
  }
  progress.step(`${options.offersPerSecond} offers a second for ${options.seconds} s`)
  const began = performance.now()
  const made: Promise<{ offerId: string; caseId: string } | undefined>[] = []
  for (const [number, one] of cases.entries()) {
    await wait(Math.max(0, began + (number / options.offersPerSecond) * 1_000 - performance.now()))
    made.push(reserveAgent(product.db, { ...one, fresh: true, intent: 'seek' }).then(({ offer }) => offer && { offerId: offer.offerId, caseId: one.caseId }))
    progress.show(number + 1, total)
  }
  const offered = (await Promise.all(made)).filter((each) => each !== undefined)
  for (let waited = 0; waited < patienceMillis && offered.some(({ offerId }) => !seen.has(offerId)); waited += 100) await wait(100)
  off.abort()
  await Promise.all(open)
  return { ...options, made: offered.length, ...(await evaluate(product, offered, seen)) }
}

/** Cases that wait for nobody but us: recorded and acknowledged, so that recovery leaves them alone. */
async function prepareCases({ db }: Product, count: number): Promise<{ caseId: string; policyVersion: number }[]> {
  const cases = []
  for (let number = 1; number <= count; number++) {
    const flag = flaggedPaymentSchema.parse(flagOf(number))
    const { case: opened } = await recordFlag(db, flag, { callsPerSecond: 1 })
    await acknowledgeFlag(db, flag.paymentId)
    cases.push({ caseId: opened.id, policyVersion: opened.policyVersion })
  }
  return cases
}

interface OfferShown {
  offerId: string
  expiresAt: string
}

type Seen = Map<string, { agent: string; at: number }[]>

/** An agent's page that is looked at: offers are seen, and declined after a while. */
async function openDesk(http: Http, { baseUrl }: Product, { email, password }: Credentials, seen: Seen, off: AbortSignal): Promise<{ closed: Promise<void> }> {
  const { headers: answered } = await http.ask('POST', `${baseUrl}/v1/session`, { body: { email, password } })
  const headers = {
    cookie: [answered['set-cookie']]
      .flat()
      .map((line) => line!.split(';')[0]!)
      .join('; '),
  }
  const look = (offer: OfferShown) => {
    const sights = seen.get(offer.offerId) ?? []
    // A stream tells the present state again and again; that is one sight.
    if (sights.some(({ agent }) => agent === email)) return
    seen.set(offer.offerId, [...sights, { agent: email, at: Date.now() }])
    void wait(lookMillis, undefined, { signal: off })
      .then(() => http.ask('POST', `${baseUrl}/v1/desk/offers/${offer.offerId}/decline`, { headers, body: {} }))
      .catch((error: unknown) => off.aborted || console.error(error))
  }
  const watch = async () => {
    try {
      for await (const { event, data } of http.events(`${baseUrl}/v1/desk/events`, headers, off)) if (event === 'offer') look(JSON.parse(data) as OfferShown)
    } catch (error) {
      if (!off.aborted) console.error(error)
    }
  }
  const closed = watch()
  await http.ask('PUT', `${baseUrl}/v1/desk/presence`, { headers, body: { status: 'available' } })
  return { closed }
}

async function evaluate({ db }: Product, offered: { offerId: string }[], seen: Seen): Promise<Pick<DesksResult, 'seenMillis' | 'lost' | 'twice'>> {
  const rows = await db.offer.findMany({ orderBy: [{ caseId: 'asc' }, { createdAt: 'asc' }] })
  const createdAt = new Map(rows.map((row) => [row.id, row.createdAt.getTime()]))
  const overlapping = rows.filter((row, index) => {
    const before = rows[index - 1]
    return before?.caseId === row.caseId && (!before.answeredAt || before.answeredAt > row.createdAt)
  })
  return {
    seenMillis: spread(offered.flatMap(({ offerId }) => (seen.get(offerId) ?? []).slice(0, 1).map(({ at }) => at - createdAt.get(offerId)!))),
    lost: offered.filter(({ offerId }) => !seen.has(offerId)).length,
    twice: [...seen.values()].filter((sights) => sights.length > 1).length + overlapping.length,
  }
}
