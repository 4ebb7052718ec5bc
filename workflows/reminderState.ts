import type { HelpChannel, RecordedCheck, TalkResult } from '../domain/reminder/check'
import { CaseState, type PaymentState } from './caseState'
import type { Fate } from '../records/reminder/progress'

/** Where the payment goes next; its fate ends it. */
export type Next = 'button' | 'help' | 'calling' | 'cooling_off' | 'delay' | 'confirming'

/** What the workflow of one paused payment knows beside what every case with calls knows. */
export class ReminderState {
  /** The calling machinery's view: one payment, for which only a person may speak. */
  readonly call: CaseState
  readonly payment: PaymentState
  next: Next = 'button'
  fate?: Fate
  /** The payer pressed the button and nobody has taken it up yet. */
  help?: HelpChannel
  wish?: 'cancel' | 'pay'
  talk?: TalkResult
  /** A second agent was asked to call, because the risk was still high after the first talk. */
  calledAgain = false
  chatAgentId?: string
  /** Their browser went away: they may be gone, or only load the page again. */
  chatAgentLeft = false
  /** The ledger refused the hold: there is no money to move. */
  notHeld = false

  constructor(readonly check: RecordedCheck) {
    this.call = new CaseState()
    const { openedAt, plan: _plan, payeeId: _payee, ...known } = check
    // A deadline that is past: nothing here is promised within three minutes.
    const flag = { ...known, priority: 100, deadline: openedAt, late: true, flaggedAt: openedAt }
    this.payment = this.call.join(flag)!
    this.payment.needsPerson = true
  }

  get policy() {
    return this.check.policy.body.answerReminder
  }

  seal(fate: Fate): void {
    this.fate ??= fate
    this.stopCalling()
  }

  /** What policy does with this payment when its payer does not talk with us. */
  followPlan(): void {
    const { plan } = this.check
    if (plan === 'refuse') this.seal({ decision: 'refused', ending: 'above_limit' })
    else this.next = plan === 'call' ? 'calling' : plan
  }

  /** Nobody is to be rung or sought any more for what this talk or call was about. */
  stopCalling(): void {
    this.payment.decided = true
  }

  /** A new round of calls has its own time, in which a person is sought. */
  startCalling(now: number): void {
    this.payment.decided = false
    this.payment.flag.flaggedAt = new Date(now).toISOString()
    this.call.attemptsAtLastJoin = this.call.attempts
  }

  /** Whoever has the payer now: in a call, or in the chat. */
  get agentId(): string | undefined {
    return this.chatAgentId ?? this.call.agentId
  }
}
