import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { caseWorkflowId } from '../domain/messages'
import { flagOf } from './flag'
import type { Http } from './http'
import type { Product } from './product'
import type { Progress } from './progress'
import { spread, type Spread } from './statistics'
import { dialHandOuts, offerHandOuts, overtakings, type Overtakings } from './urgency'

export interface SurgeOptions {
  flags: number
  callsPerSecond: number
}

export interface SurgeResult {
  flags: number
  /** How long it took to send them. */
  sentInSeconds: number
  answer: Spread
  rungInTime: number
  /** The least time that was left when a phone first rang, in seconds; negative: too late. */
  leastTimeLeftSeconds: number
  /** Seconds from the first request to the provider to the last first one. */
  dialledInSeconds: number
  /** Calls per second that were used of those that the account allows, while calls waited. */
  rateUsed: number
  /** The most requests to the provider in any second. */
  mostInOneSecond: number
  /** How long calls waited at the provider. */
  providerQueueMillis: Spread
  modes: Record<string, number>
  dialOrder: Overtakings
  offerOrder: Overtakings
  closed: number
}

const ringPatienceSeconds = 240
const closePatienceSeconds = 60

/** Many payments in one second, of different urgency, in no order; agents must be at work. */
export async function surge(product: Product, temporal: Client, http: Http, options: SurgeOptions, progress: Progress): Promise<SurgeResult> {
  const { flags } = options
  // Whoever is called by the machine asks for a person, who then comes.
  for (let number = 1; number <= flags; number++)
    await http.ask('PUT', `${product.simulatorUrl}/sim/phones/${encodeURIComponent(flagOf(number).payer.phones[0])}`, { body: { presses: ['0'], patienceSeconds: 600, says: [] } })
  const random = reproducibleRandom(20_120_525)
  const answers: number[] = []
  const began = performance.now()
  const sending = Array.from({ length: flags }, async (_, index) => {
    await wait((index / flags) * 1_000)
    // Paid up to a minute and a half ago, so that the promises of the last ones are the tightest.
    const flag = flagOf(index + 1, { paidAt: new Date(Date.now() - Math.floor(random() * 90_000)), score: 40 + Math.floor(random() * 60) })
    const sent = performance.now()
    await http.ask('POST', `${product.baseUrl}/v1/flagged-payments`, { body: flag, headers: { authorization: `Bearer ${product.riskEngineKey}` } })
    answers.push(performance.now() - sent)
  })
  await Promise.all(sending)
  const sentInSeconds = (performance.now() - began) / 1_000

  await until(ringPatienceSeconds, async () => {
    const rung = await product.db.riskCase.count({ where: { firstRingAt: { not: null } } })
    progress.show(rung, flags)
    return rung >= flags
  })
  await until(closePatienceSeconds, async () => (await product.db.riskCase.count({ where: { status: 'closed' } })) >= flags)
  return evaluate(product, temporal, http, options, { sentInSeconds, answer: spread(answers) })
}

async function evaluate(
  product: Product,
  temporal: Client,
  http: Http,
  { callsPerSecond }: SurgeOptions,
  sent: Pick<SurgeResult, 'sentInSeconds' | 'answer'>,
): Promise<SurgeResult> {
  const cases = await product.db.riskCase.findMany({ include: { attempts: { where: { number: 1 } }, offers: { orderBy: { createdAt: 'asc' }, take: 1 } } })
  const timeLeft = cases.map(({ deadline, firstRingAt }) => (firstRingAt ? (deadline.getTime() - firstRingAt.getTime()) / 1_000 : -Infinity))
  const calls = await providerCalls(product, http)
  const requests = calls.map(({ createdAt }) => createdAt).toSorted((a, b) => a - b)
  const dialledInSeconds = (requests.at(-1)! - requests[0]!) / 1_000
  const histories = await Promise.all(cases.map(({ payerId }) => temporal.workflow.getHandle(caseWorkflowId(payerId)).fetchHistory()))
  const modes: Record<string, number> = {}
  for (const { attempts } of cases) for (const { mode } of attempts) modes[mode] = (modes[mode] ?? 0) + 1
  return {
    flags: cases.length,
    ...sent,
    rungInTime: timeLeft.filter((seconds) => seconds >= 0).length,
    leastTimeLeftSeconds: Math.round(Math.min(...timeLeft) * 10) / 10,
    dialledInSeconds,
    rateUsed: (requests.length - 1) / dialledInSeconds / callsPerSecond,
    mostInOneSecond: Math.max(...requests.map((from) => requests.filter((at) => at >= from && at < from + 1_000).length)),
    providerQueueMillis: spread(calls.map(({ queueMillis }) => queueMillis)),
    modes,
    dialOrder: overtakings(histories.flatMap(dialHandOuts)),
    offerOrder: overtakings(cases.flatMap((one, index) => offerHandOuts(one, histories[index]!))),
    closed: cases.filter(({ status }) => status === 'closed').length,
  }
}

/** The first call to each payer, as the provider saw it. */
async function providerCalls({ simulatorUrl, secrets }: Product, http: Http): Promise<{ createdAt: number; queueMillis: number }[]> {
  const headers = { authorization: `Basic ${Buffer.from(`${secrets.accountSid}:${secrets.authToken}`).toString('base64')}` }
  const first = new Map<string, { sid: string; queueMillis: number }>()
  let next: string | null = `/2010-04-01/Accounts/${secrets.accountSid}/Calls.json?PageSize=500`
  while (next) {
    const { body }: { body: CallPage } = await http.ask<CallPage>('GET', `${simulatorUrl}${next}`, { headers })
    // Newest first, so that the first call to a number is the last one seen.
    for (const { sid, to, direction, queue_time } of body.calls) if (direction === 'outbound-api') first.set(to, { sid, queueMillis: Number(queue_time) })
    next = body.next_page_uri
  }
  return Promise.all(
    [...first.values()].map(async ({ sid, queueMillis }) => {
      // Twilio's own dates have whole seconds.
      const { body } = await http.ask<{ createdAt: string }>('GET', `${simulatorUrl}/sim/calls/${sid}`)
      return { createdAt: Date.parse(body.createdAt), queueMillis }
    }),
  )
}

interface CallPage {
  calls: { sid: string; to: string; direction: string; queue_time: string }[]
  next_page_uri: string | null
}

async function until(seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + seconds * 1_000
  while (Date.now() < deadline && !(await isSo())) await wait(500)
}

/** The same surge in every run: 0 ≤ n < 1 (a linear congruential generator is random enough for a mix). */
function reproducibleRandom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
}
