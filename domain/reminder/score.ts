import type { Money, ScamType } from '../money'
import type { ReminderPolicy } from './policy'
import { holesOf, type AccountSecurity } from '../security'
import type { CheckDecision, CheckReason, UnpressedPlan } from './check'

/** What is known of a payment when nobody has scored it for us. Amounts in minor units. */
export interface PaymentFacts {
  amount: Money
  security: AccountSecurity
  /** Whether the payer has paid this payee before. */
  payeeKnown: boolean
  /** Checks of this payer in the last hour, this one not counted. */
  checksLastHour: number
  /** 0 to 23, by the payer's clock. */
  hour: number
}

interface Rule {
  id: string
  points: number
  holds(facts: PaymentFacts): boolean
  reason: string
}

const large = 5_000_000
const considerable = 500_000

const rules: Rule[] = [
  { id: 'payee_new', points: 35, holds: (facts) => !facts.payeeKnown, reason: 'the payer has never paid this payee' },
  { id: 'amount_large', points: 35, holds: ({ amount }) => amount.amount >= large, reason: 'a large amount' },
  { id: 'amount_considerable', points: 15, holds: ({ amount }) => amount.amount >= considerable && amount.amount < large, reason: 'a considerable amount' },
  { id: 'night', points: 10, holds: ({ hour }) => hour >= 23 || hour < 6, reason: 'paid at night' },
  { id: 'many_payments', points: 15, holds: ({ checksLastHour }) => checksLastHour >= 3, reason: 'several payments within one hour' },
  { id: 'account_weak', points: 5, holds: ({ security }) => holesOf(security).length >= 2, reason: 'the account is weakly protected' },
]

/** The score of a payment that came without one, 0 to 100, with the rules that it hit. */
export function scorePayment(facts: PaymentFacts): { score: number; reasons: CheckReason[] } {
  const hit = rules.filter((rule) => rule.holds(facts))
  const score = Math.min(
    100,
    hit.reduce((sum, { points }) => sum + points, 0),
  )
  return { score, reasons: hit.map(({ id, reason }) => ({ id, reason })) }
}

/** What a talk tells about the risk: a named scam is close to certain; a talk in which none was recognised calms. */
export function scoreAfterTalk(before: number, scamType: ScamType | undefined): number {
  return scamType ? Math.max(before, 95) : Math.max(0, before - 25)
}

/** Whether the payment may go out at once, stops, or waits for a word with the payer. */
export function decide(policy: ReminderPolicy, score: number, amount: number): { decision: Exclude<CheckDecision, 'cancelled'>; plan: UnpressedPlan } {
  const { pauseFromScore, refuseFromScore, refuseAboveAmount, callFromScore, delayFromScore } = policy
  const plan: UnpressedPlan = amount > refuseAboveAmount ? 'refuse' : score >= callFromScore ? 'call' : score >= delayFromScore ? 'delay' : 'cooling_off'
  if (score < pauseFromScore) return { decision: 'pay', plan }
  return { decision: score >= refuseFromScore && amount > refuseAboveAmount ? 'refused' : 'paused', plan }
}
