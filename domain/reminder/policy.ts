import { z } from 'zod'
import { minorUnits, score, seconds } from '../units'

/** Answer Reminder: scores 0 to 101 (101 is never reached), an amount in minor units, durations in seconds. */
export const reminderPolicySchema = z.strictObject({
  /** From this score on a payment is paused and the button shown. */
  pauseFromScore: score.default(60),
  /** Not pressed: the payment waits for a day, from this score on; below it, for the cooling-off. */
  delayFromScore: score.default(70),
  /** Not pressed: we call the payer, from this score on. */
  callFromScore: score.default(80),
  /** Refused at once, from this score on, above the amount. */
  refuseFromScore: score.default(95),
  /** Not pressed: a paused payment above this is refused. */
  refuseAboveAmount: minorUnits.default(50_000_000),
  /** After a talk another agent calls, from this score on. */
  callAgainFromScore: score.default(90),
  /** How long the agent of that talk is not asked; then rather the same one than nobody. */
  anotherAgentSeconds: seconds.default(600),
  /** How long the button alone is waited for. */
  buttonSeconds: seconds.default(300),
  coolingOffSeconds: seconds.default(900),
  delaySeconds: seconds.default(86_400),
  /** How long the payer may say that they still want the payment; silence is not consent. */
  confirmSeconds: seconds.default(86_400),
  /** How long an agent is sought, or a call with the code waited for, once help was asked for. */
  helpSeconds: seconds.default(600),
  /** The longest chat. */
  talkSeconds: seconds.default(3_600),
})
export type ReminderPolicy = z.output<typeof reminderPolicySchema>
