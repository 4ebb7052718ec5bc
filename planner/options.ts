import { parseArgs } from 'node:util'
import { defaultPolicy } from '../domain/policy'
import type { Demand } from './plan'

export interface PlannerOptions {
  /** What was given; what was not comes from history, or else from the defaults. */
  given: Partial<Demand>
  /** Look this far back in the product's own records. */
  historyHours: number | undefined
  json: boolean
}

export class UsageError extends Error {}

interface Setting {
  field: keyof Demand
  default: number
  says: string
  accepts(value: number): boolean
}

const positive = (value: number) => value > 0 && Number.isFinite(value)
const notNegative = (value: number) => value >= 0 && Number.isFinite(value)
const shareBelowOne = (value: number) => value >= 0 && value < 1
const setting = (field: keyof Demand, given: number, says: string, accepts = positive): Setting => ({ field, default: given, says, accepts })

/** By the name of the option. The defaults are those of a fresh installation's policy where there is one. */
export const settings: Record<string, Setting> = {
  'flags-per-hour': setting('flagsPerHour', 600, 'flagged payments in the busiest hour'),
  'talk-seconds': setting('talkSeconds', 90, 'a talk, in the mean'),
  'wrap-up': setting('wrapUpSeconds', defaultPolicy.wrapUpSeconds, 'seconds after the talk until the verdict is recorded', notNegative),
  'answer-rate': setting('answerRate', 0.6, 'share of calls that a person answers, 0 to 1', (value) => value >= 0 && value <= 1),
  promise: setting('promise', 0.95, 'share of first calls for which a person is to be found in time, below 1', (value) => value > 0 && value < 1),
  'promise-seconds': setting('promiseSeconds', defaultPolicy.promiseSeconds, 'from the payment until the phone rings'),
  'flag-delay': setting('flagDelaySeconds', 5, 'seconds from the payment to its flag', notNegative),
  reserve: setting('reserveSeconds', defaultPolicy.dialReserveSeconds, 'seconds before the promise breaks at which the machine dials', notNegative),
  'accept-seconds': setting('acceptSeconds', 5, 'from an offer until the agent has accepted', notNegative),
  'answer-seconds': setting('answerSeconds', 10, 'ringing until somebody answers', notNegative),
  'ring-seconds': setting('ringSeconds', defaultPolicy.ringSeconds, 'ringing when nobody answers', notNegative),
  attempts: setting('maxAttempts', defaultPolicy.maxAttempts, 'calls to one payer at most', (value) => Number.isInteger(value) && value >= 1 && value <= 50),
  shrinkage: setting('shrinkage', 0.3, 'share of paid time away from the desk, below 1', shareBelowOne),
  occupancy: setting('maxOccupancy', 0.85, 'how busy agents may be, below 1', (value) => value > 0 && value < 1),
  patience: setting('patienceSeconds', defaultPolicy.maxHoldingSeconds, 'seconds that a payer stays on a silent line, in the mean'),
  'chats-per-hour': setting('chatsPerHour', 0, 'payers who write instead, in the busiest hour', notNegative),
  'chat-seconds': setting('chatSeconds', 600, 'a chat with its wrap-up, in the mean'),
  'chats-per-agent': setting('chatsPerAgent', defaultPolicy.chatsPerAgent, 'chats that an agent has at once', (value) => Number.isInteger(value) && value >= 1),
  surge: setting('surgeFlags', 0, 'flags that may come in the same moment', notNegative),
}

export const usage = [
  'npm run plan -- [--from-history 7d] [--json] [options]',
  ...Object.entries(settings).map(([name, { says, default: value }]) => `  --${name.padEnd(16)} ${says} (${value})`),
].join('\n')

/** @throws UsageError naming the option */
export function readOptions(args: string[]): PlannerOptions {
  const strings: Record<string, { type: 'string' }> = Object.fromEntries(['from-history', ...Object.keys(settings)].map((name) => [name, { type: 'string' }]))
  let values: { [name: string]: string | boolean | undefined }
  try {
    values = parseArgs({ args, options: { ...strings, json: { type: 'boolean' }, help: { type: 'boolean' } } }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`, { cause: error })
  }
  if (values.help) throw new UsageError(usage)
  const history = values['from-history']
  const given: Partial<Demand> = {}
  for (const [name, { field, accepts, says }] of Object.entries(settings)) {
    const text = values[name]
    if (text === undefined) continue
    const value = text === '' ? NaN : Number(text)
    if (!accepts(value)) throw new UsageError(`--${name} is not usable: expected ${says}.`)
    given[field] = value
  }
  return { given, historyHours: hoursOf(typeof history === 'string' ? history : undefined), json: values.json === true }
}

function hoursOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, count, unit] = /^(\d{1,4})([dh])$/.exec(text) ?? []
  if (!count || Number(count) === 0) throw new UsageError('--from-history is not usable: expected days or hours, such as 7d or 12h.')
  return Number(count) * (unit === 'd' ? 24 : 1)
}

export function defaultDemand(): Demand {
  return Object.fromEntries(Object.values(settings).map(({ field, default: value }) => [field, value])) as unknown as Demand
}
